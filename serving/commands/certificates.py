"""`c360 certificate …`: check a certificate of erasure, with no access to any zone."""

from pathlib import Path

import typer

app = typer.Typer(no_args_is_help=True)


def verify_key_of(path: Path) -> bytes:
    """Read a zone's verification key from its file of public keys, named ``<zone>.json``."""
    from privacy.ids import ZoneId
    from privacy.keys.public import read_public_keys

    return read_public_keys(path.parent, ZoneId(path.stem)).verify_key
