"""How well the detector finds what the search for mentions rests on, as was measured; for certificates.

The figures are those of ``docs/benchmarks-detection.md``, kept as data beside the detector; a test
compares the two. Shares are in thousandths, for a certificate holds no fractions.
"""

import hashlib
import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Final

from privacy.zones.model import ZonePolicy

_FIGURES: Final = "measured_recall.json"


def recall_of(policy: ZonePolicy) -> dict[str, Any]:
    """Say how mentions were searched for, and what share of them the detector finds.

    Args:
        policy: Of the zone; figures by language are those of its languages.
    """
    measured = figures()
    languages = set(policy.languages)
    return {
        "method": "mentions were found by the blind index of what the detector had found in a text "
        "when it was loaded; mentions that the detector did not find are searched for by value in "
        "every text, too",
        "detector_sha256": detector_digest(),
        "measured_detector_sha256": measured["detector_sha256"],
        "measured_in": measured["document"],
        "measured_by": measured["command"],
        "unit": measured["unit"],
        "recall": [
            figure
            for figure in measured["figures"]
            if figure["language"] == "any" or figure["language"] in languages
        ],
    }


@cache
def figures() -> dict[str, Any]:
    """Give every figure that was measured, and of which detector."""
    content: dict[str, Any] = json.loads((_detector() / _FIGURES).read_bytes())
    return content


@cache
def detector_digest() -> str:
    """Give a hash of the detector that is installed: SHA-256 over its files' names and hashes."""
    whole = hashlib.sha256()
    for name, file in sorted(_files_of(_detector())):
        whole.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _detector() -> Traversable:
    return files("privacy.detection")


def _files_of(folder: Traversable, within: str = "") -> list[tuple[str, Traversable]]:
    found = []
    for entry in folder.iterdir():
        name = f"{within}{entry.name}"
        if entry.is_dir():
            if entry.name != "__pycache__":
                found += _files_of(entry, f"{name}/")
        elif name != _FIGURES:
            found.append((name, entry))
    return found
