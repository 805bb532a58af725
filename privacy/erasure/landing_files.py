"""Landed segments without a person's items: the file is written anew, the old one overwritten."""

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
from sqlalchemy import delete

from privacy.erasure.needles import Needles
from privacy.erasure.person import Person
from privacy.erasure.sealed import hits_among, landed, landed_files, quarantined, segment
from privacy.errors import Tampered
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import QUARANTINE
from privacy.whole_files import whole_file


def drop_items(
    zone: OpenZone, person: Person, item_ids: Collection[str], needles: Needles | None
) -> int:
    """Take items out of every landed segment.

    Those sealed under the person's keys; those given by id; and, where the plain values are known,
    those that hold one of them: other people's deliveries that name the person. What was loaded
    from them stays, redacted.

    Returns:
        How many items were taken out.

    Raises:
        Tampered: A file cannot be read as a segment; naming it. The others are done.
    """
    owners = pa.array(person.owner_ids, pa.string())
    count, unread = 0, []
    for path in landed_files(zone):
        wanted = set(item_ids)
        try:
            if needles is not None:
                for opened in landed(zone, path):
                    wanted |= {opened.ids[n] for n in hits_among(needles, opened.values)}
            count += _drop(path, owners, pa.array(sorted(wanted), pa.string()))
        except Tampered:
            unread.append(path.relative_to(zone.layout.root).as_posix())
    if unread:
        raise Tampered(
            f"no landed segment that can be read: {', '.join(unread)}. The doors are closed: nobody"
            " reads the person any more, but they are not wholly erased. Move it out of the zone's"
            " folder (`c360 residency verify` names every such file) and execute the erasure again"
        )
    return count


def drop_quarantined(zone: OpenZone, item_ids: Collection[str], needles: Needles | None) -> int:
    """Delete quarantined deliveries by item, and those that hold one of the plain values.

    Returns:
        How many were deleted.
    """
    found: list[str] = []
    if needles is not None:
        for opened in quarantined(zone):
            found += [opened.ids[n] for n in hits_among(needles, opened.values)]
    with zone.store.begin() as connection:
        by_item = among(connection, QUARANTINE.c.item_id, item_ids)
        by_id = among(connection, QUARANTINE.c.quarantine_id, found)
        return connection.execute(delete(QUARANTINE).where(by_item | by_id)).rowcount


def _drop(path: Path, owners: pa.Array, item_ids: pa.Array) -> int:
    with segment(path) as reader:
        table = reader.read_all()
        is_gone: Any = pc.or_(
            pc.fill_null(pc.is_in(table["owner_id"], value_set=owners), False),
            pc.is_in(table["item_id"], value_set=item_ids),
        )
        count = int(pc.sum(is_gone).as_py() or 0)
        if count:
            kept = table.filter(pc.invert(is_gone))
            _replace(path, kept)
        return count


def _replace(path: Path, table: pa.Table) -> None:
    with path.open("rb+") as old:
        with whole_file(path) as stream:
            with pyarrow.ipc.new_file(stream, table.schema) as writer:
                writer.write_table(table)
            os.fchmod(stream.fileno(), path.stat().st_mode & 0o777)
        size = old.seek(0, os.SEEK_END)
        old.seek(0)
        old.write(bytes(size))
        os.fsync(old.fileno())
