"""`c360 identity …`: rule that two are not one person, and undo what was decided."""

from typing import Annotated

import typer

from serving.commands.state import AsJson, CallerName, ComplianceRole, Zone, acts

app = typer.Typer(no_args_is_help=True)


@app.command("history")
def show_history(
    context: typer.Context,
    customer: Annotated[str, typer.Argument(help="Opaque id of the customer.")],
    zone: Zone,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Show every merge and split that made a customer what it is."""
    from serving.present import show

    lines = acts(context, zone, caller, role).identity_history(customer)
    rows = [
        {
            "decision": line.decision_id,
            "kind": line.kind.value,
            "customer": line.customer_id,
            "from": line.from_customer_id,
            "subjects": list(line.subject_ids),
            "by": line.decided_by,
            "at": line.decided_at,
        }
        for line in lines
    ]
    show(rows, title="Decisions", as_json=as_json)


@app.command("split")
def split_off(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(help="Subject that is someone else.")],
    zone: Zone,
    other: Annotated[
        list[str] | None,
        typer.Option("--from", help="Than which subjects; absent, all others of its customer."),
    ] = None,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
) -> None:
    """Rule that a subject is not the same person as others; it gets a customer of its own."""
    line = acts(context, zone, caller, role).split(subject, other or None)
    typer.echo(f"{line.decision_id}: {subject} is customer {line.customer_id} now")
    typer.echo("profiles follow at the next run")


@app.command("undo")
def undo_decision(
    context: typer.Context,
    decision: Annotated[str, typer.Argument(help="Decision id, as in `c360 identity history`.")],
    zone: Zone,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
) -> None:
    """Undo a merge or a split."""
    line = acts(context, zone, caller, role).undo(decision)
    typer.echo(f"{line.decision_id}: undone; profiles follow at the next run")
