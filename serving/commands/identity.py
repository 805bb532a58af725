"""`c360 identity …`: rule that two are not one person, and undo what was decided."""

from typing import Annotated

import typer

from serving.commands.state import AsJson, Zone, opened

app = typer.Typer(no_args_is_help=True)

By = Annotated[str, typer.Option("--by", help="Who rules it; kept in the journal.")]


@app.command("history")
def show_history(
    context: typer.Context,
    customer: Annotated[str, typer.Argument(help="Opaque id of the customer.")],
    zone: Zone,
    as_json: AsJson = False,
) -> None:
    """Show every merge and split that made a customer what it is."""
    from privacy.identity.journal import history
    from privacy.ids import CustomerId
    from serving.present import show

    lines = history(opened(context, zone), CustomerId(customer))
    rows = [
        {
            "decision": line.decision_id,
            "kind": line.kind,
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
    by: By,
    other: Annotated[
        list[str] | None,
        typer.Option("--from", help="Than which subjects; absent, all others of its customer."),
    ] = None,
) -> None:
    """Rule that a subject is not the same person as others; it gets a customer of its own."""
    from privacy.identity.journal import split
    from privacy.ids import SubjectId

    others = [SubjectId(each) for each in other] if other else None
    line = split(opened(context, zone), SubjectId(subject), others=others, by=by)
    typer.echo(f"{line.decision_id}: {subject} is customer {line.customer_id} from the next run on")


@app.command("undo")
def undo_decision(
    context: typer.Context,
    decision: Annotated[str, typer.Argument(help="Decision id, as in `c360 identity history`.")],
    zone: Zone,
    by: By,
) -> None:
    """Undo a merge or a split."""
    from privacy.identity.journal import undo

    line = undo(opened(context, zone), decision, by=by)
    typer.echo(f"{line.decision_id}: undone; profiles follow at the next run")
