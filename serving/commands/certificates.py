"""`c360 certificate …`: check a certificate of erasure offline; write one that was issued."""

from pathlib import Path
from typing import Annotated

import typer

from serving.commands.state import (
    AsJson,
    CallerName,
    ComplianceRole,
    Out,
    PublicKeys,
    Zone,
    permitted,
)

app = typer.Typer(no_args_is_help=True)


@app.callback()
def certificates() -> None:
    """Check a certificate of erasure, or write it again."""


@app.command("verify")
def verify(
    certificate: Annotated[
        Path, typer.Argument(help="The certificate, a JSON file.", exists=True, dir_okay=False)
    ],
    key: PublicKeys,
    customer: Annotated[
        str | None,
        typer.Option("--customer", help="Check too that it is about this customer; with --salt."),
    ] = None,
    salt: Annotated[
        str | None, typer.Option("--salt", help="The salt the person was given, hexadecimal.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check that a certificate is the zone's word, and holds together."""
    import json
    from dataclasses import asdict

    from privacy.erasure.certificate import is_about, verify_file
    from privacy.errors import ConfigurationError, Tampered
    from serving.present import show_facts

    checked = verify_file(certificate, verify_key_of(key))
    facts = asdict(checked)
    if (customer is None) != (salt is None):
        raise ConfigurationError("give --customer and --salt together")
    if customer is not None and salt is not None:
        try:
            is_theirs = is_about(json.loads(certificate.read_bytes()), customer, salt)
        except ValueError:
            raise ConfigurationError("the salt is not hexadecimal") from None
        if not is_theirs:
            raise Tampered("the certificate is not about this customer")
        facts["is_about_customer"] = True
    show_facts(facts, title="The certificate holds", as_json=as_json)


@app.command("write")
def write(
    context: typer.Context,
    erasure: Annotated[str, typer.Argument(help="Id of an erasure that is certified.")],
    zone: Zone,
    out: Out,
    caller: CallerName = None,
    role: ComplianceRole = "compliance",
) -> None:
    """Write a certificate that was issued, such as one of an erasure that waited for a hold."""
    from privacy.access.model import Action
    from privacy.erasure.certificate import issue, subject_salt
    from privacy.signed import file_of
    from serving.present import show_facts

    open_zone, _ = permitted(context, zone, caller, role, Action.EXECUTE_ERASURE)
    salt = subject_salt(open_zone, erasure)
    out.write_bytes(file_of(issue(open_zone, erasure)))
    show_facts({"certificate": out, "salt, for the person": salt}, title="Written")


def verify_key_of(path: Path) -> bytes:
    """Read a zone's verification key from its file of public keys, named ``<zone>.json``."""
    from privacy.ids import ZoneId
    from privacy.keys.public import read_public_keys

    return read_public_keys(path.parent, ZoneId(path.stem)).verify_key
