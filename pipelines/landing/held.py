"""What is held, as bytes: a candidate with all that is needed to try it again."""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from contextlib import suppress

from pipelines.landing.chunks import Candidate
from privacy.keys.keyring import Keyring

TEXT_LIMIT = 400
"""Longest place and detail the store takes, in characters."""

_PLACE_BYTES = 220
"""Of a place's end: what fits, sealed and in base64, into `TEXT_LIMIT`."""

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


def sealed_places(keyring: Keyring, places: Sequence[str]) -> list[str]:
    """Seal places under the zone's key: a file may be called after the person it is from."""
    sealed = keyring.seal_many(
        [None] * len(places),
        table="quarantine",
        column="place",
        values=[shown(place).encode()[-_PLACE_BYTES:] for place in places],
    )
    return [b64encode(value).decode("ascii") for value in sealed]


def opened_places(keyring: Keyring, sealed: Sequence[str]) -> list[str]:
    """Give places back, as they may be shown; one that was wiped is empty."""
    opened = iter(
        keyring.open_many(
            [None] * sum(map(bool, sealed)),
            table="quarantine",
            column="place",
            sealed=[b64decode(value) for value in sealed if value],
        )
    )
    return [(next(opened) or b"").decode(errors="ignore") if value else "" for value in sealed]


def shown(place: str) -> str:
    """Give a place as it may be shown: file names can hold addresses and numbers."""
    with suppress(UnicodeError):
        place = place.encode("utf-8", "replace").decode()
    return _PERSONAL_IN_NAMES.sub("…", place.replace("\x00", "\ufffd"))[-TEXT_LIMIT:]
