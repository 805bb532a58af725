"""`c360 audit …`: seal and check the log, and see who looked at a customer."""

from pathlib import Path
from typing import Annotated

import typer

from serving.commands.state import AsJson, CallerName, Zone, opened

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


@app.command("who")
def who(
    context: typer.Context,
    customer: Annotated[
        str, typer.Option("--customer", help="Opaque id of the customer.", metavar="CUSTOMER")
    ],
    zone: Zone,
    caller: CallerName = None,
    as_json: AsJson = False,
) -> None:
    """Show who looked at a customer's record, what for, and how it ended."""
    from serving.commands.customers import queries
    from serving.present import show_answer

    ask = queries(context, zone, caller, "compliance", "accountability")
    show_answer(ask.accesses(customer), as_json=as_json)
