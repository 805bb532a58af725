"""One side and the other of a contact: keeps the time, the mood, and who is speaking."""

from random import Random

from pipelines.synthetic import countries, identifiers
from pipelines.synthetic.contacts import LETTERS, Contact, Happened, Said, agent_name
from pipelines.synthetic.people import MAIL_DOMAINS, ascii_of, person_of, written_phone
from pipelines.synthetic.phrases import REASONS, Template
from pipelines.synthetic.texts import Span, fill, in_haste
from privacy.records.canonical import Channel, EventKind, Role

_SOLVED_AT_ONCE = dict(zip(REASONS, (0.7, 0.84, 0.67, 0.7, 0.72, 0.78, 0.9, 0.5), strict=True))
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


class Talk:
    """A contact that is going on: what may be said next, and saying it."""

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
        self.is_hasty = contact.channel not in LETTERS and contact.channel is not Channel.PHONE
        self.name_staff()
        self.set_passing()

    def name_staff(self) -> None:
        """Put the names of who speaks for us, and of a colleague, into the slots."""
        colleague = (self.agent + 1 + int(self.rng.random() * (_TEAM_SIZE - 1))) % _TEAM_SIZE
        self.colleague = colleague
        self.slots["agent"] = (agent_name(self.person, self.agent), "PERSON")
        self.slots["colleague"] = (agent_name(self.person, colleague), "PERSON")

    def pick(self, key: str) -> Template:
        """Choose a sentence."""
        choices = self.sentences[key]
        return choices[int(self.rng.random() * len(choices))]

    def set_passing(self) -> None:
        """Choose what stands in the slots that differ from message to message."""
        rng, weekdays = self.rng, self.person.phrases.weekdays
        luck = int(rng.random() * 12 * 30)
        self.slots["days"] = (str(2 + luck % 12), None)
        self.slots["time"] = (f"{9 + luck // 36}:{('00', '15', '30')[luck % 3]}", None)
        self.slots["weekday"] = (weekdays[int(rng.random() * len(weekdays))], None)

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
        """Think of somebody: another customer, or a stranger to us."""
        rng, person = self.rng, self.person
        if person.number and rng.random() < 0.6:
            # The people before one are neighbours: they are mentioned, whoever they are to them.
            neighbour = person.number - 1 - int(rng.random() * min(person.number, 8))
            other = person_of(person.seed, person.zone, neighbour, person.languages)
            self.contact.mentioned = other
            self.slots["other_full"] = other.slots["full"]
            self.slots["other_email"] = other.slots["email"]
            self.slots["other_phone"] = other.slots["phone"]
            return
        phrases = person.phrases
        last = phrases.last[int(rng.random() * len(phrases.last))]
        if phrases.has_syllables:
            full = last + "".join(rng.sample(phrases.first, 2))
            local = f"friend{rng.randrange(10**6)}"
        else:
            first = phrases.first[int(rng.random() * len(phrases.first))]
            full = phrases.full_name(first, phrases.agreed(first, last))
            local = f"{ascii_of(first) or 'friend'}.{rng.randrange(10**4)}"
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

    def say(
        self,
        speaker: Role,
        templates: list[Template],
        *,
        wait: float = 0.0,
        is_bare: bool = False,
    ) -> Said:
        """Say sentences after a wait of so many seconds, some with a word before or after."""
        if speaker is not Role.BOT and not is_bare:
            templates = self.with_asides(speaker, templates)
        joiner = self.person.phrases.joiner
        self.set_passing()
        text, spans = fill(templates, self.slots, joiner)
        return self.put(speaker, text, spans, wait=wait)

    def with_asides(self, speaker: Role, templates: list[Template]) -> list[Template]:
        """Give sentences with what people put around them: no two say a thing alike."""
        rng = self.rng
        side = "customer" if speaker is Role.CUSTOMER else "agent"
        if rng.random() < 0.3:
            templates = [self.pick(f"asides.{side}_first"), *templates]
        if rng.random() < 0.45:
            templates = [*templates, self.pick(f"asides.{side}_last")]
        return templates

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
        self.pass_time(wait)
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

    def pass_time(self, seconds: float) -> None:
        """Let time pass; before the world's end less and less, so that no two things are at once."""
        left = self.end - 1 - self.now
        self.now += int(seconds) if seconds < left / 2 else max(1, left // 4)

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

    def hand_over(self, wait: float) -> None:
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
        self.name_staff()
        self.note(EventKind.TRANSFERRED, Role.AGENT, agent=self.agent)

    def rate(self, likelihood: float) -> None:
        """Let the customer rate it, so likely."""
        contact = self.contact
        if self.rng.random() > likelihood:
            return
        good = (5, 5, 4, 4, 3) if contact.count_handoffs or contact.is_repeated else (5, 5, 5, 4, 5)
        contact.rating = self.rng.choice(good if contact.is_solved else (1, 1, 2, 3, 2))
        self.pass_time(self.wait(40))
        self.note(EventKind.RATED, Role.CUSTOMER, str(contact.rating))

    def solve(self, actor: Role) -> None:
        """Solve it."""
        self.contact.is_solved = True
        self.mood = min(0.9, self.mood + 0.7)
        self.note(EventKind.SOLVED, actor, agent=self.agent if actor is Role.AGENT else None)
