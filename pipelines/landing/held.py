"""What is held, as bytes: a candidate with all that is needed to try it again."""

import json
import re
from contextlib import suppress

from pipelines.landing.chunks import Candidate

TEXT_LIMIT = 400
"""Longest place and detail the store takes, in characters."""

_PERSONAL_IN_NAMES = re.compile(r"[^\s/!#:]+@[^\s/!#:]+|\d{9,}")


def held_id_of(item_id: str, digest: str) -> str:
    """Give the id an item is held under: of its id and its content, both keyed hashes."""
    return f"q_{item_id.partition('_')[2]}{digest[:12]}"


def packed(candidate: Candidate) -> bytes:
    """Put a candidate into bytes, to be sealed; `unpacked` gives it back."""
    header = {
        "place": candidate.place,
        "vendor_id": candidate.vendor_id,
        "is_file": candidate.is_file,
        "is_handed_over": candidate.is_handed_over,
        "count_compared": None if candidate.compared is None else len(candidate.compared),
    }
    head = json.dumps(header).encode()
    return b"".join((head, b"\n", candidate.compared or b"", candidate.payload))


def unpacked(source: str, content: bytes, *, quarantine_id: str) -> Candidate:
    """Give a candidate back from what was held."""
    head, _, rest = content.partition(b"\n")
    header = json.loads(head)
    count = header["count_compared"]
    return Candidate(
        source,
        header["place"],
        rest[count or 0 :],
        vendor_id=header["vendor_id"],
        compared=None if count is None else rest[:count],
        is_file=header["is_file"],
        is_handed_over=header["is_handed_over"],
        quarantine_id=quarantine_id,
    )


def shown(place: str) -> str:
    """Give a place as it may be stored and shown: file names can hold addresses and numbers."""
    with suppress(UnicodeError):
        place = place.encode("utf-8", "replace").decode()
    return _PERSONAL_IN_NAMES.sub("…", place.replace("\x00", "\ufffd"))[-TEXT_LIMIT:]
