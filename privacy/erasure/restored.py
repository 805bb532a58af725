"""A store that was restored from a backup: who was erased since then is erased again.

The erasure ledger knows whom (`privacy.erasure.ledger`). Their certificates stand; this makes them
true again.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, select

from privacy.erasure.doors import probes_of
from privacy.erasure.execute import Executed, execute_many
from privacy.erasure.journal import Erasure, State, Step, add, load_in, save
from privacy.erasure.known_values import Reader
from privacy.erasure.ledger import Line, is_behind, lines, take_over, unknown
from privacy.erasure.person import Person, handles_of
from privacy.erasure.plan import remains
from privacy.erasure.store_rows import count_rows, item_ids_of
from privacy.erasure.suppression import suppress_again
from privacy.erasure.targets import NOT_REACHED
from privacy.errors import ConfigurationError, NotFound
from privacy.holds import holds_on, queue_for_holds
from privacy.ids import CustomerId
from privacy.opened import OpenZone
from privacy.store.batches import among
from privacy.store.tables import CUSTOMER_MEMBERS, ERASURES, PROFILES, TIMELINE_PAGES


def check_restored(zone: OpenZone) -> None:
    """Refuse to go on with a store that has forgotten an erasure.

    One person who is kept back by a hold keeps the zone shut for everybody: who was told that they
    are erased is read by nobody, and a run would publish them anew if only they were shut off.

    Raises:
        ConfigurationError: It has; the message names the command that mends it.
        Tampered: The ledger was changed.
    """
    if is_behind(zone):
        raise ConfigurationError(
            f"the store of zone {zone.zone} is older than its erasure ledger: people who were "
            f"erased are back; run `c360 erase --zone {zone.zone} --again`"
        )


def erase_again(
    zone: OpenZone,
    *,
    ledger: Path | None = None,
    reader: Reader | None = None,
    executed_by: str = "ledger",
    wait_seconds: float = 600,
) -> list[Executed]:
    """Erase again everybody whom the ledger names and the store has forgotten.

    Doors first, for all of them, then rows and bytes, with one rewrite. Idempotent; nothing is done
    where the store knows everybody. Whom a hold was placed on since is not touched; a hold from before
    the erasure is one that the backup has brought back.

    Args:
        zone: Whose.
        ledger: A copy kept elsewhere, where the zone's own was lost; the zone's own has its lines
            again afterwards.
        reader: Reads deliveries as connectors do; see `privacy.erasure.execute`.
        executed_by: Who the audit log is to name.
        wait_seconds: How long to wait for the warehouse.

    Returns:
        Whom, with what was gathered of them to search for.

    Raises:
        Tampered: The ledger was changed.
        WarehouseBusy: The doors are closed; the rest waits. Safe to repeat.
    """
    written = lines(zone, path=ledger)
    if ledger is not None:
        with zone.store.begin() as connection:
            queue_for_holds(connection)
            take_over(zone, written)
    with zone.store.connect() as connection:
        forgotten = unknown(connection, written)
    again = [line.erasure_id for line in forgotten if _suppress_again(zone, line)]
    again = list(dict.fromkeys([*_unfinished(zone), *again]))
    if not again:
        return []
    return execute_many(
        zone, again, reader=reader, executed_by=executed_by, wait_seconds=wait_seconds
    )


def not_erased_again(zone: OpenZone, *, ledger: Path | None = None) -> list[str]:
    """Give the erasures that a store has forgotten still: after `erase_again`, those that are held."""
    written = lines(zone, path=ledger)
    with zone.store.connect() as connection:
        return [line.erasure_id for line in unknown(connection, written)]


def _unfinished(zone: OpenZone) -> list[str]:
    """Give those that an earlier call began and did not end."""
    query = select(ERASURES.c.erasure_id, ERASURES.c.progress).where(
        ERASURES.c.state == State.EXECUTING.value
    )
    with zone.store.connect() as connection:
        return [row.erasure_id for row in connection.execute(query) if row.progress.get("again")]


def _suppress_again(zone: OpenZone, line: Line) -> bool:
    """Take the first step for one person, from what the ledger says of them."""
    person = Person(CustomerId(line.customer_id), line.former_ids, line.subject_ids, ())
    probes = probes_of(zone, person.owner_ids)
    at = zone.clock()
    with zone.store.begin() as connection:
        queue_for_holds(connection)
        if not unknown(connection, [line]) or _is_held(connection, line):
            return False
        try:
            erasure = load_in(connection, line.erasure_id)
        except NotFound:
            erasure = _erasure(zone, line)
            add(connection, erasure)
        suppress_again(connection, line.suppressed, at=datetime.fromisoformat(line.erased_at))
        handles = handles_of(connection, line.subject_ids)
        erasure.keep_sealed(zone, "handles", handles)
        erasure.keep_sealed(zone, "items", item_ids_of(connection, person))
        erasure.progress["probes"] = probes
        erasure.progress["count_handles"] = len(handles)
        erasure.progress["again"] = True
        erasure.note_counts(count_rows(connection, person))
        erasure.state = State.EXECUTING
        erasure.done(Step.SUPPRESSED, at)
        save(connection, erasure)
        # A customer they were still part of when the backup was made: published anew without them.
        members = CUSTOMER_MEMBERS.c
        affected: set[str] = set(
            connection.execute(
                select(members.customer_id).where(
                    among(connection, members.subject_id, line.subject_ids)
                )
            ).scalars()
        )
        for table in (PROFILES, TIMELINE_PAGES):
            connection.execute(
                delete(table).where(among(connection, table.c.customer_id, affected))
            )
    return True


def _is_held(connection: Connection, line: Line) -> bool:
    """Tell whether a hold was placed since; those from before the erasure had been released."""
    erased_at = datetime.fromisoformat(line.erased_at)
    return any(hold.placed_at > erased_at for hold in holds_on(connection, line.subject_ids))


def _erasure(zone: OpenZone, line: Line) -> Erasure:
    return Erasure(
        erasure_id=line.erasure_id,
        customer_id=CustomerId(line.customer_id),
        subject_ids=line.subject_ids,
        state=State.PLANNED,
        plan={
            "erasure_id": line.erasure_id,
            "zone": zone.zone,
            "customer_id": line.customer_id,
            "former_ids": list(line.former_ids),
            "count_subjects": len(line.subject_ids),
            "count_handles": len(line.suppressed),
            "places": [],
            "holds": [],
            "remains": remains(),
            "not_reached": dict(NOT_REACHED),
            "estimate_seconds": 0,
        },
        progress={},
        requested_by=line.requested_by,
        planned_at=datetime.fromisoformat(line.erased_at),
    )
