"""What time alone removes: landed files and quarantined items whose days are over.

Nothing else needs them. Of landed files what a legal hold is on stays.
"""

import os
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
from sqlalchemy import select, update

from privacy.errors import ErasureIncomplete
from privacy.holds import list_holds
from privacy.opened import OpenZone
from privacy.retention.due import (
    held_segments,
    held_subjects,
    landed_until,
    limit_of,
    quarantined_until,
)
from privacy.store.engine import scrub
from privacy.store.tables import LANDING_SEGMENTS, QUARANTINE
from privacy.whole_files import whole_file
from privacy.zones.model import Category


def remove_landed(zone: OpenZone, *, today: date) -> int:
    """Remove the landed files whose time is up; their lines in the manifest stay.

    Of a file with items of a subject who is held, those items stay and the others go. Idempotent; a
    crash between a file and its line is made good by the next call.

    Returns:
        How many segments were removed.
    """
    cutoff, _ = limit_of(zone.policy, Category.LANDING, today)
    holds = list_holds(zone)
    held = held_segments(zone, holds)
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(LANDING_SEGMENTS.c.segment_id, LANDING_SEGMENTS.c.path).where(
                LANDING_SEGMENTS.c.segment_id.in_(landed_until(cutoff))
            )
        ).all()
    count = 0
    for row in rows:
        path = zone.layout.root / row.path
        if row.segment_id in held and path.exists():
            _keep_of(path, held_subjects(holds, Category.LANDING))
            continue
        path.unlink(missing_ok=True)
        with zone.store.begin() as connection:
            connection.execute(
                update(LANDING_SEGMENTS)
                .where(LANDING_SEGMENTS.c.segment_id == row.segment_id)
                .values(removed_at=zone.clock())
            )
        count += 1
    return count


def remove_quarantined(zone: OpenZone, *, today: date) -> int:
    """Let go of quarantined items older than landed files may be: content and place, not the count.

    Whose they are is not known, so no hold is on them. The store overwrites what it deletes.

    Returns:
        How many were let go.
    """
    with zone.store.begin() as connection:
        count: int = connection.execute(
            update(QUARANTINE)
            .where(QUARANTINE.c.quarantine_id.in_(quarantined_until(zone, today)))
            .values(status="expired", settled_at=zone.clock(), sealed=b"", place="")
        ).rowcount
    if count:
        with suppress(ErasureIncomplete):  # somebody reads: the next run cuts the log
            scrub(zone.store)
    return count


def _keep_of(path: Path, owners: Collection[str]) -> None:
    """Write a landed file anew with the items of some owners only."""
    with pa.memory_map(str(path)) as mapped, pyarrow.ipc.open_file(mapped) as reader:
        table = reader.read_all()
        kept = table.filter(pc.is_in(table["owner_id"], value_set=pa.array(sorted(owners))))
        if kept.num_rows == table.num_rows:
            return
        with whole_file(path) as stream:
            with pyarrow.ipc.new_file(stream, kept.schema) as writer:
                writer.write_table(kept)
            os.fchmod(stream.fileno(), path.stat().st_mode & 0o777)
