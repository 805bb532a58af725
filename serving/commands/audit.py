"""`c360 audit …`: seal and check the log, and see who looked at a customer."""

from pathlib import Path
from typing import Annotated

import typer

from serving.commands.state import (
    AsJson,
    CallerName,
    Customer,
    PublicKeys,
    Zone,
    opened,
    writable,
)

app = typer.Typer(no_args_is_help=True)


@app.command("seal")
def seal(context: typer.Context, zone: Zone) -> None:
    """Put what is pending into the tree and sign its head. Every run does this too."""
    from privacy.audit.log import AuditLog

    head = AuditLog(opened(context, zone)).seal()
    typer.echo(f"entries in the log: {head.size:,}; signed head {head.root.hex()}")


@app.command("verify")
def verify(
    context: typer.Context,
    zone: Annotated[
        str | None,
        typer.Option("--zone", "-z", help="Check this zone's whole log.", metavar="ZONE"),
    ] = None,
    proof: Annotated[
        Path | None,
        typer.Option("--proof", help="Check this proof instead; needs no access to a zone."),
    ] = None,
    key: Annotated[
        Path | None,
        typer.Option("--key", help="The zone's public keys, for --proof: public_keys/ZONE.json."),
    ] = None,
) -> None:
    """Check a zone's whole log, or one proof of it, offline."""
    from privacy.errors import ConfigurationError

    if proof is not None and key is not None:
        from privacy.audit.verify import verify_file
        from serving.commands.certificates import verify_key_of

        verify_file(proof, verify_key_of(key))
        typer.echo(f"{proof.name} holds")
        return
    if zone is None:
        raise ConfigurationError("say what to check: --zone, or --proof with --key")
    from privacy.audit.log import AuditLog

    count = AuditLog(opened(context, zone)).verify()
    typer.echo(f"entries in the log: {count:,}; each is as it was logged, every signed head holds")


@app.command("prove")
def prove(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(help="Id of an entry, as in `c360 audit who`.")],
    zone: Zone,
) -> None:
    """Write the proof that an entry is in the log, as JSON for `c360 audit verify --proof`."""
    from privacy.audit.log import AuditLog
    from serving.present import show_json

    show_json(AuditLog(opened(context, zone)).inclusion_proof(entry))


@app.command("heads")
def heads(context: typer.Context, zone: Zone, as_json: AsJson = False) -> None:
    """List the signed heads of the log; keep the newest somewhere outside, once a day."""
    from privacy.audit.log import AuditLog
    from serving.present import show

    rows = [head.to_json() for head in AuditLog(opened(context, zone)).checkpoints()]
    show(rows, title="Signed heads", as_json=as_json)


@app.command("consistency")
def consistency(
    context: typer.Context,
    zone: Zone,
    since: Annotated[
        int, typer.Option("--from", min=1, help="Size of the head you kept, as it was printed.")
    ],
    to: Annotated[
        int | None, typer.Option("--to", min=1, help="Size of a later head; absent, the newest.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File to write the proof to.", callback=writable),
    ] = None,
) -> None:
    """Prove that the log still begins with what it was: nothing changed, removed, or put in."""
    import json

    from privacy.audit.log import AuditLog

    log = AuditLog(opened(context, zone))
    newest = log.seal().size if to is None else to
    proof = json.dumps(log.consistency_proof(since, newest), indent=2) + "\n"
    if out is None:
        typer.echo(proof, nl=False)
    else:
        out.write_text(proof, "ascii")
        typer.echo(
            f"{out.name}: the log of {since:,} entries is the beginning of that of {newest:,}"
        )


@app.command("verify-consistency")
def verify_consistency(
    proof: Annotated[
        Path, typer.Argument(help="What `c360 audit consistency` wrote.", exists=True)
    ],
    key: PublicKeys,
    head: Annotated[
        str | None,
        typer.Option("--head", help="The head you kept, hexadecimal: it must be the earlier one."),
    ] = None,
) -> None:
    """Check a proof of consistency offline, with no access to any zone."""
    from privacy.audit.verify import verify_consistency_file
    from privacy.errors import Tampered
    from serving.commands.certificates import verify_key_of

    old, new = verify_consistency_file(proof, verify_key_of(key))
    if head is not None and old.root.hex() != head.strip().lower():
        raise Tampered(f"{proof.name} is not about the head you kept")
    typer.echo(
        f"{proof.name} holds: the {old.size:,} entries under {old.root.hex()} are the first of the"
        f" {new.size:,} under {new.root.hex()}"
    )


@app.command("who")
def who(
    context: typer.Context,
    customer: Customer,
    zone: Zone,
    caller: CallerName = None,
    as_json: AsJson = False,
) -> None:
    """Show who looked at a customer's record, what for, and how it ended."""
    from serving.commands.customers import queries
    from serving.present import show_answer

    ask = queries(context, zone, caller, "compliance", "accountability")
    show_answer(ask.accesses(customer), as_json=as_json)
