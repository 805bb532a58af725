"""`c360 consent …`: what a person has said, and taking it back on their word."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from serving.commands.state import AsJson, CallerName, ComplianceRole, Customer, Zone, acts

app = typer.Typer(no_args_is_help=True)

INSTANTS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]


@app.command("show")
def show_consents(
    context: typer.Context,
    customer: Customer,
    zone: Zone,
    at: Annotated[
        datetime | None,
        typer.Option(
            "--at", formats=INSTANTS, help="What was permitted at that instant; UTC unless it says."
        ),
    ] = None,
    known_at: Annotated[
        datetime | None,
        typer.Option(
            "--known-at",
            formats=INSTANTS,
            help="By what we knew then: what was recorded later counts as not said.",
        ),
    ] = None,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Show what is permitted, on what ground, and every event that led to it."""
    from serving.present import cell, show, show_json

    asked, known = _utc(at), _utc(known_at)
    found = acts(context, zone, caller, role).consents(customer, at=asked, known_at=known)
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
    show(decisions, title=f"Permitted {'now' if asked is None else f'at {cell(asked)}'}")
    show(events, title="What was said")


def _utc(instant: datetime | None) -> datetime | None:
    if instant is None or instant.tzinfo is not None:
        return instant
    return instant.replace(tzinfo=UTC)


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
