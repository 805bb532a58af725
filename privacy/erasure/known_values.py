"""A person's handles in the clear, gathered while they can still be read; in memory only.

The store knows handles by blind index. What is written in the person's own deliveries and texts is
tried: what looks like an address or a number, and whose index is one of theirs, is theirs for
certain; nobody else's is picked up.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Final

from sqlalchemy import select

from privacy.erasure.needles import Value
from privacy.erasure.person import Person
from privacy.erasure.sealed import landed, landed_files, originals
from privacy.erasure.suppression import suppressed
from privacy.errors import Refused, Tampered, WarehouseBusy, WireFormatError
from privacy.opened import OpenZone
from privacy.records.canonical import Handle, HandleKind, Participant
from privacy.records.handles import normalise
from privacy.store.batches import among
from privacy.store.tables import SUBJECT_HANDLES
from privacy.warehouse.open import LITTLE_MEMORY, open_warehouse

_PHONE_IN: Final = re.compile(r"\+?\d[\d ()./-]{5,24}\d")
_EMAIL_IN: Final = re.compile(r"[^\s\"'<>(),;:|\\\[\]{}=@]{1,64}@[^\s\"'<>(),;:|\\\[\]{}@]{3,190}")
_DIGITS: Final = re.compile(r"\d")
_LONGEST_TEXT: Final = 1 << 20
_SHORTEST_HANDLE: Final = 9
_HANDLE_KINDS: Final = frozenset(kind.value for kind in HandleKind)
KINDS: Final = (*sorted(_HANDLE_KINDS), "address", "card", "name", "other")
"""Kinds of value that an operator may give; all but handles are only searched for."""

_WAREHOUSE_WAIT_SECONDS: Final = 2.0


Reader = Callable[[str, bytes], Iterable[Participant]]
"""Gives the people in a delivery, from its source and content: what connectors know how to read."""


def gather(
    zone: OpenZone,
    person: Person,
    *,
    given: Iterable[Value] = (),
    reader: Reader | None = None,
) -> tuple[Value, ...]:
    """Gather what can be read of a person's handles, in every spelling that was met.

    Landed items first, which need no lock; then the texts in the warehouse, unless another process
    is busy with it.

    Args:
        zone: Whose.
        person: Whom.
        given: Values that the operator knows of the person: names, addresses, handles.
        reader: Reads deliveries as connectors do; with it, names and handles of every kind are
            found, without it, e-mail addresses and phone numbers.

    Returns:
        The given values and those found, and the one spelling of each.
    """
    return gather_each(zone, [person], given=[given], reader=reader)[0]


def gather_each(
    zone: OpenZone,
    people: Sequence[Person],
    *,
    given: Sequence[Iterable[Value]],
    reader: Reader | None = None,
) -> list[tuple[Value, ...]]:
    """Gather what can be read of several people's handles, each for themselves, in one pass."""
    known = [dict.fromkeys(values) for values in given]
    wanted = [set(person.handle_indexes) for person in people]
    whose = {owner: n for n, person in enumerate(people) for owner in person.owner_ids}
    if not whose:
        return []
    for path in landed_files(zone):
        # A damaged file must not keep the doors open; the search afterwards will name it.
        with suppress(Tampered):
            for opened in landed(zone, path, of=whose):
                for source, owner, content in zip(
                    opened.sources, opened.owner_ids, opened.values, strict=True
                ):
                    if content is not None and owner is not None:
                        person = whose[owner]
                        found = [*_of_person(zone, content, wanted[person])]
                        if reader is not None:
                            found += _read(zone, reader(source, content), wanted[person])
                        known[person] |= dict.fromkeys(found)
    try:
        file_keys = zone.keyring.warehouse_keys
        with open_warehouse(
            zone.layout, file_keys, wait_seconds=_WAREHOUSE_WAIT_SECONDS, memory=LITTLE_MEMORY
        ) as warehouse:
            for opened in originals(zone, warehouse, of=whose):
                for owner, content in zip(opened.owner_ids, opened.values, strict=True):
                    if content and owner is not None:
                        person = whose[owner]
                        known[person] |= dict.fromkeys(_of_person(zone, content, wanted[person]))
    except WarehouseBusy:
        pass  # the landed items and the operator's values have to do
    return [tuple(values) for values in known]


def identifying(values: Iterable[Value]) -> tuple[Value, ...]:
    """Give the values that are one person's alone: handles, long enough not to occur by chance.

    Two people may have one name; a name in another person's message need not be this person's, so
    nothing of others is changed for it.
    """
    return tuple(
        value
        for value in values
        if value.kind in _HANDLE_KINDS and len(value.text.strip()) >= _SHORTEST_HANDLE
    )


def index_of(zone: OpenZone, value: Value, *, region: str | None = None) -> str | None:
    """Give the blind index a value has as a handle; None where it is none."""
    try:
        kind = HandleKind(value.kind)
    except ValueError:
        return None
    try:
        spelled = normalise(Handle(kind, value.text), region=region)
    except WireFormatError:
        return None
    return zone.keyring.index.of(kind, spelled, value.namespace)


def must_be_theirs(zone: OpenZone, person: Person, given: Iterable[Value]) -> None:
    """Refuse a handle of somebody else's: their deliveries would be deleted for it.

    Raises:
        Refused: A value that the operator gave is another customer's handle.
    """
    own = set(person.handle_indexes)
    kinds = {
        index: value.kind
        for value in given
        for region in (None, *zone.policy.countries)
        if (index := index_of(zone, value, region=region)) is not None and index not in own
    }
    table = SUBJECT_HANDLES.c
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(table.handle_index, table.subject_id).where(
                among(connection, table.handle_index, kinds)
            )
        ).all()
    others = sorted(
        kinds[row.handle_index] for row in rows if row.subject_id not in person.subject_ids
    )
    if others:
        raise Refused(
            f"what was given is of another customer too ({', '.join(others)}), whose deliveries would"
            " be deleted with it: leave it out, or erase that customer first"
        )


def covered(zone: OpenZone, person: Person, values: Iterable[Value]) -> int:
    """Count the person's handles that some values are: how much of them a search can find.

    Values are told to be the person's by the handles that are kept for the erasure, or, when those
    are forgotten, by the suppression list.
    """
    indexes = {index for value in values if (index := index_of(zone, value)) is not None}
    if person.handle_indexes:
        return len(indexes & set(person.handle_indexes))
    with zone.store.connect() as connection:
        return len(suppressed(connection, zone.keyring, indexes))


def _read(zone: OpenZone, people: Iterable[Participant], wanted: set[str]) -> Iterator[Value]:
    for one in people:
        theirs = []
        for handle in one.handles:
            try:
                spelled = normalise(handle, region=one.country)
            except WireFormatError:
                continue
            if zone.keyring.index.of(handle.kind, spelled, handle.namespace) in wanted:
                theirs.append((handle, spelled))
        for handle, spelled in theirs:
            yield Value(handle.kind.value, handle.value, handle.namespace)
            yield Value(handle.kind.value, spelled, handle.namespace)
        if theirs and one.name and len(one.name.split()) > 1:
            yield Value("name", one.name)


def _of_person(zone: OpenZone, content: bytes, wanted: set[str]) -> Iterator[Value]:
    text = content[:_LONGEST_TEXT].decode("utf-8", "replace")
    tried: set[tuple[HandleKind, str]] = set()
    for kind, token in _candidates(text):
        if (kind, token) in tried:
            continue
        tried.add((kind, token))
        try:
            spelled = normalise(Handle(kind, token))
        except WireFormatError:
            continue
        if zone.keyring.index.of(kind, spelled) in wanted:
            yield Value(kind.value, token)
            yield Value(kind.value, spelled)


def _candidates(text: str) -> Iterator[tuple[HandleKind, str]]:
    for found in _EMAIL_IN.finditer(text):
        yield HandleKind.EMAIL, found[0].rstrip(".")
    for found in _PHONE_IN.finditer(text):
        if 7 <= len(_DIGITS.findall(found[0])) <= 15:
            yield HandleKind.PHONE, found[0]
