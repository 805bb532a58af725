"""`c360 quarantine …`: what could not be taken in, and what becomes of it."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from privacy.errors import ConfigurationError
from serving.commands.state import AsJson, Zone, opened, state_of

app = typer.Typer(no_args_is_help=True)

Reason = Annotated[str | None, typer.Option("--reason", help="Only what is held for this reason.")]
Source = Annotated[str | None, typer.Option("--source", help="Only what came from this source.")]
Entries = Annotated[
    list[str] | None, typer.Argument(help="Ids of entries, as `c360 quarantine list` has them.")
]

STATUSES = ("held", "replayed", "discarded", "expired")


@app.command("list")
def list_entries(
    context: typer.Context,
    zone: Zone,
    reason: Reason = None,
    source: Source = None,
    status: Annotated[
        str, typer.Option("--status", help="held, replayed, discarded or expired.")
    ] = "held",
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 100,
    as_json: AsJson = False,
) -> None:
    """List entries: where each was found and what is wrong with it, never its content."""
    from pipelines.landing.quarantine import list_held
    from serving.present import show

    _check_reason(reason)
    if status not in STATUSES:
        raise ConfigurationError(f"--status is one of {', '.join(STATUSES)}")
    found = list_held(
        opened(context, zone), reason=reason, source=source, status=status, limit=limit
    )
    rows = [
        {
            "entry": held.quarantine_id,
            "source": held.source,
            "place": held.place,
            "reason": held.reason,
            "detail": held.detail,
            "stage": held.stage,
            "since": held.created_at,
        }
        for held in found
    ]
    show(rows, title=f"Quarantine: {status}", as_json=as_json)


@app.command("reasons")
def list_reasons(as_json: AsJson = False) -> None:
    """List every reason there is, and what it means."""
    from pipelines.landing.reasons import MEANINGS
    from serving.present import show

    rows = [{"reason": reason, "meaning": meaning} for reason, meaning in MEANINGS.items()]
    show(rows, title="Reasons", as_json=as_json)


@app.command("replay")
def replay_entries(
    context: typer.Context,
    zone: Zone,
    entries: Entries = None,
    reason: Reason = None,
    source: Source = None,
    day: Annotated[
        datetime | None,
        typer.Option("--day", formats=["%Y-%m-%d"], help="Day to land under; absent, today (UTC)."),
    ] = None,
    assign: Annotated[
        str | None,
        typer.Option("--assign-zone", help="They belong to this zone, whatever they say."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Try entries again after a fix; all that are held, unless some are named.

    What succeeds lands, and is loaded by the next run; what fails again stays held.
    """
    from pipelines.landing.quarantine import must_be_held, replay
    from privacy.audit.log import AuditLog
    from privacy.ids import ZoneId
    from privacy.zones.loader import load_policy
    from serving.present import show

    _check_reason(reason)
    policies = state_of(context).settings.policies
    assigned = ZoneId(load_policy(assign, directory=policies).id) if assign else None
    open_zone = opened(context, zone)
    must_be_held(open_zone, entries or ())
    report = replay(
        open_zone,
        day=(day or datetime.now(UTC)).date(),
        quarantine_ids=entries or None,
        reason=reason,
        source=source,
        assign_zone=assigned,
        default_zone=open_zone.zone,
        policies_directory=policies,
        connectors=state_of(context).settings.access(zone).connectors,
    )
    header, *rows = report.rows()
    counts = [dict(zip(header, row, strict=True)) for row in rows]
    AuditLog(open_zone).record(
        action="quarantine_replay",
        caller_id="operator",
        purpose=None,
        outcome="done",
        payload={"counts": counts[-1], "assigned": assigned},
    )
    show(counts, title="Replayed", as_json=as_json)


@app.command("discard")
def discard_entries(
    context: typer.Context,
    zone: Zone,
    entries: Entries = None,
    reason: Reason = None,
    source: Source = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Give entries up. Their content is wiped and cannot be had again; their rows stay."""
    from pipelines.landing.quarantine import discard, list_held, must_be_held
    from privacy.audit.log import AuditLog

    _check_reason(reason)
    if not entries and reason is None and source is None:
        raise ConfigurationError("say which: ids of entries, --reason or --source")
    open_zone = opened(context, zone)
    must_be_held(open_zone, entries or ())
    chosen = set(entries or ())
    if reason is not None or source is not None:
        held = list_held(open_zone, reason=reason, source=source, limit=1_000_000)
        chosen |= {each.quarantine_id for each in held}
    if not yes:
        typer.confirm(f"Wipe the content of {len(chosen)} entries for good?", abort=True, err=True)
    count = discard(open_zone, chosen)
    AuditLog(open_zone).record(
        action="quarantine_discard",
        caller_id="operator",
        purpose=None,
        outcome="done",
        payload={"count": count},
    )
    typer.echo(f"{count} discarded")


def _check_reason(reason: str | None) -> None:
    from pipelines.landing.reasons import MEANINGS

    if reason is not None and reason not in MEANINGS:
        raise ConfigurationError("there is no such reason; `c360 quarantine reasons` lists them")
