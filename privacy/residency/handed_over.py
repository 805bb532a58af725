"""Examines what other zones left for this one: whose private key opens it.

The files are those of `privacy.keys.handoff_file`.
"""

from contextlib import suppress
from pathlib import Path
from typing import Final

from privacy.errors import Tampered
from privacy.keys.handoff_file import frames_of
from privacy.keys.keyring import Keyring
from privacy.residency.examination import Examination
from privacy.residency.findings import FindingKind
from privacy.residency.keys import KeyTrial

_SUFFIXES: Final = frozenset({".handoff", ".move"})
"""Files that are sealed to the zone in whose folder they lie."""

_HANDOFF: Final = "handoff"


def examine_handoffs(examination: Examination, trial: KeyTrial) -> None:
    """Try keys on what other zones have left for this one, counted or not yet."""
    trial.tally(_HANDOFF)  # so that it is told where nothing lies, too
    folder = examination.zone.layout.handoff
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix not in _SUFFIXES or not path.is_file():
            continue
        with suppress(FileNotFoundError):  # taken in meanwhile
            _handoff(examination, trial, path)


def _handoff(examination: Examination, trial: KeyTrial, path: Path) -> None:
    tally = trial.tally(_HANDOFF)
    place = f"{_HANDOFF}/{path.name}"
    size = path.stat().st_size
    refusal = _refusal_of(path, examination.zone.keyring)
    openers = [o.zone for o in examination.others if _refusal_of(path, o.keyring) is None]
    tally.count += 1
    tally.count_bytes += size
    tally.count_refused += len(examination.others) - len(openers)
    if refusal is None:
        tally.count_opened += 1
    else:
        trial.add(FindingKind.DOES_NOT_OPEN, place, None, refusal)
    for other in openers:
        detail = f"opens with the keys of zone {other}"
        trial.add(FindingKind.OPENS_ELSEWHERE, place, None, detail)


def _refusal_of(path: Path, keyring: Keyring) -> str | None:
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
