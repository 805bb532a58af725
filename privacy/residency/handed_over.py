"""Tries a zone's private key on files that were left for it; see `privacy.keys.handoff_file`."""

from pathlib import Path
from typing import Final

from privacy.errors import Tampered
from privacy.keys.handoff_file import frames_of
from privacy.keys.keyring import Keyring

SEALED_SUFFIXES: Final = frozenset({".handoff", ".move"})
"""Files that are sealed to the zone in whose folder they lie."""


def refusal_of(path: Path, keyring: Keyring) -> str | None:
    """Say why a file does not open to its end with a zone's key; None where it does.

    Raises:
        OSError: The file is gone, or cannot be read.
    """
    with path.open("rb") as stream:
        try:
            for _frame in frames_of(stream, keyring.open_handoff):
                pass
        except Tampered as refused:
            return str(refused)
    return None
