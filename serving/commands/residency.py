"""`c360 residency …`: prove where data lies, and whose keys open it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from privacy.errors import ConfigurationError
from serving.commands.state import (
    Also,
    AsJson,
    CallerName,
    CertificateOut,
    ComplianceRole,
    Customer,
    Known,
    Wait,
    Zone,
    permitted,
    state_of,
    writable,
)

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from privacy.ids import ZoneId

app = typer.Typer(no_args_is_help=True)

FOUND = 1
"""Exit code when something speaks against residency, or against a file that was left here."""


@app.callback()
def residency() -> None:
    """Prove where data lies, and whose keys open it."""


@app.command("verify")
def verify(
    context: typer.Context,
    zone: Annotated[
        list[str] | None,
        typer.Option(
            "--zone",
            "-z",
            help="Zone to verify; again for more, whose keys are then tried on each other. Absent,"
            " every zone of the home.",
        ),
    ] = None,
    backup: Annotated[
        list[str] | None,
        typer.Option(
            "--backup",
            help="Folder with a backup to verify too; ZONE=FOLDER where several zones are given.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File to write the signed report to.", callback=writable),
    ] = None,
    wait: Wait = 600,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Prove that what a zone holds opens with its own keys only, and is of its own people.

    Exit code 1 when something speaks against it; the report names place and row.
    """
    from pipelines.landing.participants import participants_in
    from privacy.access.model import Action
    from privacy.residency.verify import verify_residency
    from privacy.signed import file_of
    from privacy.zones.loader import load_policies
    from serving.residency_report import show_verification

    settings = state_of(context).settings
    policies = load_policies(directory=settings.policies)
    wanted = list(dict.fromkeys(zone)) if zone else _zones_of(settings.home, policies)
    backups = _backups(backup or (), wanted)
    asked = [permitted(context, each, caller, role, Action.READ_AUDIT) for each in wanted]
    done = verify_residency(
        [open_zone for open_zone, _ in asked],
        by=asked[-1][1].caller_id,
        reader=participants_in,
        backups=backups,
        policies=policies,
        wait_seconds=wait,
    )
    if out is not None:
        out.write_bytes(file_of(done.report))
    show_verification(done.report, written_to=out, as_json=as_json)
    if done.report["count_findings"] or done.report["of_no_zone"]:
        raise typer.Exit(FOUND)


@app.command("check-report")
def check_report(
    report: Annotated[
        Path, typer.Argument(help="The report, a JSON file.", exists=True, dir_okay=False)
    ],
    key: Annotated[
        list[Path],
        typer.Option(
            "--key",
            help="A zone's public keys, from a source you trust: public_keys/ZONE.json; again for"
            " every zone of the report.",
            exists=True,
            dir_okay=False,
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Check that a report is the zones' word, with no access to any zone."""
    from dataclasses import asdict

    from privacy.residency.report import check_report_file
    from serving.commands.certificates import verify_key_of
    from serving.present import show_facts

    checked = check_report_file(report, {path.stem: verify_key_of(path) for path in key})
    show_facts(asdict(checked), title="The report is the zones' word", as_json=as_json)


@app.command("move")
def move(
    context: typer.Context,
    zone: Zone,
    to: Annotated[str, typer.Option("--to", help="Zone the customer goes to.", metavar="ZONE")],
    customer: Customer,
    instrument: Annotated[
        str | None,
        typer.Option("--instrument", help="What the transfer rests on, as in the zone's policy."),
    ] = None,
    country: Annotated[
        str | None,
        typer.Option(
            "--country", help="Where they live now, where the zone has several countries."
        ),
    ] = None,
    leave_behind: Annotated[
        bool,
        typer.Option(
            "--leave-behind",
            help="Go on although something cannot be taken in elsewhere, and is erased here.",
        ),
    ] = False,
    known: Known = None,
    also: Also = None,
    out: CertificateOut = None,
    wait: Wait = 600,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Move a customer who changed country to another zone, and erase them here with proof.

    Run it, then `c360 residency receive` in the other zone, then it again: it hands over, and erases
    once the other zone has signed for every item. Cut short, it goes on where it was.
    """
    from privacy.access.model import Action
    from privacy.signed import file_of
    from privacy.zones.loader import load_policy
    from serving.commands.erasure import known_values
    from serving.moves import Order, country_of
    from serving.moves import move as do_move
    from serving.residency_report import show_move

    settings = state_of(context).settings
    target = load_policy(to, directory=settings.policies)
    if to == zone:
        raise ConfigurationError("a customer moves to another zone")
    order = Order(customer, target.id, country_of(target, country), instrument, leave_behind)
    open_zone, asker = permitted(context, zone, caller, role, Action.EXECUTE_ERASURE)
    moved = do_move(
        open_zone,
        order,
        asker,
        connectors=settings.access(zone).connectors,
        values=known_values(known),
        also=also or (),
        wait_seconds=wait,
    )
    if out is not None and moved.certificate is not None:
        out.write_bytes(file_of(moved.certificate))
    show_move(moved, written_to=out, as_json=as_json)


@app.command("receive")
def receive(
    context: typer.Context,
    zone: Zone,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Take in customers who move here from other zones, and sign for them.

    The next run loads and publishes them. Exit code 1 when a file was refused, and named; the others
    are taken in all the same.
    """
    from dataclasses import asdict

    from pipelines.landing import moving_in
    from privacy.access.model import Action
    from privacy.clock import day_of
    from serving.present import show

    settings = state_of(context).settings
    open_zone, asker = permitted(context, zone, caller, role, Action.EXECUTE_ERASURE)
    taken = moving_in.receive_waiting(
        open_zone,
        day=day_of(open_zone.clock()),
        by=asker.caller_id,
        connectors=settings.access(zone).connectors,
        policies_directory=settings.policies,
    )
    show([asdict(one) for one in taken.receipts], title=f"Taken in by zone {zone}", as_json=as_json)
    for name, why in taken.refused.items():
        typer.echo(f"c360: not taken in: {name}: {why}", err=True)
    if taken.refused:
        raise typer.Exit(FOUND)


def _zones_of(home: Path, policies: "Container[str]") -> list[str]:
    """Give the zones of a home; what lies among them and is none is named by the report."""
    folder = home / "zones"
    there = folder.iterdir() if folder.is_dir() else ()
    found = sorted(path.name for path in there if path.is_dir() and path.name in policies)
    if not found:
        raise ConfigurationError(f"there is no zone in {home}: run `c360 zone create`")
    return found


def _backups(given: "Sequence[str]", zones: "Sequence[str]") -> "dict[ZoneId, list[Path]]":
    from privacy.ids import ZoneId

    backups: dict[ZoneId, list[Path]] = {}
    for text in given:
        head, sign, tail = text.partition("=")
        zone, folder = (head, Path(tail)) if sign and head in zones else ("", Path(text))
        if not zone and len(zones) == 1:
            zone = zones[0]
        if not zone:
            raise ConfigurationError("say whose the backup is: --backup ZONE=FOLDER")
        if not folder.is_dir():
            raise ConfigurationError(f"there is no folder {folder}")
        backups.setdefault(ZoneId(zone), []).append(folder)
    return backups
