"""Examines landed items, and what a store seals: whose keys open it, whose people it is about."""

import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pydantic_core
from sqlalchemy import Engine

from privacy.errors import Tampered, WireFormatError
from privacy.records.canonical import Participant
from privacy.records.handles import normalise
from privacy.residency.examination import Examination
from privacy.residency.findings import FindingKind
from privacy.residency.jurisdiction import Claim, Stray
from privacy.residency.keys import KeyTrial
from privacy.residency.sealed_rows import SealedRows, of_segment, of_store
from privacy.store.tables import PROFILES

_LANDING = "landing"


def examine_landing(
    examination: Examination, trial: KeyTrial, folder: Path, *, root: Path, judged: bool = True
) -> None:
    """Try keys on every landed item, and judge whose people they are about.

    Args:
        examination: What it goes by, and where what is found is put.
        trial: Tries the keys.
        folder: With the segments.
        root: What places are named from.
        judged: Whether to say whose people they are; a backup's keys are tried only.
    """
    for path in sorted(folder.rglob("*.arrow")) if folder.is_dir() else ():
        place = path.relative_to(root).as_posix()
        try:
            for rows in of_segment(path, place):
                values = trial.open(rows, tallied_as=_LANDING)
                if judged:
                    _items(examination, rows, values)
        except Tampered as error:
            trial.add(FindingKind.DOES_NOT_OPEN, place, None, str(error))


def _items(examination: Examination, rows: SealedRows, values: Sequence[bytes | None]) -> None:
    persons = examination.result.persons
    for item_id, owner, value, facts in zip(
        rows.ids, rows.owner_ids, values, rows.facts, strict=True
    ):
        is_read = examination.reader is not None and value is not None
        people = (
            list(examination.reader(facts.source, value)) if examination.reader and value else []
        )
        if examination.shared is not None:
            examination.shared.see(examination.zone.zone, people)
        claim, other, evidence = examination.jurisdictions.of_people(people, facts.country)
        persons.count(_LANDING if is_read else f"{_LANDING}, not read", claim)
        if claim is Claim.NONE:
            persons.routed[facts.routed_by] += 1
        if claim is Claim.ANOTHERS and other is not None:
            handles = _indexes(examination, people, facts.country)
            stray = Stray(rows.place, item_id, other, owner, evidence, handles)
            persons.found(stray, facts.routed_by)


def _indexes(
    examination: Examination, people: Sequence[Participant], country: str | None
) -> tuple[str, ...]:
    """Give the blind indexes of an item's people."""
    found = []
    for person in people:
        for handle in person.handles:
            with suppress(WireFormatError):
                spelled = normalise(handle, region=person.country or country)
                index = examination.zone.keyring.index
                found.append(index.of(handle.kind.value, spelled, handle.namespace))
    return tuple(found)


def examine_store(
    examination: Examination, trial: KeyTrial, store: Engine, *, judged: bool = True
) -> None:
    """Try keys on every sealed value of a store, and judge whose people its profiles are of.

    Args:
        examination: What it goes by, and where what is found is put.
        trial: Tries the keys.
        store: The zone's own, or a copy from a backup.
        judged: As in `examine_landing`.
    """
    for rows in of_store(store):
        values = trial.open(rows)
        if judged and rows.place == PROFILES.name:
            _profiles(examination, trial, rows, values)


def _profiles(
    examination: Examination, trial: KeyTrial, rows: SealedRows, values: Sequence[bytes | None]
) -> None:
    persons = examination.result.persons
    for customer_id, value in zip(rows.ids, values, strict=True):
        if value is None:
            continue
        try:
            document = pydantic_core.from_json(zlib.decompress(value))
            country = document.get("country")
        except (ValueError, zlib.error, AttributeError):
            detail = "a profile that is not of its form"
            trial.add(FindingKind.DOES_NOT_OPEN, rows.place, customer_id, detail)
            continue
        claim, other = examination.jurisdictions.claim([country])
        persons.count(rows.place, claim)
        if claim is Claim.ANOTHERS and other is not None:
            evidence = "country of the profile"
            persons.found(Stray(rows.place, customer_id, other, customer_id, evidence), None)
