"""Carry an erasure out: doors first, then rows, then bytes. Killed anywhere, it goes on from there.

Every step is idempotent and noted in the erasure's row when it is done, so that a repeated step
finds nothing left to do. A person is unreadable after the third step, which waits for nobody; the
rest waits for whoever has the warehouse.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from privacy.audit.entries import Act
from privacy.audit.log import AuditLog
from privacy.erasure.doors import check, close_doors
from privacy.erasure.journal import Erasure, State, Step, load, note, save
from privacy.erasure.known_values import Reader, identifying, must_be_theirs
from privacy.erasure.landing_files import drop_items, drop_quarantined
from privacy.erasure.needles import Needles, Value
from privacy.erasure.others import redact_originals, redact_texts
from privacy.erasure.pace import REMOVAL, bytes_held, note_pace
from privacy.erasure.person import Person, together
from privacy.erasure.store_rows import erase_rows as erase_store_rows
from privacy.erasure.warehouse_rows import count_rows as count_warehouse_rows
from privacy.erasure.warehouse_rows import erase_rows as erase_warehouse_rows
from privacy.erasure.warehouse_rows import item_ids, looking_for
from privacy.opened import OpenZone
from privacy.store.engine import scrub
from privacy.warehouse.open import LITTLE_MEMORY, Warehouse, open_warehouse, warehouse_lock
from privacy.warehouse.rewrite import rewrite_warehouse

_BLOCK = bytes(1 << 20)


@dataclass(frozen=True, slots=True)
class Executed:
    """An erasure carried out.

    Attributes:
        values: What was known of the person in the clear: the verification searches for it. It is
            nowhere but in this object; drop it when that is done.
    """

    erasure_id: str
    values: tuple[Value, ...]


def execute(
    zone: OpenZone,
    erasure_id: str,
    *,
    values: Iterable[Value] = (),
    reader: Reader | None = None,
    executed_by: str = "erasure",
    wait_seconds: float = 600,
) -> Executed:
    """Carry one erasure out; see `execute_many`."""
    done = execute_many(
        zone,
        [erasure_id],
        values={erasure_id: tuple(values)},
        reader=reader,
        executed_by=executed_by,
        wait_seconds=wait_seconds,
    )
    return done[0]


def execute_many(
    zone: OpenZone,
    erasure_ids: Sequence[str],
    *,
    values: Mapping[str, Sequence[Value]] | None = None,
    reader: Reader | None = None,
    executed_by: str = "erasure",
    wait_seconds: float = 600,
) -> list[Executed]:
    """Carry erasures out together: one search of the files, one new warehouse for all of them.

    Args:
        zone: Whose.
        erasure_ids: Of plans, or of executions that were interrupted.
        values: What the operator knows of each person: name, addresses. Their e-mail addresses and
            numbers are gathered from what they sent, as long as it can be read.
        reader: Reads deliveries as connectors do; then names and other handles are gathered too.
        executed_by: Who the audit log is to name.
        wait_seconds: How long to wait for the warehouse, once the doors are closed.

    Raises:
        NotFound: There is no such erasure.
        LegalHold: Something of one of the persons is held; nothing was done to anybody, and that
            one waits (`privacy.erasure.waiting`).
        Refused: A customer's subjects are no longer those of the plan, plan again; or a value that
            was given is another customer's handle, whose deliveries would be deleted with it.
        Tampered: A file among the landed ones is none; it is named. The doors are closed; the rest
            waits until it is moved away. Safe to repeat.
        WarehouseBusy: The doors are closed; the rest waits. Safe to repeat.
    """
    erasures = [load(zone, erasure_id) for erasure_id in erasure_ids]
    given = values or {}
    for erasure in erasures:
        check(zone, erasure, ordered_by=executed_by)
        if theirs := given.get(erasure.erasure_id):
            must_be_theirs(zone, erasure.person(zone), theirs)
    known = close_doors(zone, erasures, given, reader, ordered_by=executed_by)
    running = [erasure for erasure in erasures if not erasure.is_done(Step.EMPTIED)]
    if running:
        size, begun = bytes_held(zone), monotonic()
        _remove(zone, running, known, wait_seconds)
        note_pace(running, REMOVAL, seconds=monotonic() - begun, count_bytes=size)
    _record(zone, [one for one in erasures if one.state is State.EXECUTING], executed_by)
    return [Executed(erasure.erasure_id, known[erasure.erasure_id]) for erasure in erasures]


def _remove(
    zone: OpenZone,
    erasures: Sequence[Erasure],
    known: Mapping[str, tuple[Value, ...]],
    wait_seconds: float,
) -> None:
    """Take the persons out of every row and byte."""
    _take_out(zone, erasures, known, wait_seconds)
    note(zone, erasures, Step.LANDING)
    if not all(erasure.is_done(Step.REWRITTEN) for erasure in erasures):
        rewrite_warehouse(zone.layout, zone.keyring.warehouse_keys, wait_seconds=wait_seconds)
        note(zone, erasures, Step.REWRITTEN)
    with warehouse_lock(zone.layout, wait_seconds=wait_seconds):
        _empty(zone.layout.temporary)
    scrub(zone.store)
    note(zone, erasures, Step.EMPTIED)


def _take_out(
    zone: OpenZone,
    erasures: Sequence[Erasure],
    known: Mapping[str, tuple[Value, ...]],
    wait_seconds: float,
) -> None:
    everyone = together([erasure.person(zone) for erasure in erasures])
    values = [value for theirs in known.values() for value in theirs if value.text.strip()]
    needles = Needles(values) if values else None
    with open_warehouse(
        zone.layout,
        zone.keyring.warehouse_keys,
        wait_seconds=wait_seconds,
        memory=LITTLE_MEMORY,
    ) as warehouse:
        _delete(zone, warehouse, erasures, everyone, needles)
    items = {item for erasure in erasures for item in erasure.sealed(zone, "items")}
    theirs_alone = _identifying(needles)
    drop_items(zone, everyone, items, theirs_alone)
    drop_quarantined(zone, items, theirs_alone)


def _delete(
    zone: OpenZone,
    warehouse: Warehouse,
    erasures: Sequence[Erasure],
    everyone: Person,
    needles: Needles | None,
) -> None:
    count = 0
    with looking_for(warehouse, *(erasure.person(zone) for erasure in erasures)):
        counts = count_warehouse_rows(warehouse, len(erasures))
        items = item_ids(warehouse, len(erasures))
        with zone.store.begin() as connection:
            for erasure, before, theirs in zip(erasures, counts, items, strict=True):
                count += sum(before.values())
                erasure.note_counts(before)
                erasure.keep_sealed(zone, "items", theirs)
                save(connection, erasure)
        with warehouse.transaction():
            count += redact_originals(zone, warehouse, everyone, _identifying(needles))
            erase_warehouse_rows(warehouse)
            if needles is not None:
                count += redact_texts(warehouse, needles)
    # A run that was under way when the doors closed may have written them again.
    with zone.store.begin() as connection:
        erase_store_rows(connection, everyone)
    for erasure in erasures:
        if count:
            # What is deleted now is still in the bytes, whatever was rewritten before.
            erasure.progress["steps"].pop(Step.REWRITTEN, None)
    note(zone, erasures, Step.DELETED)


def _identifying(needles: Needles | None) -> Needles | None:
    """Give those that are one person's alone: nothing of others is changed for a name."""
    values = identifying(needles.values) if needles is not None else ()
    return needles.only(values) if needles is not None and values else None


def _record(zone: OpenZone, erasures: Sequence[Erasure], executed_by: str) -> None:
    """Forget the persons in the audit log, and write there that it was done."""
    if not erasures:
        return
    new = [erasure for erasure in erasures if not erasure.is_done(Step.RECORDED)]
    if new:
        log = AuditLog(zone)
        log.forget(one for erasure in new for one in erasure.person(zone).customer_ids)
        entry_ids = log.record_many(
            [
                Act(
                    action="execute_erasure",
                    caller_id=erasure.progress.get("ordered_by", executed_by),
                    purpose="accountability",
                    outcome="done",
                    customer_id=None,
                    payload={"erasure_id": erasure.erasure_id},
                )
                for erasure in new
            ]
        )
        for erasure, entry_id in zip(new, entry_ids, strict=True):
            erasure.progress["audit_entry_id"] = entry_id
        log.seal()
    for erasure in erasures:
        erasure.executed_at = zone.clock()
        erasure.state = State.EXECUTED
    note(zone, erasures, Step.RECORDED)
    scrub(zone.store)


def _empty(folder: Path) -> None:
    """Overwrite and remove every file below a folder."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink() or not path.is_dir():
            if path.is_file() and not path.is_symlink():
                left = path.stat().st_size
                with path.open("rb+") as file:
                    while left > 0:
                        left -= file.write(_BLOCK[:left])
            path.unlink(missing_ok=True)
        else:
            path.rmdir()
