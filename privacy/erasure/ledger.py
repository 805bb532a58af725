"""The erasure ledger: a file beside the store that outlives it, so that no backup brings anybody back.

A store restored from before an erasure has the person's keys and has forgotten that they were
erased. The ledger has not: one line an erasure, written in the transaction that closes the doors,
before it commits. Every run compares the two first, and no door opens while the store is behind
(`privacy.erasure.restored`).

A line is base64 of JSON sealed under the zone's own key, and ends in a line feed. It holds ids,
which are of nobody by then, and hashes from the suppression list. Keep the newest ledger when a
zone's folder is restored; it is never to be restored itself.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select

from privacy.erasure.journal import State
from privacy.errors import Tampered, WrongKey
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import ERASURES
from privacy.whole_files import sync

TABLE: Final = "erasure_ledger"
COLUMN: Final = "line"
_UNDONE: Final = frozenset({State.PLANNED.value, State.HELD.value})


@dataclass(frozen=True, slots=True)
class Line:
    """What has to be known to erase somebody again.

    Attributes:
        suppressed: How often each handle was erased, by its hash on the suppression list.
        erased_at: When the doors were closed; ISO 8601.
    """

    erasure_id: str
    customer_id: str
    former_ids: tuple[str, ...]
    subject_ids: tuple[str, ...]
    suppressed: Mapping[str, int]
    requested_by: str
    erased_at: str


def append(zone: OpenZone, new: Sequence[Line]) -> None:
    """Write lines, and reach the disk before returning.

    Call it last in the store's transaction, one at a time in a zone: then the ledger is in the
    order of the commits.
    """
    if not new:
        return
    path = zone.layout.ledger
    is_new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        end = os.fstat(handle).st_size
        if end and os.pread(handle, 1, end - 1) != b"\n":
            # What a crash left half-written was never acted upon.
            end = os.pread(handle, end, 0).rfind(b"\n") + 1
            os.ftruncate(handle, end)
        _write(handle, _sealed(zone, new), end)
    finally:
        os.close(handle)
    if is_new:
        sync(path.parent)


def take_over(zone: OpenZone, copy: Sequence[Line]) -> None:
    """Put the lines of a copy into the zone's own ledger, which had lost them.

    Oldest first, whichever of the two a line was in. Call it as `append` is called.
    """
    own = lines(zone)
    known = {line.erasure_id for line in own}
    lost = [line for line in copy if line.erasure_id not in known]
    if not lost:
        return
    path = zone.layout.ledger
    aside = path.with_name(f".{path.name}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        whole = sorted([*lost, *own], key=lambda line: datetime.fromisoformat(line.erased_at))
        _write(handle, _sealed(zone, whole), 0)
    finally:
        os.close(handle)
    aside.replace(path)
    sync(path.parent)


def lines(zone: OpenZone, *, path: Path | None = None) -> list[Line]:
    """Give every line, oldest first; none where nobody was erased yet.

    Args:
        zone: Whose.
        path: Of a copy kept elsewhere; the zone's own by default.

    Raises:
        Tampered: A line was changed, or is another zone's.
    """
    return _opened(zone, _whole_lines(path or zone.layout.ledger))


def is_behind(zone: OpenZone) -> bool:
    """Tell whether the store has forgotten anybody whom the ledger names.

    By every line, for one whom a hold keeps back may stand anywhere: of 20,000 lines it takes
    0.15 s.

    Raises:
        Tampered: A line was changed, or is another zone's.
    """
    written = lines(zone)
    if not written:
        return False
    with zone.store.connect() as connection:
        return bool(unknown(connection, written))


def unknown(connection: Connection, among_lines: list[Line]) -> list[Line]:
    """Give the lines of erasures that a store does not know, or not as begun."""
    rows = connection.execute(
        select(ERASURES.c.erasure_id, ERASURES.c.state).where(
            among(connection, ERASURES.c.erasure_id, [line.erasure_id for line in among_lines])
        )
    )
    known = {row.erasure_id for row in rows if row.state not in _UNDONE}
    return [line for line in among_lines if line.erasure_id not in known]


def _sealed(zone: OpenZone, new: Sequence[Line]) -> bytes:
    sealed = zone.keyring.seal_many(
        [None] * len(new),
        table=TABLE,
        column=COLUMN,
        values=[json.dumps(asdict(line), separators=(",", ":")).encode() for line in new],
    )
    return b"".join(b64encode(line) + b"\n" for line in sealed)


def _write(handle: int, whole: bytes, at: int) -> None:
    if os.pwrite(handle, whole, at) != len(whole):
        raise OSError("the erasure ledger could not be written")
    os.fsync(handle)


def _whole_lines(path: Path) -> list[bytes]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    return content[: content.rfind(b"\n") + 1].splitlines()


def _opened(zone: OpenZone, sealed: list[bytes]) -> list[Line]:
    found = []
    try:
        contents: list[bytes] = zone.keyring.open_many(
            [None] * len(sealed),
            table=TABLE,
            column=COLUMN,
            sealed=[b64decode(line, validate=True) for line in sealed],
        )
        for content in contents:
            fields = json.loads(content)
            for name in ("former_ids", "subject_ids"):
                fields[name] = tuple(fields[name])
            found.append(Line(**fields))
    except (Tampered, WrongKey, TypeError, ValueError, KeyError):
        raise Tampered(f"the erasure ledger of zone {zone.zone} was changed") from None
    return found
