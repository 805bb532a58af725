"""Judges rows about another zone's people: does a transfer on the register cover them?"""

from collections.abc import Iterable

from sqlalchemy import select

from privacy.opened import OpenZone
from privacy.residency.examination import Examination
from privacy.residency.findings import FindingKind
from privacy.residency.jurisdiction import count_people, cover_of
from privacy.store.batches import among
from privacy.store.tables import CUSTOMER_MEMBERS


def judge_strays(examination: Examination) -> None:
    """Hold the strays against the registers; those of a zone with leave for fewer are told."""
    zone, result = examination.zone, examination.result
    strays = result.persons.strays
    customers = _customers(zone, (stray.person for stray in strays if stray.person))
    for sender in sorted({stray.belongs_to for stray in strays}):
        theirs = [stray for stray in strays if stray.belongs_to == sender]
        count = count_people(theirs, customers)
        cover = cover_of(zone, examination.policies[sender], examination.others)
        result.covers[sender] = (count, cover)
        if count <= cover.count_persons:
            continue
        for stray in theirs:
            detail = (
                f"belongs to zone {sender} by the {stray.evidence};"
                f" transfers on the register cover {cover.count_persons} of {count} people"
            )
            result.findings.add(FindingKind.PERSON_OF_ANOTHER, stray.place, stray.row, detail)


def _customers(zone: OpenZone, subject_ids: Iterable[str]) -> dict[str, str]:
    """Give the customers that subjects are believed to be."""
    members = CUSTOMER_MEMBERS.c
    wanted = set(subject_ids)
    if not wanted:
        return {}
    with zone.store.connect() as connection:
        rows = connection.execute(
            select(members.subject_id, members.customer_id).where(
                among(connection, members.subject_id, wanted)
            )
        )
        return {row.subject_id: row.customer_id for row in rows}
