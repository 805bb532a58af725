"""One landed segment, parsed: canonical records with the ids they will have in the warehouse.

Still in the clear, in memory only; `pipelines.stages.interactions` redacts and seals what is here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from pipelines.connectors.connector import Connector, dated
from pipelines.connectors.registry import CONNECTORS
from pipelines.landing.segments import LandedItem
from pipelines.landing.subjects import (
    HandleInRegion,
    indexes_of,
    person_of,
    subjects_by_index,
)
from privacy.errors import WireFormatError
from privacy.ids import InteractionId, SubjectId, ThreadId
from privacy.opened import OpenZone
from privacy.records.canonical import (
    ConsentEvent,
    Contact,
    Interaction,
    Order,
    Participant,
    Record,
    ThreadEvent,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An item that could not be read after all: what goes to quarantine."""

    item: LandedItem
    detail: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An interaction with its ids, its text still as written."""

    item: LandedItem
    interaction: Interaction
    interaction_id: InteractionId
    thread_id: ThreadId
    subject_id: SubjectId | None
    text: str
    known: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class SegmentDrafts:
    """Everything one segment holds.

    Attributes:
        handles: ``(subject, kind, index, routed_by)`` of every handle seen.
        links: ``(subject, other, item_id, evidence)``, the smaller subject first.
        count_suppressed: Items whose owner was erased after they landed.
    """

    segment_id: str
    drafts: list[Draft] = field(default_factory=list)
    events: list[tuple[LandedItem, ThreadEvent, SubjectId | None]] = field(default_factory=list)
    orders: list[tuple[LandedItem, Order, SubjectId | None]] = field(default_factory=list)
    consents: list[tuple[LandedItem, ConsentEvent, SubjectId]] = field(default_factory=list)
    handles: set[tuple[SubjectId, str, str, str]] = field(default_factory=set)
    links: dict[tuple[SubjectId, SubjectId], tuple[str, str]] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    count_items: int = 0
    count_suppressed: int = 0


def draft_segment(
    zone: OpenZone,
    segment_id: str,
    items: Iterable[LandedItem],
    connectors: Mapping[str, Connector] = CONNECTORS,
) -> SegmentDrafts:
    """Parse a segment's items and give every record its ids.

    An item that does not parse becomes a refusal; the others go on.
    """
    drafts = SegmentDrafts(segment_id)
    parsed: list[tuple[LandedItem, tuple[Record, ...]]] = []
    for item in items:
        drafts.count_items += 1
        if item.payload is None:
            drafts.count_suppressed += 1
            continue
        try:
            contents = connectors[item.source].parse(item.payload)
            parsed.append((item, dated(contents.records, item.received_at)))
        except WireFormatError as error:
            drafts.refusals.append(Refusal(item, str(error)))
    subjects = _Subjects(zone, parsed)
    mint = zone.keyring.index.mint
    for item, records in parsed:
        for record in records:
            match record:
                case Interaction():
                    subject = subjects.see(drafts, item, record.customer, "same_message")
                    drafts.drafts.append(
                        Draft(
                            item,
                            record,
                            InteractionId(mint("i", item.source, record.vendor_id)),
                            ThreadId(mint("t", item.source, record.thread_vendor_id)),
                            subject,
                            _body(record),
                            tuple(_known(record)),
                        )
                    )
                case ThreadEvent():
                    subject = subjects.see(drafts, item, record.customer, "same_message")
                    drafts.events.append((item, record, subject))
                case Order():
                    subject = subjects.see(drafts, item, record.customer, "same_order")
                    drafts.orders.append((item, record, subject))
                case ConsentEvent():
                    subject = subjects.see(drafts, item, record.customer, "same_consent")
                    if subject is not None:
                        drafts.consents.append((item, record, subject))
                case Contact():
                    subjects.see(drafts, item, record.person, "same_contact")
    return drafts


class _Subjects:
    """The subjects of a segment's participants, looked up in one go."""

    def __init__(
        self, zone: OpenZone, parsed: Iterable[tuple[LandedItem, tuple[Record, ...]]]
    ) -> None:
        wanted: dict[HandleInRegion, None] = {}
        for item, records in parsed:
            for record in records:
                person = person_of(record)
                for handle in person.handles if person else ():
                    wanted[handle, _region(item, person)] = None
        self._indexes: Mapping[HandleInRegion, str] = indexes_of(zone, wanted)
        self._owners: Mapping[str, SubjectId] = subjects_by_index(zone, set(self._indexes.values()))

    def see(
        self, drafts: SegmentDrafts, item: LandedItem, person: Participant | None, evidence: str
    ) -> SubjectId | None:
        """Note a person's handles and links; give the subject that owns the record."""
        if person is None:
            return None
        region = _region(item, person)
        seen: dict[SubjectId, None] = {}
        for handle in person.handles:
            index = self._indexes.get((handle, region))
            subject = self._owners.get(index) if index else None
            if index and subject:
                drafts.handles.add((subject, handle.kind.value, index, item.routed_by))
                seen[subject] = None
        for one, other in combinations(sorted(seen), 2):
            drafts.links.setdefault((one, other), (item.item_id, evidence))
        return next(iter(seen), None)


def _region(item: LandedItem, person: Participant | None) -> str | None:
    return (person.country if person else None) or item.country


def _body(interaction: Interaction) -> str:
    if interaction.subject_line:
        return f"{interaction.subject_line}\n\n{interaction.text}"
    return interaction.text


def _known(interaction: Interaction) -> Iterator[tuple[str, str]]:
    """Give what is certainly personal in this text: the names and handles of who is in it."""
    people = (interaction.customer, *interaction.others)
    for person in people:
        if person is None:
            continue
        if person.name:
            yield "PERSON", person.name
        for handle in person.handles:
            yield _ENTITY_OF.get(handle.kind.value, "USER_ID"), handle.value


_ENTITY_OF = {
    "email": "EMAIL_ADDRESS",
    "phone": "PHONE_NUMBER",
    "loyalty_card": "LOYALTY_CARD",
    "customer_number": "CUSTOMER_NUMBER",
}
