"""How a contact goes on each channel: letters, messenger, chat, call."""

from collections.abc import Callable

from pipelines.synthetic.contacts import LETTERS, Happened, Said
from pipelines.synthetic.phrases import REASONS, Template
from pipelines.synthetic.talk import Talk
from pipelines.synthetic.texts import fill, moved
from privacy.records.canonical import Channel, EventKind, Role

_SOLVED_BY_BOT = dict(zip(REASONS, (0.72, 0.74, 0.55, 0.38, 0.48, 0.62, 0.82, 0.1), strict=True))


class Script(Talk):
    """A contact that plays itself."""

    def play(self) -> None:
        """Play it to its end."""
        script: Callable[[], None]
        channel = self.contact.channel
        if channel is Channel.PHONE:
            script = self._call
        elif channel in LETTERS or channel is Channel.WHATSAPP:
            script = self._letters if channel in LETTERS else self._messenger
        else:
            script = self._chat
        script()
        self.contact.said.sort(key=lambda said: said.at)
        for place, said in enumerate(self.contact.said):
            said.place = place

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
            self.hand_over(wait)
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
        self.solve(Role.AGENT)
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
            self.solve(Role.AGENT)
        elif rng.random() < 0.12:
            self._letter(Role.CUSTOMER, [self.pick("satisfied")], wait=self.wait(2 * hour, 60))
        if is_ticket:
            self.rate(0.3)

    def _letter(self, speaker: Role, templates: list[Template], *, wait: float = 0.0) -> Said:
        """Write sentences in two paragraphs, under a greeting."""
        rng = self.rng
        joiner = self.person.phrases.joiner
        templates = self.with_asides(speaker, templates)
        self.set_passing()
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
                is_bare = not self.contact.said
                self.say(Role.CUSTOMER, [sentence], wait=4 + rng.random() * 25, is_bare=is_bare)
        wait = self.wait(40) if rng.random() < 0.4 else self.wait(420, 90)
        if rng.random() < 0.4:
            self.canned(wait=4)
        self.say(Role.AGENT, [self.pick("agent.greeting")], wait=wait)
        self._service(45, 60)
        if self.contact.is_solved and rng.random() < 0.2:
            self.say(Role.CUSTOMER, [self.pick("closings.chat")], wait=self.wait(30), is_bare=True)

    def _append(self, sentence: Template) -> None:
        """Add a sentence to the last message."""
        last = self.contact.said[-1]
        glue = self.person.phrases.glue
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
            self.hand_over(self.wait(pause * 2))
            self.say(Role.AGENT, [self.pick("agent.greeting")], wait=self.wait(pause * 2))
        self.say(Role.AGENT, [self.about("answers")], wait=self.wait(pause * 2))
        if rng.random() < 0.3:
            self.say(Role.CUSTOMER, [self.about("details")], wait=self.wait(answer))
        if not self.is_solvable():
            self.mood -= 0.3
            self.say(Role.CUSTOMER, [self.pick("impatient")], wait=self.wait(answer * 2))
            if rng.random() < 0.5:
                self.say(
                    Role.CUSTOMER, [self.pick("dissatisfied")], wait=self.wait(answer), is_bare=True
                )
            return
        if rng.random() < 0.28:
            self.canned(wait=self.wait(pause))
        self.say(Role.AGENT, [self.about("solutions")], wait=self.wait(pause * 2))
        self.solve(Role.AGENT)
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
                is_bare=True,
            )
            if is_easy:
                contact.is_self_service = True
                self.solve(Role.BOT)
                self.rate(0.25)
                self.now += 1
                self.note(EventKind.CLOSED, Role.SYSTEM)
                return
            self.mood -= 0.1
            contact.is_escalated = True
            self.note(EventKind.ESCALATED, Role.BOT)
            self.say(Role.BOT, [self.pick("bot.handover")], wait=1)
        wait = self.wait(35) if rng.random() < 0.8 else self.wait(240, 90)
        self.pass_time(wait * 0.8)
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
            self.solve(Role.AGENT)
        elif contact.is_solved and rng.random() < 0.6:
            self.say(Role.CUSTOMER, [self.pick("satisfied")], wait=self.wait(15), is_bare=True)
        self.rate(0.35)
        if contact.is_solved:
            self.now += 1
            self.note(EventKind.CLOSED, Role.SYSTEM)

    def _call(self) -> None:
        """A call: turns of seconds, spoken in turn."""
        rng, contact = self.rng, self.contact
        self.now += int(self.wait(35))
        connected_at = self.now
        self.say(Role.AGENT, [self.pick("call.opening")], is_bare=True)
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
            self.say(Role.CUSTOMER, [self.pick("satisfied")], is_bare=True)
        else:
            self.mood -= 0.3
            self.say(Role.CUSTOMER, [self.pick("dissatisfied")], is_bare=True)
        self.say(Role.AGENT, [self.pick("call.goodbye")], is_bare=True)
        self._time_turns(connected_at)
        if rng.random() < 0.25:
            contact.rating = rng.choice((5, 5, 4, 5, 3) if contact.is_solved else (1, 2, 2, 3))
        self._call_events(connected_at)

    def _time_turns(self, connected_at: int) -> None:
        """Give every turn its time: some 15 characters a second, with a breath between."""
        at = float(connected_at)
        pace = self.person.phrases.pace
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
