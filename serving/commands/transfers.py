"""`c360 transfers …`: what left a zone, under which instrument, and of how many people."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privacy.errors import ConfigurationError
from serving.commands.state import AsJson, CallerName, ComplianceRole, Zone, permitted

if TYPE_CHECKING:
    from privacy.access.model import Caller
    from privacy.opened import OpenZone

app = typer.Typer(no_args_is_help=True)

Destination = Annotated[
    str, typer.Option("--to", help="Country it goes to: ISO 3166-1 alpha-2, such as US.")
]
Recipient = Annotated[
    str,
    typer.Option("--recipient", help="To whom, as the documents name them; `zone us` for a zone."),
]
_DAY = ["%Y-%m-%d"]
_SHOWN = ("number", "at", "kind", "recipient", "destination", "count_persons", "instrument", "by")


@app.command("list")
def list_lines(
    context: typer.Context,
    zone: Zone,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="Only these: document, transfer, refusal or receipt."),
    ] = None,
    last: Annotated[int, typer.Option("--last", help="How many of the newest lines.", min=1)] = 100,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Show the transfer register, newest line last; it is checked from its first line on.

    It names recipients and counts, and no person.
    """
    from privacy.transfers import LineKind, TransferRegister
    from serving.present import show

    kinds = [each.value for each in LineKind]
    if kind is not None and kind not in kinds:
        raise ConfigurationError(f"--kind is one of {', '.join(kinds)}")
    open_zone, _ = asked(context, zone, caller, role)
    lines = [
        line for line in TransferRegister(open_zone).lines() if kind is None or line["kind"] == kind
    ][-last:]
    rows = lines if as_json else [_shown(line) for line in lines]
    show(rows, title=f"Transfer register of zone {zone}", as_json=as_json)


@app.command("file")
def file(
    context: typer.Context,
    zone: Zone,
    instrument: Annotated[
        str, typer.Option("--instrument", help="What it is, as in the zone's policy.")
    ],
    recipient: Recipient,
    destination: Destination,
    reference: Annotated[
        str, typer.Option("--reference", help="Where the signed document is kept.")
    ],
    concluded: Annotated[
        datetime, typer.Option("--from", formats=_DAY, help="First day it holds.")
    ],
    ends: Annotated[
        datetime | None,
        typer.Option(
            "--until", formats=_DAY, help="First day it no longer holds; absent, it is open-ended."
        ),
    ] = None,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
) -> None:
    """Put a document that was concluded with a recipient on file."""
    from privacy.transfers import Document, TransferRegister

    open_zone, asker = asked(context, zone, caller, role)
    document = Document(
        instrument,
        recipient,
        destination,
        reference,
        concluded.date(),
        None if ends is None else ends.date(),
    )
    TransferRegister(open_zone).file(document, by=asker.caller_id)
    typer.echo(f"zone {zone}: {instrument} with {recipient} is on file")


@app.command("authorise")
def authorise(
    context: typer.Context,
    zone: Zone,
    recipient: Recipient,
    destination: Destination,
    purpose: Annotated[str, typer.Option("--purpose", help="What for, such as service.")],
    category: Annotated[
        list[str], typer.Option("--category", help="What sort of data; may be repeated.")
    ],
    persons: Annotated[
        int | None,
        typer.Option("--persons", help="How many people it speaks of; 0 for totals.", min=0),
    ] = None,
    ids: Annotated[
        Path | None,
        typer.Option(
            "--ids",
            help="File with their opaque ids, one a line, so that each counts once a year; the ids"
            " are kept nowhere.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    sensitive: Annotated[
        bool, typer.Option("--sensitive", help="It holds data the law calls sensitive.")
    ] = False,
    instrument: Annotated[
        str | None,
        typer.Option(
            "--instrument",
            help="What it rests on; absent, the lightest that suffices where the law goes by"
            " volume.",
        ),
    ] = None,
    reference: Annotated[
        str | None,
        typer.Option(
            "--reference", help="Name of this transfer: asked again under it, it counts once."
        ),
    ] = None,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Ask whether data may leave the zone; the answer is written in the register either way.

    Exit code 3 when no instrument that is valid today covers it. Moving the data is yours.
    """
    from dataclasses import asdict

    from privacy.transfers import Transfer, TransferRegister
    from privacy.zones.model import purpose_named
    from serving.present import show_facts

    named = sorted({line.strip() for line in _lines(ids) if line.strip()})
    if persons is None and ids is None:
        raise ConfigurationError("say how many people it speaks of: --persons or --ids")
    open_zone, asker = asked(context, zone, caller, role)
    transfer = Transfer(
        recipient,
        destination,
        purpose_named(purpose),
        tuple(category),
        len(named) if persons is None else persons,
        is_sensitive=sensitive,
        persons=named,
    )
    permit = TransferRegister(open_zone).authorise(
        transfer, instrument=instrument, by=asker.caller_id, reference=reference
    )
    show_facts(asdict(permit), title="It may leave the zone", as_json=as_json)


@app.command("counters")
def counters(
    context: typer.Context,
    zone: Zone,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Show of how many people data left since 1 January, and which instruments suffice for that."""
    from privacy.clock import day_of
    from privacy.transfers import TransferRegister
    from privacy.volumes import step_for
    from serving.present import show_facts

    open_zone, _ = asked(context, zone, caller, role)
    policy = open_zone.policy
    volume = TransferRegister(open_zone).volume()
    step = step_for(policy, volume, day_of(open_zone.clock()))
    facts: dict[str, Any] = {
        "zone": zone,
        "year": str(volume.year),
        "time_zone": policy.time_zone,
        "is_counted": bool(policy.transfers.volumes),
        "persons": volume.persons,
        "persons_with_sensitive_data": volume.sensitive,
    }
    if step is not None:
        facts |= {
            "suffices_for_at_most_persons": step.persons_at_most,
            "and_at_most_with_sensitive_data": step.sensitive_at_most,
            "instruments_that_suffice": list(step.instruments),
            "source": step.source,
            "confidence": step.confidence.value,
        }
    show_facts(facts, title=f"Transfers of zone {zone} in {volume.year}", as_json=as_json)


def asked(
    context: typer.Context, zone_id: str, caller: str | None, role: str
) -> tuple["OpenZone", "Caller"]:
    """Open the zone for whoever may account for its transfers."""
    from privacy.access.model import Action

    return permitted(context, zone_id, caller, role, Action.RULE_TRANSFERS)


def _shown(line: dict[str, Any]) -> dict[str, Any]:
    row = {name: line.get(name) for name in _SHOWN}
    row["at"] = datetime.fromisoformat(line["at"])
    row["recipient"] = line.get("recipient") or f"from zone {line['sender']}"
    return {**row, "rule": line.get("rule_source") or line.get("reason") or line.get("reference")}


def _lines(path: Path | None) -> list[str]:
    return [] if path is None else path.read_text("utf-8").splitlines()
