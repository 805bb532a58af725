"""`c360 erase`: plan, execute, verify, certify, for one customer."""

import sys
from codecs import BOM_UTF8
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
    Known,
    Wait,
    Zone,
    handle_given,
    permitted,
)

if TYPE_CHECKING:
    from privacy.erasure.needles import Value


def erase(
    context: typer.Context,
    zone: Zone,
    customer: Annotated[
        str | None, typer.Option("--customer", help="Opaque id of the customer.")
    ] = None,
    handle: Annotated[
        str | None,
        typer.Option("--handle", help="Or any handle of theirs; - reads it from standard input."),
    ] = None,
    erasure: Annotated[
        str | None, typer.Option("--erasure", help="Or the id of an erasure that was planned.")
    ] = None,
    plan: Annotated[
        bool, typer.Option("--plan", help="Show what would be erased, and change nothing.")
    ] = False,
    execute: Annotated[
        bool, typer.Option("--execute", help="Erase, search for what is left, and certify.")
    ] = False,
    verify: Annotated[
        bool, typer.Option("--verify", help="Search again for what an erasure left, and certify.")
    ] = False,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="After a backup was restored: erase whom the erasure ledger names once more.",
        ),
    ] = False,
    ledger: Annotated[
        Path | None,
        typer.Option(
            "--ledger",
            help="Copy of the ledger for --again, where the zone's own was lost.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    known: Known = None,
    also: Also = None,
    out: CertificateOut = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before erasing.")] = False,
    wait: Wait = 600,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
    as_json: AsJson = False,
) -> None:
    """Erase one customer, with proof. Nothing is erased without --execute."""
    from privacy.access.model import Action
    from privacy.erasure.journal import load
    from privacy.signed import file_of
    from serving.erasure_report import show_plan, show_proven
    from serving.erasures import (
        customer_by,
        erase_again_from,
        execute_and_prove,
        planned,
        prove,
    )

    if plan + execute + verify + again != 1:
        raise ConfigurationError("say one of --plan, --execute, --verify and --again")
    if again:
        if customer or handle or erasure:
            raise ConfigurationError("--again is for everybody whom the ledger names")
        action = Action.EXECUTE_ERASURE
        mended, officer = permitted(context, zone, caller, role, action, even_if_restored=True)
        done = erase_again_from(mended, officer, ledger=ledger, wait_seconds=wait)
        typer.echo(f"erased again: {', '.join(done) or 'nobody; the store has forgotten nobody'}")
        return
    if sum(given is not None for given in (customer, handle, erasure)) != 1:
        raise ConfigurationError("say whom: one of --customer, --handle and --erasure")
    if verify and erasure is None:
        raise ConfigurationError("say which erasure to verify: --erasure, as --execute showed")
    values = known_values(known)
    if verify and not values:
        raise ConfigurationError("say what to search for: --known, as nothing is kept of a person")
    action = Action.PLAN_ERASURE if plan else Action.EXECUTE_ERASURE
    open_zone, asker = permitted(context, zone, caller, role, action)
    if erasure is not None:
        found = load(open_zone, erasure)
    else:
        whom = customer or customer_by(open_zone, asker, handle_given(str(handle)))
        found = planned(open_zone, whom, asker, is_anew=plan, wait_seconds=wait)
    if plan:
        show_plan(found.plan, as_json=as_json)
        return
    if execute and not yes:
        show_plan(found.plan)
        typer.confirm("Erase this person for good?", abort=True, err=True)
    if execute:
        proven = execute_and_prove(
            open_zone,
            found.erasure_id,
            asker,
            values=values,
            also=also or (),
            wait_seconds=wait,
        )
    else:
        proven = prove(
            open_zone, found.erasure_id, values=values, also=also or (), wait_seconds=wait
        )
    if out is not None:
        out.write_bytes(file_of(proven.certificate))
    show_proven(proven, written_to=out, as_json=as_json)


def known_values(path: Path | None) -> "list[Value]":
    """Read what is known of a person: a kind and a value a line.

    Raises:
        ConfigurationError: A line is not of that form; says which, and nothing of what it holds.
    """
    from privacy.erasure.known_values import KINDS
    from privacy.erasure.needles import Value

    if path is None:
        return []
    values = []
    content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    for number, encoded in enumerate(content.removeprefix(BOM_UTF8).splitlines(), 1):
        try:
            line = encoded.decode("utf-8").strip()
        except UnicodeDecodeError:
            raise ConfigurationError(f"line {number} of --known is not in UTF-8") from None
        kind, _, value = line.partition(" ")
        if kind and not value.strip():
            raise ConfigurationError(f"line {number} of --known has no kind and value")
        if kind and kind not in KINDS:
            raise ConfigurationError(
                f"line {number} of --known is of no kind there is: {', '.join(KINDS)}"
            )
        if kind:
            values.append(Value(kind, value.strip()))
    return values
