"""What can be known of a person's contacts from what vendors tell, by the words of docs/kpis.md.

The truth of a story is one thing, what its deliveries say of it another: mails and WhatsApp name no
reason and no end, WhatsApp has one thread for all that a person ever writes, a number may be all
that a call shows. This says in Python, for a person whose whole story is in memory, what
`dbt/models` say in SQL for a warehouse; a test holds the two together, row by row.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.synthetic.calendar import DAY_SECONDS
from pipelines.synthetic.contacts import LONGEST_PAUSE_SECONDS, Happened
from pipelines.synthetic.vendors.wire import Told
from privacy.records.canonical import Channel, EventKind, Role

SILENCE_SECONDS = 7 * DAY_SECONDS
"""Whoever is back within it, for the same reason, has still the same problem."""

FAST_SECONDS = 90
UNKNOWN_REASON = "unknown"
UNKNOWN_COUNTRY = "ZZ"

_RANKS = {
    EventKind.OPENED: 0,
    EventKind.REOPENED: 3,
    EventKind.SOLVED: 4,
    EventKind.CLOSED: 5,
    EventKind.RATED: 6,
}
_MESSAGE_RANK, _OTHER_RANK = 1, 2
_LIFECYCLE = frozenset({EventKind.OPENED, EventKind.REOPENED, EventKind.SOLVED, EventKind.CLOSED})
_STAFF, _OURS = frozenset({Role.AGENT}), frozenset({Role.AGENT, Role.BOT})


@dataclass(slots=True)
class Thread:
    """A vendor's thread with one person, as it was delivered.

    Attributes:
        cluster: Which of the person's handles it is known by.
    """

    source: str
    thread_vendor_id: str
    cluster: str
    channel: Channel
    told: list[Told] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Step:
    """A message or an event, in its place in the thread."""

    at: int
    rank: int
    message: Told | None = None
    event: Happened | None = None

    def is_said_by(self, speakers: frozenset[Role]) -> bool:
        told = self.message
        return told is not None and told.speaker in speakers and not told.said.is_internal

    def has(self, *kinds: EventKind) -> bool:
        return self.event is not None and self.event.kind in kinds


@dataclass(slots=True)
class ToldContact:
    """One contact, as far as its vendor tells."""

    thread: Thread
    steps: list[_Step]
    has_lifecycle: bool

    @property
    def messages(self) -> list[Told]:
        """Give what was said, in order."""
        return [step.message for step in self.steps if step.message is not None]

    @property
    def events(self) -> list[Happened]:
        """Give what happened, in order."""
        return [step.event for step in self.steps if step.event is not None]

    @property
    def opened_at(self) -> int:
        """Give when it began."""
        return self.steps[0].at

    @property
    def last_activity_at(self) -> int:
        """Give when it ended; a rating or a closing later on does not prolong it."""
        apart = (EventKind.RATED, EventKind.CLOSED)
        return max((s.at for s in self.steps if not s.has(*apart)), default=self.opened_at)

    @property
    def is_from_customer(self) -> bool:
        """Tell whether the customer made it: what only we sent is no contact."""
        speakers = {told.speaker for told in self.messages}
        return Role.CUSTOMER in speakers or not speakers or self.is_call

    @property
    def is_call(self) -> bool:
        """Tell whether it was made on the phone."""
        return self.thread.channel is Channel.PHONE

    def _last(self, *kinds: EventKind) -> Happened | None:
        return next((event for event in reversed(self.events) if event.kind in kinds), None)

    @property
    def reason(self) -> str:
        """Give what it is about, where the vendor says so."""
        event = self._last(EventKind.REASON_SET)
        return event.value if event is not None and event.value else UNKNOWN_REASON

    @property
    def rating(self) -> int | None:
        """Give the last rating."""
        event = self._last(EventKind.RATED)
        return int(event.value) if event is not None and event.value else None

    @property
    def status(self) -> str:
        """Give how it stands: solved, closed, open, or answered."""
        last = self._last(*_LIFECYCLE)
        if last is not None and last.kind in (EventKind.SOLVED, EventKind.CLOSED):
            return last.kind.value
        if self.is_call:
            return "closed"
        spoken = [told for told in self.messages if not told.said.is_internal]
        if not self.has_lifecycle and spoken and spoken[-1].speaker in _OURS:
            return "answered"
        return "open"

    @property
    def _is_settled(self) -> bool:
        last = self._last(EventKind.SOLVED, EventKind.REOPENED)
        return last is not None and last.kind is EventKind.SOLVED

    @property
    def is_solved(self) -> bool:
        """Tell whether it is solved: the vendor says so, or says nothing and we spoke last."""
        status = self.status
        return status in ("solved", "answered") or (status == "closed" and self._is_settled)

    @property
    def count_escalations(self) -> int:
        """Count the escalations that were told."""
        return sum(event.kind is EventKind.ESCALATED for event in self.events)

    @property
    def count_reopenings(self) -> int:
        """Count the reopenings that were told."""
        return sum(event.kind is EventKind.REOPENED for event in self.events)

    @property
    def count_handoffs(self) -> int:
        """Count the transfers told, or the members of staff after the first, whichever is more."""
        transfers = sum(event.kind is EventKind.TRANSFERRED for event in self.events)
        staff = {told.agent for told in self.messages if told.agent is not None}
        return max(transfers, len(staff) - 1, 0)

    @property
    def has_staff(self) -> bool:
        """Tell whether staff spoke or acted."""
        spoke = any(told.speaker is Role.AGENT for told in self.messages)
        return spoke or any(e.actor is Role.AGENT or e.agent is not None for e in self.events)

    @property
    def count_by_bot(self) -> int:
        """Count what a bot said."""
        return sum(step.is_said_by(frozenset({Role.BOT})) for step in self.steps)

    @property
    def is_asked(self) -> bool:
        """Tell whether there is a question: a call is one."""
        return self.is_call or any(told.speaker is Role.CUSTOMER for told in self.messages)

    def answer_seconds(self, speakers: frozenset[Role]) -> int | None:
        """Give how long the question waited for an answer of one of these."""
        asked_at = self.opened_at if self.is_call else None
        for step in self.steps:
            if asked_at is None:
                if step.message is not None and step.message.speaker is Role.CUSTOMER:
                    asked_at = step.at
            elif step.is_said_by(speakers):
                return step.at - asked_at
        return None

    @property
    def handling_seconds(self) -> float:
        """Give how long segments took; where none is timed, the pauses, each up to five minutes."""
        timed = [t.said.duration for t in self.messages if t.said.duration is not None]
        if timed:
            return sum(timed)
        times = [told.said.at for told in self.messages]
        return float(sum(min(b - a, LONGEST_PAUSE_SECONDS) for a, b in pairwise(times)))


@dataclass(slots=True)
class ToldProblem:
    """One problem, as far as it can be known: a resolution thread of the marts."""

    cluster: str
    reason: str
    contacts: list[ToldContact]
    country: str

    @property
    def first(self) -> ToldContact:
        """Give the contact it began with."""
        return self.contacts[0]

    @property
    def last(self) -> ToldContact:
        """Give the contact that says how it stands."""
        return self.contacts[-1]

    @property
    def count_reopenings(self) -> int:
        """Count the reopenings of all contacts."""
        return sum(contact.count_reopenings for contact in self.contacts)

    @property
    def rating(self) -> int | None:
        """Give the last rating."""
        given = (contact.rating for contact in reversed(self.contacts))
        return next((rating for rating in given if rating is not None), None)

    @property
    def is_finished(self) -> bool:
        """Tell whether the last contact is not open."""
        return self.last.status != "open"

    @property
    def is_solved_at_first_contact(self) -> bool:
        """Tell whether it was solved in one contact that was never reopened."""
        return self.last.is_solved and len(self.contacts) == 1 and not self.count_reopenings

    @property
    def is_self_service(self) -> bool:
        """Tell whether a bot solved it without staff."""
        has_staff = any(contact.has_staff for contact in self.contacts)
        has_bot = any(contact.count_by_bot for contact in self.contacts)
        return self.last.is_solved and has_bot and not has_staff

    @property
    def is_repeated_explanation(self) -> bool:
        """Tell whether the customer asked in more than one contact."""
        return sum(contact.is_asked for contact in self.contacts) > 1

    @property
    def first_answer_seconds(self) -> int | None:
        """Give how long the first question waited, if it was answered where it was asked."""
        asked = next((contact for contact in self.contacts if contact.is_asked), None)
        return asked.answer_seconds(_OURS) if asked is not None else None

    @property
    def first_agent_answer_seconds(self) -> int | None:
        """Give how long the first question that staff answered had waited."""
        answers = (contact.answer_seconds(_STAFF) for contact in self.contacts)
        return next((answer for answer in answers if answer is not None), None)

    @property
    def is_answered_fast(self) -> bool:
        """Tell whether the first answer came within 90 seconds."""
        answer = self.first_answer_seconds
        return answer is not None and answer <= FAST_SECONDS


def contacts_of(threads: Iterable[Thread]) -> list[ToldContact]:
    """Give the contacts of some threads: one that never ends by itself is cut at a silence."""
    found = []
    for thread in threads:
        steps = [_Step(told.said.at, _MESSAGE_RANK, message=told) for told in thread.told]
        steps += [
            _Step(event.at, _RANKS.get(event.kind, _OTHER_RANK), event=event)
            for event in thread.happened
        ]
        steps.sort(key=lambda step: (step.at, step.rank))
        has_lifecycle = any(step.has(*_LIFECYCLE) for step in steps)
        parts: list[list[_Step]] = [steps[:1]]
        for before, step in pairwise(steps):
            if not has_lifecycle and step.at - before.at > SILENCE_SECONDS:
                parts.append([])
            parts[-1].append(step)
        found += [ToldContact(thread, part, has_lifecycle) for part in parts]
    return found


def problems_of(contacts: Iterable[ToldContact], countries: Mapping[str, str]) -> list[ToldProblem]:
    """Give the problems that contacts show, known by the same handles.

    Args:
        contacts: All of one person.
        countries: Each cluster's country, where anything of it stated one.
    """
    by_cluster: dict[str, list[ToldContact]] = {}
    for contact in sorted(contacts, key=lambda contact: contact.opened_at):
        if contact.is_from_customer:
            by_cluster.setdefault(contact.thread.cluster, []).append(contact)
    found = []
    for cluster, made in by_cluster.items():
        by_reason: dict[str, list[ToldContact]] = {}
        for position, contact in enumerate(made):
            by_reason.setdefault(_reason(made, position), []).append(contact)
        country = countries.get(cluster, UNKNOWN_COUNTRY)
        for reason, same in by_reason.items():
            found += [ToldProblem(cluster, reason, part, country) for part in _parts(same)]
    return found


def _reason(contacts: Sequence[ToldContact], position: int) -> str:
    """Give a contact's reason, or that of the nearest one within seven days that says its own."""
    contact = contacts[position]
    if contact.reason != UNKNOWN_REASON:
        return contact.reason
    before = [each for each in contacts[:position] if each.reason != UNKNOWN_REASON]
    after = [each for each in contacts[position + 1 :] if each.reason != UNKNOWN_REASON]
    if before:
        nearest = max(before, key=lambda each: each.last_activity_at)
        if contact.opened_at - nearest.last_activity_at <= SILENCE_SECONDS:
            return nearest.reason
    if after and after[0].opened_at - contact.last_activity_at <= SILENCE_SECONDS:
        return after[0].reason
    return UNKNOWN_REASON


def _parts(contacts: Sequence[ToldContact]) -> list[list[ToldContact]]:
    """Cut contacts for one reason where more than seven days lie between two."""
    parts: list[list[ToldContact]] = []
    ended_at = 0
    for contact in contacts:
        if not parts or contact.opened_at - ended_at > SILENCE_SECONDS:
            parts.append([])
        parts[-1].append(contact)
        ended_at = max(ended_at, contact.last_activity_at)
    return parts
