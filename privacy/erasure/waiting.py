"""Erasures that were ordered while something of the person was held: they go on by themselves.

A hold on any datum of a person keeps the whole erasure waiting, and nothing is erased meanwhile.
Keys belong to subjects and not to data: what is held could not stay readable without the key that
everything else of the subject is sealed under, and a certificate of half an erasure would say
nothing that holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from privacy.erasure.certificate import issue_many
from privacy.erasure.doors import check
from privacy.erasure.execute import execute_many
from privacy.erasure.journal import Erasure, State, load, save
from privacy.erasure.known_values import Reader
from privacy.erasure.verify import verify_many
from privacy.errors import LegalHold, Refused
from privacy.opened import OpenZone
from privacy.store.tables import ERASURES

_E = ERASURES.c
_WAITED = "waited"


@dataclass(slots=True)
class Resumed:
    """What became of the erasures that waited; ids only.

    Attributes:
        certified: Those that were finished now.
        held: Those that wait on.
        changed: Those whose customer is no longer who was planned for; somebody has to plan again.
        incomplete: Those that were carried out, and something remains or was not searched: the
            erasure says what; it is to be executed again by hand.
    """

    certified: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)


def waiting_for(zone: OpenZone, subject_id: str) -> list[str]:
    """Give the erasures of a subject's customer that wait for the release of a hold."""
    return [each.erasure_id for each in _ordered(zone) if subject_id in each.subject_ids]


def resume(
    zone: OpenZone,
    *,
    reader: Reader | None = None,
    also: Sequence[Path] = (),
    wait_seconds: float = 600,
) -> Resumed:
    """Carry out, verify and certify every erasure that nothing holds any more.

    Safe to repeat; one that was killed goes on. The values to search for are gathered from what
    the person sent, as in `privacy.erasure.execute`.

    Args:
        zone: Whose.
        reader: Reads deliveries as connectors do.
        also: Further folders to search.
        wait_seconds: How long to wait for the warehouse at each step.

    Raises:
        WarehouseBusy: The doors may be closed already; the next call goes on.
    """
    found = Resumed()
    ready: list[str] = []
    for erasure in _ordered(zone):
        try:
            check(zone, erasure, ordered_by=erasure.progress["ordered_by"])
        except LegalHold:
            found.held.append(erasure.erasure_id)
        except Refused:
            found.changed.append(erasure.erasure_id)
        else:
            ready.append(erasure.erasure_id)
            _note(zone, erasure, is_going_on=True)
    if not ready:
        return found
    done = execute_many(zone, ready, reader=reader, wait_seconds=wait_seconds)
    values = {each.erasure_id: each.values for each in done}
    for verified in verify_many(zone, values, also=also, wait_seconds=wait_seconds):
        erasure_id = verified.erasure_id
        if verified.is_complete:
            found.certified.append(erasure_id)
        else:
            found.incomplete.append(erasure_id)
            _note(zone, load(zone, erasure_id), is_going_on=False)
    issue_many(zone, found.certified)
    return found


def _ordered(zone: OpenZone) -> list[Erasure]:
    """Give the erasures that wait, and those that went on from waiting and did not come to an end."""
    query = (
        select(_E.erasure_id, _E.state, _E.progress)
        .where(_E.state.not_in([State.PLANNED.value, State.CERTIFIED.value]))
        .order_by(_E.planned_at)
    )
    with zone.store.connect() as connection:
        rows = connection.execute(query).all()
    return [
        load(zone, row.erasure_id)
        for row in rows
        if row.state == State.HELD or row.progress.get(_WAITED)
    ]


def _note(zone: OpenZone, erasure: Erasure, *, is_going_on: bool) -> None:
    """Note that a killed process's work is to be gone on with, or that somebody has to look."""
    erasure.progress[_WAITED] = is_going_on
    with zone.store.begin() as connection:
        save(connection, erasure)
