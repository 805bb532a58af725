"""Handles to subjects: who owns what is said. The only place that mints subject ids."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, func, select

from privacy.erasure.suppression import Suppression, suppressed
from privacy.errors import WireFormatError
from privacy.ids import SubjectId
from privacy.opened import OpenZone
from privacy.records.canonical import Contact, Handle, HandleKind, Parsed, Participant, Record
from privacy.records.handles import normalise
from privacy.store.batches import among, insert_if_absent
from privacy.store.tables import SUBJECT_HANDLES, SUPPRESSED_HANDLES

HandleInRegion = tuple[Handle, str | None]
"""A handle, and the country to read it in if it is a national phone number."""


@dataclass(frozen=True, slots=True)
class Owners:
    """What is known of some handles, by their blind index.

    Attributes:
        subjects: Who owns each handle: as registered, or newly minted.
        new: The indexes among them that are not registered yet, with the handle's kind.
        erased: The indexes that were erased, and when.
        as_of: State of the list of erased handles they were looked up in.
    """

    subjects: Mapping[str, SubjectId]
    new: Mapping[str, str]
    erased: Mapping[str, Suppression]
    as_of: tuple[object, ...] = ()


@lru_cache(maxsize=65_536)
def _normalised(handle: Handle, region: str | None) -> str | None:
    try:
        return normalise(handle, region=region)
    except WireFormatError:
        return None


def person_of(record: Record) -> Participant | None:
    """Give whom a record is about."""
    return record.person if isinstance(record, Contact) else record.customer


def in_region(handle: Handle, region: str | None) -> HandleInRegion:
    """Give a handle with the country it is to be read in, if that matters for it."""
    is_national = handle.kind is HandleKind.PHONE and not handle.value.startswith("+")
    return handle, region if is_national else None


def handles_of(parsed: Parsed, region: str | None) -> list[HandleInRegion]:
    """Give every handle in a parsed item, with the country to read it in; `region` by default."""
    return [
        in_region(handle, person.country or region)
        for record in parsed.records
        if (person := person_of(record))
        for handle in person.handles
    ]


def indexes_of(
    zone: OpenZone,
    handles: Iterable[HandleInRegion],
    known: Mapping[HandleInRegion, str] | None = None,
) -> dict[HandleInRegion, str]:
    """Give the blind index of each handle; those that are none of their kind are left out.

    Args:
        zone: Whose index.
        handles: Each with the country to read it in.
        known: Indexes that were looked up before; they are part of the result.
    """
    index = zone.keyring.index
    found = dict(known or {})
    for key in handles:
        if key not in found:
            handle, region = key
            if (spelled := _normalised(handle, region)) is not None:
                found[key] = index.of(handle.kind.value, spelled, handle.namespace)
    return found


def subjects_by_index(zone: OpenZone, indexes: Collection[str]) -> dict[str, SubjectId]:
    """Give the registered owners of some handles, by blind index."""
    with zone.store.connect() as connection:
        return registered(connection, set(indexes))


def registered(connection: Connection, indexes: Collection[str]) -> dict[str, SubjectId]:
    """Give the registered owners of some handles, in a transaction of the caller's."""
    if not indexes:
        return {}
    table = SUBJECT_HANDLES.c
    query = select(table.handle_index, table.subject_id).where(
        among(connection, table.handle_index, indexes)
    )
    return {row.handle_index: SubjectId(row.subject_id) for row in connection.execute(query)}


def owners_of(zone: OpenZone, connection: Connection, kinds: Mapping[str, str]) -> Owners:
    """Give the owners of some handles; one never seen, or erased since, gets a new subject id.

    Args:
        zone: Whose subjects.
        connection: To read with.
        kinds: The kind of each handle, by blind index.
    """
    found = registered(connection, kinds.keys())
    as_of = suppression_state(connection)
    erased = suppressed(connection, zone.keyring, kinds.keys()) if as_of[0] else {}
    new = {index: kind for index, kind in kinds.items() if index not in found}
    subjects = dict(found)
    for index in new:
        count = erased[index].count_erased if index in erased else 0
        subjects[index] = SubjectId(zone.keyring.index.mint("s", index, str(count)))
    return Owners(subjects, new, erased, as_of)


def suppression_state(connection: Connection) -> tuple[object, ...]:
    """Give what changes whenever somebody is erased: hashing a chunk's handles again costs more."""
    table = SUPPRESSED_HANDLES.c
    query = select(func.count(), func.sum(table.count_erased), func.max(table.erased_at))
    return tuple(connection.execute(query.select_from(SUPPRESSED_HANDLES)).one())


def register(connection: Connection, owners: Owners, at: datetime) -> bool:
    """Register the new owners, in a transaction of the caller's.

    Returns:
        Whether all of them are now as `owners` has them: another process may have come first.
    """
    rows: list[dict[str, Any]] = [
        {
            "handle_index": index,
            "subject_id": owners.subjects[index],
            "kind": kind,
            "first_seen_at": at,
        }
        for index, kind in owners.new.items()
    ]
    if insert_if_absent(connection, SUBJECT_HANDLES, rows) == len(rows):
        return True
    standing = registered(connection, owners.new.keys())
    return all(standing.get(index) == owners.subjects[index] for index in owners.new)


def erased_at(zone: OpenZone, indexes: Collection[str]) -> dict[str, datetime]:
    """Give when handles were erased, by blind index; what happened up to then must be dropped."""
    with zone.store.connect() as connection:
        found = suppressed(connection, zone.keyring, set(indexes))
    return {index: suppression.erased_at for index, suppression in found.items()}
