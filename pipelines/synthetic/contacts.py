"""A problem and the contacts it takes: what was said, what happened, and how it ended."""

from dataclasses import dataclass, field
from itertools import pairwise

from pipelines.synthetic.people import Person
from pipelines.synthetic.texts import Span
from privacy.records.canonical import Channel, EventKind, Role

LONGEST_PAUSE_SECONDS = 300
"""A pause between two messages counts as handling up to here; so it does in dbt's marts."""

CHATS = frozenset({Channel.WEB_CHAT, Channel.APP, Channel.INSTAGRAM, Channel.WECHAT, Channel.SMS})
LETTERS = frozenset({Channel.EMAIL, Channel.HELP_DESK})


@dataclass(slots=True)
class Said:
    """One message or turn.

    Attributes:
        at: Seconds since 1970.
        sentiment: -1 to 1; None where nobody would score it.
        agent: Number of the member of staff who spoke.
        duration: Seconds it took to say, on the phone.
        place: Its position among the contact's messages.
    """

    at: int
    speaker: Role
    text: str
    spans: list[Span]
    place: int
    sentiment: float | None = None
    agent: int | None = None
    is_canned: bool = False
    is_internal: bool = False
    duration: float | None = None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a contact."""

    at: int
    kind: EventKind
    actor: Role
    agent: int | None = None
    value: str | None = None


@dataclass(slots=True)
class Contact:
    """One conversation about a problem, on one channel.

    Attributes:
        number: Unique within the zone.
        mentioned: Another customer whose name or handle is given away in it.
    """

    number: int
    person: Person
    channel: Channel
    reason: str
    opened_at: int
    is_repeated: bool = False
    said: list[Said] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    is_solved: bool = False
    is_self_service: bool = False
    is_escalated: bool = False
    is_reopened: bool = False
    count_handoffs: int = 0
    rating: int | None = None
    mentioned: Person | None = None

    @property
    def contact_id(self) -> str:
        """Give the id the truth names it by."""
        return f"{self.person.person_id}-{self.number % 100}"

    def first_answer_seconds(self, *speakers: Role) -> int | None:
        """Give how long the first question waited for an answer of one of these."""
        is_call = self.channel is Channel.PHONE
        asked_at = self.opened_at if is_call else None
        for said in self.said:
            if asked_at is None:
                asked_at = said.at if said.speaker is Role.CUSTOMER else None
            elif said.speaker in speakers and not said.is_internal:
                return said.at - asked_at
        return None

    @property
    def handling_seconds(self) -> float:
        """Give talk time on the phone; elsewhere the pauses, each up to five minutes."""
        if self.channel is Channel.PHONE:
            return sum(said.duration or 0.0 for said in self.said)
        times = [said.at for said in self.said]
        return float(sum(min(b - a, LONGEST_PAUSE_SECONDS) for a, b in pairwise(times)))


@dataclass(slots=True)
class Problem:
    """A reason to turn to us, and the contacts it took."""

    problem_id: str
    person: Person
    reason: str
    opened_at: int
    contacts: list[Contact]


def agent_name(person: Person, agent: int) -> str:
    """Give the name of a member of staff of the person's language, as customers are told it."""
    phrases = person.phrases
    if phrases.has_syllables:
        return phrases.first[agent * 5 % len(phrases.first)] * 2
    if phrases.is_family_first:
        return phrases.full_name(
            phrases.first[agent * 7 % len(phrases.first)],
            phrases.last[agent * 11 % len(phrases.last)],
        )
    return phrases.first[agent * 7 % len(phrases.first)]
