"""The first steps of an erasure: after them nobody can read the person, anywhere.

They wait for nobody but the store, and are the same for one person or a thousand.
"""

from base64 import b64encode
from collections.abc import Iterable
from typing import Final

from privacy.erasure.journal import Erasure, State, Step, load, load_in, note, save
from privacy.erasure.known_values import Reader, gather
from privacy.erasure.ledger import Line, append
from privacy.erasure.needles import Value
from privacy.erasure.person import Person, find_person, handles_of
from privacy.erasure.store_rows import count_rows, erase_rows, item_ids_of
from privacy.erasure.suppression import suppress
from privacy.errors import KeyDestroyed, LegalHold, NotFound, Refused
from privacy.holds import Hold, holds_on, queue_for_holds
from privacy.opened import OpenZone
from privacy.store.tables import ERASURES

PROBE: Final = b"c360 erasure probe"
"""Sealed under each key before it is destroyed; verification tries to open it."""


def check(zone: OpenZone, erasure: Erasure, *, ordered_by: str) -> None:
    """Refuse before anything is done; once keys are destroyed there is no way back.

    Raises:
        LegalHold: Something of the person is held; the erasure waits for its release.
        Refused: The customer's subjects are no longer those of the plan.
    """
    if erasure.is_done(Step.SUPPRESSED):
        return
    with zone.store.connect() as connection:
        holds = holds_on(connection, erasure.subject_ids)
    if holds:
        _wait(zone, erasure, ordered_by)
        raise _held(erasure, holds[0])
    try:
        now_theirs = find_person(zone, erasure.customer_id).subject_ids
    except NotFound:
        now_theirs = ()
    if now_theirs != erasure.subject_ids:
        raise Refused(
            f"customer {erasure.customer_id} is not who erasure {erasure.erasure_id} was planned "
            "for; plan again"
        )


def close_doors(
    zone: OpenZone,
    erasure: Erasure,
    given: Iterable[Value],
    reader: Reader | None,
    *,
    ordered_by: str = "erasure",
) -> tuple[Value, ...]:
    """Make the person unreadable everywhere; give what was known of them in the clear.

    Raises:
        LegalHold: Something of the person was held a moment ago; nothing was done.
    """
    # Another process may have come further with it since it was loaded.
    standing = load(zone, erasure.erasure_id)
    erasure.progress, erasure.state = standing.progress, standing.state
    known = tuple(given)
    if not erasure.is_done(Step.SHREDDED):
        is_first = not erasure.is_done(Step.SUPPRESSED)
        person = find_person(zone, erasure.customer_id) if is_first else erasure.person(zone)
        known = gather(zone, person, given=known, reader=reader)
    if not erasure.is_done(Step.SUPPRESSED):
        _suppress(zone, erasure, ordered_by)
    person = erasure.person(zone)
    if not erasure.is_done(Step.SHREDDED):
        zone.keyring.destroy(person.owner_ids)
        note(zone, erasure, Step.SHREDDED)
    if not erasure.is_done(Step.CLOSED):
        with zone.store.begin() as connection:
            erase_rows(connection, person)
            erasure.done(Step.CLOSED, zone.clock())
            save(connection, erasure)
    return known


def _suppress(zone: OpenZone, erasure: Erasure, ordered_by: str) -> None:
    probes = probes_of(zone, erasure.person(zone))
    held = None
    with zone.store.begin() as connection:
        queue_for_holds(connection)
        # Whoever came first has done it; a second suppression would count twice.
        standing = load_in(connection, erasure.erasure_id)
        erasure.progress, erasure.state = standing.progress, standing.state
        if erasure.is_done(Step.SUPPRESSED):
            return
        held = next(iter(holds_on(connection, erasure.subject_ids)), None)
        if held is None:
            at = zone.clock()
            person = erasure.person(zone)
            handles = handles_of(connection, erasure.subject_ids)
            counts = suppress(connection, zone.keyring, handles, at=at)
            erasure.keep_sealed(zone, "handles", handles)
            erasure.keep_sealed(zone, "items", item_ids_of(connection, person))
            erasure.progress["probes"] = probes
            erasure.progress["count_handles"] = len(handles)
            erasure.note_counts(count_rows(connection, person))
            erasure.state = State.EXECUTING
            erasure.done(Step.SUPPRESSED, at)
            save(connection, erasure)
            append(
                zone,
                Line(
                    erasure_id=erasure.erasure_id,
                    customer_id=erasure.customer_id,
                    former_ids=person.former_ids,
                    subject_ids=erasure.subject_ids,
                    suppressed=counts,
                    requested_by=erasure.requested_by,
                    erased_at=at.isoformat(),
                ),
            )
    if held is not None:
        _wait(zone, erasure, ordered_by)
        raise _held(erasure, held)


def _wait(zone: OpenZone, erasure: Erasure, ordered_by: str) -> None:
    """Note that it was ordered: `privacy.erasure.waiting` goes on with it by itself."""
    erasure.state = State.HELD
    erasure.progress["ordered_by"] = ordered_by
    with zone.store.begin() as connection:
        save(connection, erasure)


def _held(erasure: Erasure, hold: Hold) -> LegalHold:
    return LegalHold(
        f"erasure {erasure.erasure_id} waits for hold {hold.hold_id} on {hold.datum}; "
        "it goes on by itself when that is released"
    )


def probes_of(zone: OpenZone, person: Person) -> dict[str, str]:
    """Seal a known value under each key that there is, to try the key on afterwards."""
    probes = {}
    for owner_id in person.owner_ids:
        try:
            sealed = zone.keyring.seal(owner_id, table=ERASURES.name, column="probe", value=PROBE)
        except KeyDestroyed:
            continue
        probes[owner_id] = b64encode(sealed).decode("ascii")
    return probes
