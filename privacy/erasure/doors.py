"""The first steps of an erasure: after them nobody can read the person, anywhere.

They wait for nobody but the store, and are the same for one person or a thousand.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection

from privacy.erasure.journal import Erasure, State, Step, load, load_in, note, save
from privacy.erasure.known_values import Reader, gather_each
from privacy.erasure.ledger import Line, append
from privacy.erasure.needles import Value
from privacy.erasure.person import Person, find_person, handles_of, together
from privacy.erasure.store_rows import count_rows_each, erase_rows, item_ids_of
from privacy.erasure.suppression import suppress
from privacy.errors import KeyDestroyed, LegalHold, NotFound, Refused
from privacy.holds import Hold, holds_on, queue_for_holds
from privacy.opened import OpenZone
from privacy.store.tables import ERASURES

_AT_ONCE: Final = 100
"""Erasures a transaction: enough to share what it costs, few enough that others do not wait."""

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
    erasures: Sequence[Erasure],
    given: Mapping[str, Iterable[Value]],
    reader: Reader | None,
    *,
    ordered_by: str = "erasure",
) -> dict[str, tuple[Value, ...]]:
    """Make people unreadable everywhere; give what was known of each in the clear, by erasure.

    Args:
        zone: Whose.
        erasures: Of whom.
        given: What the operator knows of each, by erasure.
        reader: See `privacy.erasure.known_values.gather`.
        ordered_by: Who ordered it, should it have to wait.

    Raises:
        LegalHold: Something of one of them was held a moment ago; nothing was done to that person.
        Refused: Another process has erased one of them a moment ago, under another plan.
    """
    # Another process may have come further with them since they were loaded.
    for erasure in erasures:
        standing = load(zone, erasure.erasure_id)
        erasure.progress, erasure.state = standing.progress, standing.state
    known = {one.erasure_id: tuple(given.get(one.erasure_id, ())) for one in erasures}
    readable = [erasure for erasure in erasures if not erasure.is_done(Step.SHREDDED)]
    people = [
        erasure.person(zone)
        if erasure.is_done(Step.SUPPRESSED)
        else find_person(zone, erasure.customer_id)
        for erasure in readable
    ]
    plain = [known[erasure.erasure_id] for erasure in readable]
    found = gather_each(zone, people, given=plain, reader=reader)
    known |= {one.erasure_id: values for one, values in zip(readable, found, strict=True)}
    for start in range(0, len(erasures), _AT_ONCE):
        _close(zone, erasures[start : start + _AT_ONCE], ordered_by)
    return known


def _close(zone: OpenZone, erasures: Sequence[Erasure], ordered_by: str) -> None:
    _suppress(zone, [one for one in erasures if not one.is_done(Step.SUPPRESSED)], ordered_by)
    left = [erasure for erasure in erasures if not erasure.is_done(Step.SHREDDED)]
    if left:
        zone.keyring.destroy(owner for one in left for owner in one.person(zone).owner_ids)
        note(zone, left, Step.SHREDDED)
    left = [erasure for erasure in erasures if not erasure.is_done(Step.CLOSED)]
    if left:
        with zone.store.begin() as connection:
            erase_rows(connection, together([erasure.person(zone) for erasure in left]))
            for erasure in left:
                erasure.done(Step.CLOSED, zone.clock())
                save(connection, erasure)


def _suppress(zone: OpenZone, erasures: Sequence[Erasure], ordered_by: str) -> None:
    """Suppress all of them in one transaction, or none where one is held."""
    if not erasures:
        return
    probes = probes_of(zone, [owner for one in erasures for owner in one.person(zone).owner_ids])
    with zone.store.begin() as connection:
        queue_for_holds(connection)
        # Whoever came first has done it; a second suppression would count twice.
        for erasure in erasures:
            standing = load_in(connection, erasure.erasure_id)
            erasure.progress, erasure.state = standing.progress, standing.state
        left = [erasure for erasure in erasures if not erasure.is_done(Step.SUPPRESSED)]
        held = [
            (erasure, hold)
            for erasure in left
            for hold in holds_on(connection, erasure.subject_ids)
        ]
        if not held:
            people = [erasure.person(zone) for erasure in left]
            counts = count_rows_each(connection, people)
            lines = []
            for erasure, person, before in zip(left, people, counts, strict=True):
                if not any(before.values()):
                    raise Refused(f"another erasure of customer {erasure.customer_id} came first")
                erasure.progress["probes"] = {
                    owner: probes[owner] for owner in person.owner_ids if owner in probes
                }
                erasure.note_counts(before)
                lines.append(_suppress_one(zone, connection, erasure, person))
            append(zone, lines)
    for erasure, hold in held:
        _wait(zone, erasure, ordered_by)
        raise _held(erasure, hold)


def _suppress_one(zone: OpenZone, connection: Connection, erasure: Erasure, person: Person) -> Line:
    at = zone.clock()
    handles = handles_of(connection, erasure.subject_ids)
    counts = suppress(connection, zone.keyring, handles, at=at)
    erasure.keep_sealed(zone, "handles", handles)
    erasure.keep_sealed(zone, "items", item_ids_of(connection, person))
    erasure.progress["count_handles"] = len(handles)
    erasure.state = State.EXECUTING
    erasure.done(Step.SUPPRESSED, at)
    save(connection, erasure)
    return Line(
        erasure_id=erasure.erasure_id,
        customer_id=erasure.customer_id,
        former_ids=person.former_ids,
        subject_ids=erasure.subject_ids,
        suppressed=counts,
        requested_by=erasure.requested_by,
        erased_at=at.isoformat(),
    )


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


def probes_of(zone: OpenZone, owner_ids: Sequence[str]) -> dict[str, str]:
    """Seal a known value under each key that there is, to try the key on afterwards."""
    while True:
        destroyed = zone.keyring.destroyed_among(owner_ids)
        owners = [owner for owner in owner_ids if owner not in destroyed]
        try:
            sealed = zone.keyring.seal_many(
                owners, table=ERASURES.name, column="probe", values=[PROBE] * len(owners)
            )
        except KeyDestroyed:
            continue  # just now; it is among the destroyed when they are asked for again
        probes = (b64encode(one).decode("ascii") for one in sealed)
        return dict(zip(owners, probes, strict=True))
