"""Whether items may be passed on to the zone they are of: each file of them is a transfer.

Which rule permits it, the sending zone's policy says (`transfers.handed_over_under`); the transfer
register has the last word, and writes each file down once, in the transaction of its chunk.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from pipelines.landing.chunks import Candidate
from privacy.errors import TransferForbidden
from privacy.opened import OpenZone
from privacy.records.canonical import ConsentEvent, Order, Parsed
from privacy.transfers import Transfer, TransferRegister, recipient_of
from privacy.zones.model import Category, Purpose, ZonePolicy

BY = "landing"
"""Who asks, in the register."""


@dataclass(slots=True)
class Passed:
    """Items of a chunk that belong to one other zone.

    Attributes:
        held_ids: What each is held under if it may not be passed on.
        persons: Blind indexes of the people that can be told apart; never passed on or written.
        count_unnamed: Items that name nobody who could be told apart: each counts as a person.
        categories: What they hold.
    """

    candidates: list[Candidate] = field(default_factory=list)
    held_ids: list[str] = field(default_factory=list)
    persons: set[str] = field(default_factory=set)
    count_unnamed: int = 0
    categories: set[Category] = field(default_factory=set)

    def add(self, candidate: Candidate, held_id: str, contents: Parsed, person: str | None) -> None:
        """Put one more to it; `person` is the blind index of whom it is from, where it has one."""
        self.candidates.append(candidate)
        self.held_ids.append(held_id)
        self.categories.update(_categories(contents))
        if person is None:
            self.count_unnamed += 1
        else:
            self.persons.add(person)

    @property
    def count_persons(self) -> int:
        """Give how many people they speak of, at most."""
        return len(self.persons) + self.count_unnamed

    def transfer(self, recipient: ZonePolicy) -> Transfer:
        """Give what the register is asked for."""
        return Transfer(
            recipient_of(recipient.id),
            recipient.transfers.received_in or recipient.countries[0],
            Purpose.SERVICE,
            tuple(sorted(self.categories)),
            self.count_persons,
            len(self.candidates),
            persons=self.persons,
        )


def refusal_of(
    zone: OpenZone, connection: Connection, passed: Passed, recipient: ZonePolicy
) -> TransferForbidden | None:
    """Say why items may not be passed on; None where they may. Writes nothing."""
    try:
        TransferRegister(zone).permit(
            connection, passed.transfer(recipient), instrument=_instrument(zone)
        )
    except TransferForbidden as refusal:
        return refusal
    return None


def write_passed(
    zone: OpenZone, connection: Connection, passed: Passed, recipient: ZonePolicy, file_id: str
) -> None:
    """Write a file's transfer in the register, in the transaction of its chunk.

    Raises:
        TransferForbidden: It may no longer take place.
    """
    TransferRegister(zone).grant(
        connection,
        passed.transfer(recipient),
        instrument=_instrument(zone),
        by=BY,
        reference=file_id,
    )


def write_refused(
    zone: OpenZone,
    connection: Connection,
    refused: Iterable[tuple[ZonePolicy, Passed, TransferForbidden]],
) -> None:
    """Write what was refused in the register, in the transaction of its chunk."""
    register = TransferRegister(zone)
    for recipient, passed, refusal in refused:
        register.write_refusal(connection, passed.transfer(recipient), refusal, by=BY)


def _instrument(zone: OpenZone) -> str | None:
    return zone.policy.transfers.handed_over_under


def _categories(contents: Parsed) -> set[Category]:
    return {
        Category.ORDERS
        if isinstance(record, Order)
        else Category.CONSENT
        if isinstance(record, ConsentEvent)
        else Category.INTERACTIONS
        for record in contents.records
    } or {Category.INTERACTIONS}
