"""`c360 transfers handoffs` and `receipt`: what zones sealed to each other, and what is owed."""

from pathlib import Path
from typing import Annotated, Any

import typer

from serving.commands.state import AsJson, CallerName, ComplianceRole, Out, Zone
from serving.commands.transfers import app as transfers_app
from serving.commands.transfers import asked

app = transfers_app


@app.command("handoffs")
def handoffs(
    context: typer.Context,
    zone: Zone,
    receipt: Annotated[
        list[Path] | None,
        typer.Option(
            "--receipt",
            help="Another zone's signed receipt to take in first; may be repeated.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    only_open: Annotated[
        bool, typer.Option("--open", help="Only files not known to be taken in whole.")
    ] = False,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Show the files this zone sealed to others and took in from them, and which are outstanding.

    Exit code 1 when a receipt names files this zone never sent, or with another content.
    """
    from dataclasses import asdict

    from privacy.handovers import State, received, sent, take_receipt
    from privacy.signed import read_document
    from serving.present import show, show_json

    open_zone, _ = asked(context, zone, caller, role)
    strange = []
    for path in receipt or ():
        taken = take_receipt(open_zone, read_document(path, what="receipt"))
        strange += [(file_id, "never sent") for file_id in taken.unknown]
        strange += [(file_id, "another content") for file_id in taken.differing]
    given = [{**asdict(one), "state": one.state.value} for one in sent(open_zone)]
    came = [asdict(one) for one in received(open_zone)]
    if only_open:
        given = [row for row in given if row["state"] != State.TAKEN_IN]
        came = [row for row in came if row["settled_at"] is None]
    if as_json:
        show_json({"sent": given, "received": came, "not_ours": dict(strange)})
    else:
        show([_short(row) for row in given], title=f"Sealed by zone {zone}")
        show([_short(row) for row in came], title=f"Taken in by zone {zone}")
    if strange and not as_json:
        show([{"file": name, "receipt": what} for name, what in strange], title="Not ours")
    if strange:
        raise typer.Exit(1)


@app.command("receipt")
def receipt(
    context: typer.Context,
    zone: Zone,
    sender: Annotated[
        str, typer.Option("--sender", help="Zone that sent the files.", metavar="ZONE")
    ],
    out: Out,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
) -> None:
    """Sign for every file that was taken in from a zone: what it reconciles its account with."""
    from privacy.audit.leaves import canonical
    from privacy.handovers import receipt_for
    from privacy.ids import ZoneId

    open_zone, _ = asked(context, zone, caller, role)
    document = receipt_for(open_zone, ZoneId(sender))
    out.write_bytes(canonical(document))
    typer.echo(f"{out}: a receipt of zone {zone} for {len(document['files'])} files of {sender}")


def _short(row: dict[str, Any]) -> dict[str, Any]:
    left_out = ("digest", "segment_id", "sealed_at", "first_at", "receipted_at")
    return {
        name.removeprefix("count_").replace("_", " "): value
        for name, value in row.items()
        if name not in left_out
    }
