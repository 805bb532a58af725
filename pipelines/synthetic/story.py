"""What happens: a person's problem, the contacts it takes, who says what, and how it ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from pipelines.synthetic import countries, identifiers
from pipelines.synthetic.calendar import DAY_SECONDS, day_of, offset_seconds
from pipelines.synthetic.people import MAIL_DOMAINS, Person, ascii_of, written_phone
from pipelines.synthetic.phrases import REASONS, Template
from pipelines.synthetic.texts import Span, fill, in_haste, moved
from privacy.records.canonical import Channel, EventKind, Role

LONGEST_PAUSE_SECONDS = 300
"""A pause between two messages counts as handling up to here; so it does in dbt's marts."""

CHATS = frozenset({Channel.WEB_CHAT, Channel.APP, Channel.INSTAGRAM, Channel.WECHAT, Channel.SMS})
_SLOW = frozenset({Channel.EMAIL, Channel.HELP_DESK})
_WEIGHTS = (24, 16, 14, 11, 11, 9, 10, 5)
_SOLVED_AT_ONCE = dict(zip(REASONS, (0.7, 0.84, 0.67, 0.7, 0.72, 0.78, 0.9, 0.5), strict=True))
_SOLVED_BY_BOT = dict(zip(REASONS, (0.72, 0.74, 0.55, 0.38, 0.48, 0.62, 0.82, 0.1), strict=True))
_MOOD = dict(zip(REASONS, (-0.3, 0.0, -0.35, -0.45, -0.4, -0.25, 0.2, -0.7), strict=True))
_SHARES = (
    ("order", 0.5),
    ("phone", 0.16),
    ("email", 0.16),
    ("address", 0.13),
    ("loyalty", 0.07),
    ("birth", 0.05),
    ("national_id", 0.04),
    ("card", 0.05),
    ("other", 0.06),
    ("iban", 0.02),
)
_TEAM_SIZE = 24


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
    """Give the given name of a member of staff of the person's language."""
    phrases = person.phrases
    if phrases.is_family_first:
        return phrases.first[agent * 5 % len(phrases.first)] * 2
    return phrases.first[agent * 7 % len(phrases.first)]


def problems_of(person: Person, rng: Random, begin: int, end: int) -> Iterator[Problem]:
    """Yield a person's problems within a window of time; no two have the same reason."""
    luck = rng.random()
    count = 1 if luck < 0.72 else 2 if luck < 0.94 else 3
    left = list(REASONS)
    weights = list(_WEIGHTS)
    number = 0
    for i in range(count):
        reason = rng.choices(left, weights)[0]
        weights.pop(left.index(reason))
        left.remove(reason)
        opened_at = _waking_hour(person, rng, begin, end)
        contacts = list(_contacts(person, reason, rng, opened_at, end, number))
        number += len(contacts)
        yield Problem(f"{person.person_id}-p{i}", person, reason, opened_at, contacts)


def _waking_hour(person: Person, rng: Random, begin: int, end: int) -> int:
    """Give an instant in the window at which people in the person's country are awake."""
    day = begin // DAY_SECONDS + int(rng.random() * max(1, (end - begin) // DAY_SECONDS))
    hour = 8 + 13 * (rng.random() + rng.random()) / 2
    local = day * DAY_SECONDS + int(hour * 3600) + int(rng.random() * 60)
    instant = local - offset_seconds(person.country.time_zone, day)
    return min(max(instant, begin), end - 4 * 3600)


def _contacts(
    person: Person, reason: str, rng: Random, opened_at: int, end: int, number: int
) -> Iterator[Contact]:
    used: list[Channel] = []
    slots = _problem_slots(person, rng, opened_at)
    at = opened_at
    for attempt in range(3):
        fresh = [channel for channel in person.channels if channel not in used]
        channel = (fresh or list(person.channels))[
            int(rng.random() ** 1.7 * len(fresh or person.channels))
        ]
        used.append(channel)
        contact = Contact(
            person.number * 100 + number + attempt, person, channel, reason, at, attempt > 0
        )
        _Talk(contact, slots, rng, end).play()
        yield contact
        if contact.is_solved or rng.random() < 0.2:
            return
        at = contact.said[-1].at + int(3600 * (2 + rng.random() ** 2 * 60))
        if at > end - 6 * 3600:
            return


def _problem_slots(
    person: Person, rng: Random, opened_at: int
) -> dict[str, tuple[str, str | None]]:
    phrases, country = person.phrases, person.country
    bought = day_of(opened_at // DAY_SECONDS - rng.randint(2, 25))
    amount = f"{rng.randint(5, 499)}.{rng.choice(('00', '50', '90', '95', '99'))}"
    if country.is_decimal_comma:
        amount = amount.replace(".", ",")
    slots = dict(person.slots)
    slots["order"] = (f"{country.code}{rng.randrange(10**8):08d}", "ORDER_NUMBER")
    slots["product"] = (phrases.products[int(rng.random() * len(phrases.products))], None)
    slots["amount"] = (country.money.format(amount), None)
    slots["date"] = (phrases.on(bought.year, bought.month, bought.day), None)
    slots["phone"] = (written_phone(country, person.national_phone, rng), "PHONE_NUMBER")
    return slots


class _Talk:
    """Plays one contact: keeps the time, the mood, and who is on the other side."""

    def __init__(
        self, contact: Contact, slots: dict[str, tuple[str, str | None]], rng: Random, end: int
    ) -> None:
        self.contact = contact
        self.person = contact.person
        self.sentences = self.person.phrases.sentences
        self.slots = slots
        self.rng = rng
        self.end = end
        self.now = contact.opened_at
        self.mood = _MOOD[contact.reason] - 0.25 * contact.is_repeated + rng.random() * 0.2
        self.agent = int(rng.random() * _TEAM_SIZE)
        self.is_hasty = contact.channel not in _SLOW and contact.channel is not Channel.PHONE
        self._name_staff()

    def play(self) -> None:
        """Play it to its end."""
        script: Callable[[], None]
        channel = self.contact.channel
        if channel is Channel.PHONE:
            script = self._call
        elif channel in _SLOW or channel is Channel.WHATSAPP:
            script = self._letters if channel in _SLOW else self._messenger
        else:
            script = self._chat
        script()
        self.contact.said.sort(key=lambda said: said.at)
        for place, said in enumerate(self.contact.said):
            said.place = place

    # --- the pieces ------------------------------------------------------------------------------

    def _name_staff(self) -> None:
        colleague = (self.agent + 1 + int(self.rng.random() * (_TEAM_SIZE - 1))) % _TEAM_SIZE
        self.colleague = colleague
        self.slots["agent"] = (agent_name(self.person, self.agent), "PERSON")
        self.slots["colleague"] = (agent_name(self.person, colleague), "PERSON")

    def pick(self, key: str) -> Template:
        """Choose a sentence, and what stands in its passing slots."""
        rng, phrases = self.rng, self.person.phrases
        self.slots["days"] = (str(2 + int(rng.random() * 12)), None)
        self.slots["weekday"] = (phrases.weekdays[int(rng.random() * len(phrases.weekdays))], None)
        self.slots["time"] = (
            f"{9 + int(rng.random() * 10)}:{('00', '15', '30')[int(rng.random() * 3)]}",
            None,
        )
        choices = self.sentences[key]
        return choices[int(rng.random() * len(choices))]

    def share(self, kind: str) -> Template:
        """Choose a sentence that gives something personal away, making it up where needed."""
        rng, person = self.rng, self.person
        if kind == "card":
            self.slots["card"] = (identifiers.card(rng), "CREDIT_CARD")
        elif kind == "iban":
            account = identifiers.iban(person.country.code, rng)
            if account is None:
                return self.pick("share.order")
            self.slots["iban"] = (account, "IBAN_CODE")
        elif kind == "national_id":
            if person.country.national_id is None:
                return self.pick("share.birth")
            entity, name, make = person.country.national_id
            self.slots["id_name"] = (name, None)
            self.slots["national_id"] = (make(rng, person.birth, person.is_female), entity)
        elif kind == "other":
            self._someone_else()
        return self.pick(f"share.{kind}")

    def _someone_else(self) -> None:
        rng, person = self.rng, self.person
        phrases = person.phrases
        last = (
            person.last
            if rng.random() < 0.4
            else phrases.last[int(rng.random() * len(phrases.last))]
        )
        if phrases.is_family_first:
            full = last + "".join(rng.sample(phrases.first, 2))
            local = f"friend{rng.randrange(10**6)}"
        else:
            first = phrases.first[int(rng.random() * len(phrases.first))]
            full, local = f"{first} {last}", f"{ascii_of(first)}.{rng.randrange(10**4)}"
        number = countries.national_number(person.country, 3_000_000 + int(rng.random() * 10**6))
        self.slots["other_full"] = (full, "PERSON")
        self.slots["other_email"] = (f"{local}@{rng.choice(MAIL_DOMAINS)}", "EMAIL_ADDRESS")
        self.slots["other_phone"] = (written_phone(person.country, number, rng), "PHONE_NUMBER")

    def shared(self, at_most: int) -> list[Template]:
        """Choose what a customer gives away this time."""
        rng = self.rng
        given: list[Template] = []
        if self.contact.reason == "refund" and rng.random() < 0.22:
            given.append(self.share("iban"))
        for kind, likelihood in _SHARES:
            if rng.random() < likelihood and len(given) < at_most:
                given.append(self.share(kind))
        return given

    def say(self, speaker: Role, templates: list[Template], *, wait: float = 0.0) -> Said:
        """Say sentences after a wait of so many seconds."""
        joiner = "" if self.person.phrases.is_family_first else " "
        text, spans = fill(templates, self.slots, joiner)
        return self.put(speaker, text, spans, wait=wait)

    def put(
        self,
        speaker: Role,
        text: str,
        spans: list[Span],
        *,
        wait: float = 0.0,
        is_canned: bool = False,
        is_internal: bool = False,
    ) -> Said:
        """Say a text."""
        self.now = min(self.now + int(wait), self.end - 1)
        sentiment = None
        if speaker is Role.CUSTOMER:
            if self.is_hasty:
                text, spans = in_haste(text, spans, self.rng)
            sentiment = round(max(-1.0, min(1.0, self.mood + (self.rng.random() - 0.5) * 0.4)), 2)
        said = Said(
            self.now,
            speaker,
            text,
            spans,
            len(self.contact.said),
            sentiment,
            self.agent if speaker is Role.AGENT else None,
            is_canned,
            is_internal,
        )
        self.contact.said.append(said)
        return said

    def canned(self, *, wait: float) -> None:
        """Give one of the fixed answers."""
        texts = self.person.phrases.canned
        self.put(
            Role.AGENT, texts[int(self.rng.random() * len(texts))], [], wait=wait, is_canned=True
        )

    def note(
        self, kind: EventKind, actor: Role, value: str | None = None, agent: int | None = None
    ) -> None:
        """Note that something happened to the contact."""
        self.contact.happened.append(Happened(self.now, kind, actor, agent, value))

    def about(self, part: str) -> Template:
        """Choose a sentence on the contact's reason."""
        return self.pick(f"reasons.{self.contact.reason}.{part}")

    def wait(self, typical: float, quickest: float = 2.0) -> float:
        """Give a waiting time around a typical one: many shorter, a few much longer."""
        return max(quickest, self.rng.lognormvariate(0.0, 0.9) * typical)

    def is_solvable(self) -> bool:
        """Decide whether staff solve it in this contact."""
        return (
            self.rng.random()
            < _SOLVED_AT_ONCE[self.contact.reason] + 0.1 * self.contact.is_repeated
        )

    def _hand_over(self, wait: float) -> None:
        """Pass it to a colleague, or to somebody with more power."""
        contact = self.contact
        is_escalation = self.rng.random() < (0.5 if self.mood < -0.4 else 0.25)
        self.say(
            Role.AGENT,
            [self.pick("agent.escalate" if is_escalation else "agent.transfer")],
            wait=wait,
        )
        if is_escalation:
            contact.is_escalated = True
            self.note(EventKind.ESCALATED, Role.AGENT, agent=self.agent)
        contact.count_handoffs += 1
        self.agent = self.colleague
        self._name_staff()
        self.note(EventKind.TRANSFERRED, Role.AGENT, agent=self.agent)

    def _rate(self, likelihood: float) -> None:
        contact = self.contact
        if self.rng.random() > likelihood:
            return
        good = (5, 5, 4, 4, 3) if contact.count_handoffs or contact.is_repeated else (5, 5, 5, 4, 5)
        contact.rating = self.rng.choice(good if contact.is_solved else (1, 1, 2, 3, 2))
        self.now = min(self.now + int(self.wait(40)), self.end - 1)
        self.note(EventKind.RATED, Role.CUSTOMER, str(contact.rating))

    def _solve(self, actor: Role) -> None:
        self.contact.is_solved = True
        self.mood = min(0.9, self.mood + 0.7)
        self.note(EventKind.SOLVED, actor, agent=self.agent if actor is Role.AGENT else None)

    # --- the scripts -----------------------------------------------------------------------------

    def _question(self) -> list[Template]:
        """Put the problem into a few sentences."""
        rng = self.rng
        sentences = [self.about("statements")]
        if self.contact.is_repeated and rng.random() < 0.8:
            sentences.insert(rng.randrange(2), self.pick("repeat"))
        if rng.random() < 0.55:
            sentences.append(self.about("details"))
        if rng.random() < 0.45:
            sentences.append(self.pick("identify"))
        return sentences

    def _letters(self) -> None:
        """Mails, or a ticket: long texts, hours apart."""
        rng, contact = self.rng, self.contact
        is_ticket = contact.channel is Channel.HELP_DESK
        hour = 3600.0 * (0.5 if is_ticket else 1.0)
        self.note(EventKind.OPENED, Role.CUSTOMER)
        subject, _ = fill([self.about("subjects")], self.slots)
        self._letter(Role.CUSTOMER, [*self._question(), *self.shared(3)]).subject = subject
        if rng.random() < 0.42:
            self.canned(wait=20 + rng.random() * 60)
        if rng.random() < 0.12:
            self.mood -= 0.2
            self._letter(Role.CUSTOMER, [self.pick("impatient")], wait=self.wait(9 * hour))
        self.note(EventKind.ASSIGNED, Role.SYSTEM, agent=self.agent)
        self.note(EventKind.REASON_SET, Role.AGENT, contact.reason, self.agent)
        is_quick = rng.random() < 0.08
        wait = 20 + rng.random() * 65 if is_quick else self.wait(2.5 * hour, 90)
        if is_ticket and rng.random() < 0.15:
            text, spans = fill([self.pick("agent.hold")], self.slots)
            self.put(Role.AGENT, text, spans, wait=wait * 0.5, is_internal=True)
        if rng.random() < 0.4:
            self._letter(Role.AGENT, [self.pick("agent.ask")], wait=wait)
            answer = [self.share("order"), self.pick("identify"), *self.shared(3)]
            self._letter(Role.CUSTOMER, answer, wait=self.wait(3 * hour, 60))
            wait = self.wait(1.5 * hour, 60)
        if rng.random() < (0.4 if self.mood < -0.5 else 0.12):
            self._hand_over(wait)
            wait = self.wait(2 * hour, 60)
        if not self.is_solvable():
            self._letter(Role.AGENT, [self.about("answers")], wait=wait)
            self.mood -= 0.25
            self._letter(
                Role.CUSTOMER,
                [self.pick("impatient"), self.about("details")],
                wait=self.wait(8 * hour),
            )
            return
        if rng.random() < 0.2:
            self.canned(wait=wait)
            wait = self.wait(hour, 60)
        self._letter(
            Role.AGENT,
            [self.about("answers"), self.about("solutions"), self.pick("agent.close")],
            wait=wait,
        )
        self._solve(Role.AGENT)
        if is_ticket and rng.random() < 0.08:
            contact.is_reopened = True
            self.mood -= 0.7
            self._letter(
                Role.CUSTOMER,
                [self.pick("reopen"), self.about("statements")],
                wait=self.wait(10 * hour),
            )
            self.note(EventKind.REOPENED, Role.CUSTOMER)
            self._letter(Role.AGENT, [self.about("solutions")], wait=self.wait(2 * hour, 60))
            self._solve(Role.AGENT)
        elif rng.random() < 0.12:
            self._letter(Role.CUSTOMER, [self.pick("satisfied")], wait=self.wait(2 * hour, 60))
        if is_ticket:
            self._rate(0.3)

    def _letter(self, speaker: Role, templates: list[Template], *, wait: float = 0.0) -> Said:
        """Write sentences in two paragraphs, under a greeting."""
        rng = self.rng
        joiner = "" if self.person.phrases.is_family_first else " "
        cut = len(templates) if len(templates) < 3 or rng.random() < 0.4 else 2
        if speaker is Role.CUSTOMER:
            opening = [self.pick("greetings.formal")] if rng.random() < 0.85 else []
        else:
            opening = [self.pick("agent.greeting")]
        text, spans = "", []
        for part in (opening, templates[:cut], templates[cut:]):
            if part:
                text = f"{text}\n\n" if text else ""
                more, found = fill(part, self.slots, joiner)
                spans += moved(found, len(text))
                text += more
        return self.put(speaker, text, spans, wait=wait)

    def _messenger(self) -> None:
        """WhatsApp: short messages, some in a row."""
        rng = self.rng
        for sentence in [self.pick("greetings.chat"), *self._question(), *self.shared(2)]:
            if len(self.contact.said) and rng.random() < 0.3:
                self._append(sentence)
            else:
                self.say(Role.CUSTOMER, [sentence], wait=4 + rng.random() * 25)
        wait = self.wait(40) if rng.random() < 0.4 else self.wait(420, 90)
        if rng.random() < 0.4:
            self.canned(wait=4)
        self.say(Role.AGENT, [self.pick("agent.greeting")], wait=wait)
        self._service(45, 60)
        if self.contact.is_solved and rng.random() < 0.2:
            self.say(Role.CUSTOMER, [self.pick("closings.chat")], wait=self.wait(30))

    def _append(self, sentence: Template) -> None:
        """Add a sentence to the last message."""
        last = self.contact.said[-1]
        glue = "，" if self.person.phrases.is_family_first else " "
        text, spans = fill([sentence], self.slots)
        start = len(last.text) + len(glue)
        last.text = f"{last.text}{glue}{text}"
        last.spans.extend(moved(spans, start))

    def _service(self, pause: float, answer: float) -> None:
        """Let staff work on it, as on every live channel."""
        rng = self.rng
        if rng.random() < 0.5:
            self.say(Role.AGENT, [self.pick("agent.ask")], wait=self.wait(pause * 0.4))
            given = [self.share("order")] if rng.random() < 0.6 else [self.pick("identify")]
            self.say(Role.CUSTOMER, [*given, *self.shared(2)], wait=self.wait(answer))
        if rng.random() < 0.6:
            self.say(Role.AGENT, [self.pick("agent.hold")], wait=self.wait(pause * 0.5))
        if rng.random() < (0.35 if self.mood < -0.5 else 0.12):
            self._hand_over(self.wait(pause * 2))
            self.say(Role.AGENT, [self.pick("agent.greeting")], wait=self.wait(pause * 2))
        self.say(Role.AGENT, [self.about("answers")], wait=self.wait(pause * 2))
        if rng.random() < 0.3:
            self.say(Role.CUSTOMER, [self.about("details")], wait=self.wait(answer))
        if not self.is_solvable():
            self.mood -= 0.3
            self.say(Role.CUSTOMER, [self.pick("impatient")], wait=self.wait(answer * 2))
            if rng.random() < 0.5:
                self.say(Role.CUSTOMER, [self.pick("dissatisfied")], wait=self.wait(answer))
            return
        if rng.random() < 0.28:
            self.canned(wait=self.wait(pause))
        self.say(Role.AGENT, [self.about("solutions")], wait=self.wait(pause * 2))
        self._solve(Role.AGENT)
        if rng.random() < 0.5:
            self.say(Role.AGENT, [self.pick("agent.close")], wait=self.wait(20))

    def _chat(self) -> None:
        """Web chat, app and social channels: often a bot first."""
        rng, contact = self.rng, self.contact
        self.note(EventKind.OPENED, Role.CUSTOMER)
        has_bot = rng.random() < 0.85
        if has_bot:
            self.say(Role.BOT, [self.pick("bot.greeting")])
        opening = [self.pick("greetings.chat")] if rng.random() < 0.5 else []
        self.say(Role.CUSTOMER, [*opening, *self._question()[:3]], wait=self.wait(20))
        self.note(EventKind.REASON_SET, Role.BOT if has_bot else Role.SYSTEM, contact.reason)
        if has_bot:
            self.say(Role.BOT, [self.about("bot")], wait=1 + rng.random() * 3)
            self.say(Role.BOT, [self.pick("bot.confirm")], wait=1)
            is_easy = not contact.is_repeated and rng.random() < _SOLVED_BY_BOT[contact.reason]
            self.say(
                Role.CUSTOMER,
                [self.pick("bot.solved" if is_easy else "bot.unsolved")],
                wait=self.wait(20),
            )
            if is_easy:
                contact.is_self_service = True
                self._solve(Role.BOT)
                self._rate(0.25)
                self.now += 1
                self.note(EventKind.CLOSED, Role.SYSTEM)
                return
            self.mood -= 0.1
            contact.is_escalated = True
            self.note(EventKind.ESCALATED, Role.BOT)
            self.say(Role.BOT, [self.pick("bot.handover")], wait=1)
        wait = self.wait(35) if rng.random() < 0.8 else self.wait(240, 90)
        self.now = min(self.now + int(wait * 0.8), self.end - 1)
        self.note(EventKind.ASSIGNED, Role.SYSTEM, agent=self.agent)
        self.say(Role.AGENT, [self.pick("agent.greeting")], wait=wait * 0.2)
        if rng.random() < 0.3 and (given := self.shared(2)):
            self.say(Role.CUSTOMER, given, wait=self.wait(25))
        self._service(30, 30)
        if (
            contact.is_solved
            and contact.channel not in (Channel.WEB_CHAT, Channel.SMS)
            and rng.random() < 0.06
        ):
            contact.is_reopened = True
            self.mood -= 0.6
            self.say(Role.CUSTOMER, [self.pick("reopen")], wait=self.wait(6 * 3600))
            self.note(EventKind.REOPENED, Role.CUSTOMER)
            self.say(Role.AGENT, [self.about("solutions")], wait=self.wait(900))
            self._solve(Role.AGENT)
        elif contact.is_solved and rng.random() < 0.6:
            self.say(Role.CUSTOMER, [self.pick("satisfied")], wait=self.wait(15))
        self._rate(0.35)
        if contact.is_solved:
            self.now += 1
            self.note(EventKind.CLOSED, Role.SYSTEM)

    def _call(self) -> None:
        """A call: turns of seconds, spoken in turn."""
        rng, contact = self.rng, self.contact
        self.now += int(self.wait(35))
        connected_at = self.now
        self.say(Role.AGENT, [self.pick("call.opening")])
        self.say(Role.CUSTOMER, [self.pick("call.introduce"), *self._question()[:2]])
        self.say(Role.AGENT, [self.pick("agent.ask")])
        self.say(Role.CUSTOMER, self.shared(2) or [self.share("order")])
        for _ in range(rng.randrange(3)):
            self.say(Role.AGENT, [self.pick("agent.hold")])
            self.say(Role.CUSTOMER, [self.about("details")])
        if rng.random() < (0.4 if self.mood < -0.5 else 0.14):
            self.say(Role.AGENT, [self.pick("agent.transfer")])
            contact.count_handoffs += 1
            self.now += 20
            self.note(EventKind.TRANSFERRED, Role.AGENT, agent=self.agent)
        if rng.random() < 0.08 or (self.mood < -0.5 and rng.random() < 0.25):
            contact.is_escalated = True
        self.say(Role.AGENT, [self.about("answers")])
        if self.is_solvable():
            self.say(Role.AGENT, [self.about("solutions"), self.pick("agent.close")])
            contact.is_solved = True
            self.mood += 0.6
            self.say(Role.CUSTOMER, [self.pick("satisfied")])
        else:
            self.mood -= 0.3
            self.say(Role.CUSTOMER, [self.pick("dissatisfied")])
        self.say(Role.AGENT, [self.pick("call.goodbye")])
        self._time_turns(connected_at)
        if rng.random() < 0.25:
            contact.rating = rng.choice((5, 5, 4, 5, 3) if contact.is_solved else (1, 2, 2, 3))
        self._call_events(connected_at)

    def _time_turns(self, connected_at: int) -> None:
        """Give every turn its time: some 15 characters a second, with a breath between."""
        at = float(connected_at)
        pace = 4.0 if self.person.phrases.is_family_first else 15.0
        for said in self.contact.said:
            said.at = int(at)
            said.duration = round(max(0.8, len(said.text) / pace), 2)
            at += int(said.duration + 1.5 + self.rng.random() * 2)
        self.now = int(at) + 1

    def _call_events(self, connected_at: int) -> None:
        contact = self.contact
        moved_at = [h.at for h in contact.happened if h.kind is EventKind.TRANSFERRED]
        ended_at = self.now
        contact.happened = [Happened(contact.opened_at, EventKind.OPENED, Role.CUSTOMER)]

        def add(kind: EventKind, at: int, actor: Role, value: str | None = None) -> None:
            contact.happened.append(Happened(at, kind, actor, self.agent, value))

        add(EventKind.ASSIGNED, connected_at, Role.SYSTEM, "care")
        if moved_at:
            add(EventKind.TRANSFERRED, min(moved_at[0], ended_at), Role.AGENT)
        add(EventKind.REASON_SET, ended_at, Role.AGENT, contact.reason)
        if contact.rating is not None:
            add(EventKind.RATED, ended_at, Role.CUSTOMER, str(contact.rating))
        if contact.is_escalated:
            add(EventKind.ESCALATED, connected_at, Role.BOT)
        if contact.is_solved:
            add(EventKind.SOLVED, ended_at, Role.AGENT)
        add(EventKind.CLOSED, ended_at, Role.SYSTEM)
