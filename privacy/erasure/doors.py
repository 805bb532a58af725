"""The first steps of an erasure: after them nobody can read the person, anywhere.

They wait for nobody but the store, and are the same for one person or a thousand.
"""

from base64 import b64encode
from collections.abc import Iterable
from typing import Final

from privacy.erasure.holds import holds_on
from privacy.erasure.journal import Erasure, State, Step, load, load_in, note, save
from privacy.erasure.known_values import Reader, gather
from privacy.erasure.needles import Value
from privacy.erasure.person import Person, find_person, handles_of
from privacy.erasure.store_rows import count_rows, erase_rows, item_ids_of
from privacy.erasure.suppression import suppress
from privacy.errors import KeyDestroyed, LegalHold, NotFound, Refused
from privacy.opened import OpenZone
from privacy.store.tables import ERASURES

PROBE: Final = b"c360 erasure probe"
"""Sealed under each key before it is destroyed; verification tries to open it."""


def check(zone: OpenZone, erasure: Erasure) -> None:
    """Refuse before anything is done; once keys are destroyed there is no way back.

    Raises:
        LegalHold: One of the person's subjects is held.
        Refused: The customer's subjects are no longer those of the plan.
    """
    if erasure.is_done(Step.SUPPRESSED):
        return
    with zone.store.connect() as connection:
        holds = holds_on(connection, erasure.subject_ids)
    if holds:
        raise LegalHold(f"erasure {erasure.erasure_id} waits for hold {holds[0].hold_id}")
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
    zone: OpenZone, erasure: Erasure, given: Iterable[Value], reader: Reader | None
) -> tuple[Value, ...]:
    """Make the person unreadable everywhere; give what was known of them in the clear."""
    # Another process may have come further with it since it was loaded.
    standing = load(zone, erasure.erasure_id)
    erasure.progress, erasure.state = standing.progress, standing.state
    known = tuple(given)
    if not erasure.is_done(Step.SHREDDED):
        is_first = not erasure.is_done(Step.SUPPRESSED)
        person = find_person(zone, erasure.customer_id) if is_first else erasure.person(zone)
        known = gather(zone, person, given=known, reader=reader)
    if not erasure.is_done(Step.SUPPRESSED):
        probes = _probes(zone, erasure.person(zone))
        with zone.store.begin() as connection:
            # Whoever came first has done it; a second suppression would count twice.
            standing = load_in(connection, erasure.erasure_id)
            erasure.progress, erasure.state = standing.progress, standing.state
            if not erasure.is_done(Step.SUPPRESSED):
                person = erasure.person(zone)
                handles = handles_of(connection, erasure.subject_ids)
                suppress(connection, zone.keyring, handles, at=zone.clock())
                erasure.keep_sealed(zone, "handles", handles)
                erasure.keep_sealed(zone, "items", item_ids_of(connection, person))
                erasure.progress["probes"] = probes
                erasure.progress["count_handles"] = len(handles)
                erasure.note_counts(count_rows(connection, person))
                erasure.state = State.EXECUTING
                erasure.done(Step.SUPPRESSED, zone.clock())
                save(connection, erasure)
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


def _probes(zone: OpenZone, person: Person) -> dict[str, str]:
    probes = {}
    for owner_id in person.owner_ids:
        try:
            sealed = zone.keyring.seal(owner_id, table=ERASURES.name, column="probe", value=PROBE)
        except KeyDestroyed:
            continue
        probes[owner_id] = b64encode(sealed).decode("ascii")
    return probes
