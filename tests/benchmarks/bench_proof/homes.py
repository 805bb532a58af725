"""Homes to measure on, and who is in them, by the generator's truth.

A home is built once (`tests.benchmarks.bench_proof.build`) and measured on copies: an erasure cannot
be taken back.
"""

import json
import random
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import ahocorasick_rs
import pyarrow.parquet as pq
from sqlalchemy import select

from privacy.erasure.known_values import index_of
from privacy.erasure.needles import Value
from privacy.opened import OpenZone
from privacy.store.tables import CUSTOMER_MEMBERS, PROFILES, SUBJECT_HANDLES

_SHORTEST = 9
"""Of a value that may be looked for in raw bytes; shorter ones turn up by chance."""


@dataclass(frozen=True, slots=True)
class Known:
    """One person of the world, who is one customer of the zone and shares nothing with others.

    Attributes:
        handles: Kind, value, namespace of each handle, as the truth has them.
        ids: Of the customer and its subjects.
        indexes: Blind indexes of the handles.
    """

    customer_id: str
    handles: tuple[tuple[str, str, str], ...]
    ids: tuple[str, ...]
    indexes: tuple[str, ...]

    @property
    def values(self) -> tuple[Value, ...]:
        """Give the handles as an erasure takes them."""
        return tuple(Value(*handle) for handle in self.handles)

    @property
    def email(self) -> str | None:
        """Give an address to ask for the person by."""
        return next((value for kind, value, _ in self.handles if kind == "email"), None)


def copied(folder: Path) -> Path:
    """Give a fresh copy of the home; not by links, for what is erased is overwritten in place."""
    work = folder / "measured"
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(folder / "home", work)
    return work


def chosen(zone: OpenZone, truth: Path, count: int) -> list[Known]:
    """Choose people at random, those first whom other people's messages name.

    Each is exactly one customer, and none of their handles is a part of anything of anybody else's:
    otherwise a find would not tell whose it is.
    """
    mentioned = set(_column(truth / "mentions.parquet", "mentioned_person_id", zone.zone))
    theirs = _handles(truth, zone.zone)
    people = sorted(theirs)
    random.Random(3).shuffle(people)
    # A quarter of those who are named elsewhere, at most, or the sample is of them alone.
    named = [one for one in people if one in mentioned][: count // 4]
    people = list(dict.fromkeys([*named, *people]))
    found: list[Known] = []
    for start in range(0, len(people), 4 * count):
        batch = {one: theirs[one] for one in people[start : start + 4 * count]}
        found += _customers(zone, batch)
        if len(found) >= 2 * count:
            break
    clear = _unambiguous(found, theirs)
    if len(clear) < count:
        raise SystemExit(
            f"the world has only {len(clear)} such people, not {count}: make it larger"
        )
    return clear[:count]


def keep(path: Path, people: Iterable[Known]) -> None:
    """Write down who was chosen: after an erasure the zone no longer knows."""
    path.write_text(json.dumps([asdict(one) for one in people]))


def kept(path: Path) -> list[Known]:
    """Read who was chosen."""
    return [
        Known(
            one["customer_id"],
            tuple(tuple(handle) for handle in one["handles"]),
            tuple(one["ids"]),
            tuple(one["indexes"]),
        )
        for one in json.loads(path.read_text())
    ]


def _column(path: Path, name: str, zone: str) -> list[str]:
    table = pq.read_table(path, columns=[name], filters=[("zone", "=", zone)])
    return list(table.column(name).to_pylist())


def _handles(truth: Path, zone: str) -> dict[str, list[tuple[str, str, str]]]:
    columns = ["person_id", "kind", "value", "namespace"]
    table = pq.read_table(truth / "handles.parquet", columns=columns, filters=[("zone", "=", zone)])
    theirs: dict[str, dict[tuple[str, str, str], None]] = defaultdict(dict)
    for person, kind, value, namespace in zip(
        *(table.column(name).to_pylist() for name in columns), strict=True
    ):
        theirs[person][(kind, value, namespace or "")] = None
    return {person: list(handles) for person, handles in theirs.items()}


def _customers(zone: OpenZone, people: dict[str, list[tuple[str, str, str]]]) -> Iterator[Known]:
    """Yield those who are one customer, which has no handle but theirs, and a profile."""
    with zone.store.connect() as connection:
        rows: list[Any] = [
            *connection.execute(
                select(
                    SUBJECT_HANDLES.c.handle_index,
                    SUBJECT_HANDLES.c.subject_id,
                    CUSTOMER_MEMBERS.c.customer_id,
                ).join_from(
                    SUBJECT_HANDLES,
                    CUSTOMER_MEMBERS,
                    SUBJECT_HANDLES.c.subject_id == CUSTOMER_MEMBERS.c.subject_id,
                )
            )
        ]
        published = set(connection.execute(select(PROFILES.c.customer_id)).scalars())
    owner = {index: (subject, customer) for index, subject, customer in rows}
    indexes: dict[str, set[str]] = defaultdict(set)
    subjects: dict[str, set[str]] = defaultdict(set)
    for index, (subject, customer) in owner.items():
        indexes[customer].add(index)
        subjects[customer].add(subject)
    for handles in people.values():
        by_index = {index_of(zone, Value(*handle)): handle for handle in handles}
        met = {index: handle for index, handle in by_index.items() if index in owner}
        customers = {owner[index][1] for index in met if index is not None}
        if len(customers) != 1 or not customers <= published:
            continue
        (customer,) = customers
        if indexes[customer] == set(met):
            yield Known(
                customer,
                tuple(handle for handle in met.values() if len(handle[1]) >= _SHORTEST),
                (customer, *sorted(subjects[customer])),
                tuple(sorted(index for index in met if index is not None)),
            )


def _unambiguous(found: list[Known], theirs: dict[str, list[tuple[str, str, str]]]) -> list[Known]:
    """Leave out who has a handle that stands in another person's."""
    values = sorted({value.lower() for one in found for _, value, _ in one.handles})
    automaton = ahocorasick_rs.AhoCorasick(values)
    holders: dict[str, set[str]] = defaultdict(set)
    for person, handles in theirs.items():
        text = "\0".join(value.lower() for _, value, _ in handles)
        for index, _, _ in automaton.find_matches_as_indexes(text, overlapping=True):
            holders[values[index]].add(person)
    return [
        one
        for one in found
        if one.handles and all(len(holders[value.lower()]) == 1 for _, value, _ in one.handles)
    ]
