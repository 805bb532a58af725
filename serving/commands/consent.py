"""`c360 consent …`: what a person has said, and taking it back on their word."""

from typing import Annotated

import typer

from serving.commands.state import AsJson, CallerName, ComplianceRole, Zone, acts

app = typer.Typer(no_args_is_help=True)

Customer = Annotated[
    str, typer.Option("--customer", help="Opaque id of the customer.", metavar="CUSTOMER")
]


@app.command("show")
def show_consents(
    context: typer.Context,
    customer: Customer,
    zone: Zone,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Show what is permitted now, on what ground, and every event that led to it."""
    from serving.present import show, show_json

    found = acts(context, zone, caller, role).consents(customer)
    decisions = [
        {
            "purpose": purpose.value,
            "permitted": decision.is_permitted,
            "basis": decision.basis.value,
            "rule": decision.rule_source,
            "event": decision.consent_event_id,
            "since": decision.valid_from,
        }
        for purpose, decision in found.decisions.items()
    ]
    events = [
        {
            "event": event.consent_event_id,
            "purpose": event.purpose,
            "action": event.action,
            "method": event.method,
            "notice": f"{event.notice_version} ({event.notice_language})",
            "valid_from": event.valid_from,
            "valid_to": event.valid_to,
            "recorded_at": event.recorded_at,
        }
        for event in found.events
    ]
    if as_json:
        show_json({"decisions": decisions, "events": events})
        return
    show(decisions, title="Permitted now")
    if events:
        show(events, title="What was said")


@app.command("withdraw")
def withdraw(
    context: typer.Context,
    customer: Customer,
    zone: Zone,
    purpose: Annotated[
        list[str], typer.Option("--purpose", help="Of what; may be given several times.")
    ],
    method: Annotated[
        str, typer.Option("--method", help="How the word came: phone_call, letter, in_store, …")
    ],
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
) -> None:
    """Take a person's consent back on their word. The doors close at the next read."""
    from privacy.consent.withdrawal import affected_models
    from privacy.zones.model import purpose_named
    from serving.models import manifest_if_parsed

    wanted = [purpose_named(name) for name in purpose]
    outcome = acts(context, zone, caller, role).withdraw(customer, wanted, method=method)
    for each in wanted:
        after = "closed" if each in outcome.closed else "open all the same: it needs no consent"
        typer.echo(f"{each.value}: withdrawn; {after}")
    manifest = manifest_if_parsed()
    if manifest is not None and outcome.closed:
        models = ", ".join(affected_models(manifest, outcome.closed)) or "none"
        typer.echo(f"rows that go at the next build, in: {models}")
