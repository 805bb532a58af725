"""Makes one zone's people, one after another, each with the whole of their story."""

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

from pipelines.synthetic import countries
from pipelines.synthetic.contacts import CHATS, Contact, Problem
from pipelines.synthetic.inbox import Fault, Inbox
from pipelines.synthetic.people import Person, person_of, random_of
from pipelines.synthetic.story import problems_of
from pipelines.synthetic.truth import Truth
from pipelines.synthetic.vendors import consent_receipts, poslog, web_chat
from pipelines.synthetic.vendors.channels import deliveries_of
from pipelines.synthetic.vendors.wire import Delivery, Told
from privacy.ids import ZoneId
from privacy.records.canonical import Channel, EventKind, Role

_STRAY_EVERY_PEOPLE = 14
_CONFLICTING_EVERY_STRAYS = 4


class ZoneMaker:
    """Makes one zone's people and their stories."""

    def __init__(
        self,
        zone: ZoneId,
        seed: int,
        begin: int,
        end: int,
        truth: Truth,
        inbox: Inbox,
        others: Sequence[ZoneId],
    ) -> None:
        self.zone, self.seed, self.begin, self.end = zone, seed, begin, end
        self.truth, self.inbox = truth, inbox
        self.others = others
        self.count_messages = 0
        self.sums: Counter[str] = Counter()

    def make(self, wanted: int, progress: Callable[[int], object]) -> None:
        """Make people until so many messages are there."""
        number = 0
        until_stray = 5
        told = 0
        while self.count_messages < wanted:
            self._person(number, wanted)
            number += 1
            until_stray -= 1
            if self.others and until_stray <= 0:
                self._stray(number)
                until_stray = _STRAY_EVERY_PEOPLE
            if self.count_messages - told >= 1000:
                told = self.count_messages
                progress(told)
        self.sums["people"] = number
        progress(self.count_messages)

    @property
    def items(self) -> dict[str, dict[str, int]]:
        """Give the count of items by source and outcome."""
        by_source: dict[str, dict[str, int]] = {}
        for (source, outcome), count in sorted(self.inbox.counts.items()):
            by_source.setdefault(source, {})[outcome] = count
        return by_source

    @property
    def kpis(self) -> dict[str, float]:
        """Give what a retailer measures, as it truly went."""
        sums = self.sums
        problems, solved = max(1, sums["problems"]), max(1, sums["solved"])
        return {
            "count_people": sums["people"],
            "count_problems": sums["problems"],
            "count_contacts": sums["contacts"],
            "count_messages": self.count_messages,
            "share_people_on_several_channels": round(sums["several"] / max(1, sums["active"]), 4),
            "share_solved": round(sums["solved"] / problems, 4),
            "share_solved_at_first_contact": round(sums["solved_at_first"] / solved, 4),
            "share_self_service": round(sums["self_service"] / solved, 4),
            "share_repeated_explanation": round(sums["repeated"] / problems, 4),
            "share_answered_fast": round(sums["fast"] / problems, 4),
            "share_canned": round(sums["canned"] / max(1, sums["agent_messages"]), 4),
            "share_quoting": round(sums["quoting"] / max(1, sums["mails"]), 4),
            "count_escalations": sums["escalations"],
            "count_handoffs": sums["handoffs"],
            "count_reopenings": sums["reopenings"],
            "count_ratings": sums["ratings"],
            "sum_rating": sums["sum_rating"],
        }

    # --- people ----------------------------------------------------------------------------------

    def _person(self, number: int, wanted: int) -> None:
        person = person_of(self.seed, self.zone, number)
        rng = random_of(self.seed, self.zone, number, "life")
        channels: set[Channel] = set()
        for statement in consent_receipts.statements_of(
            person, self.zone, rng, self.begin, self.end
        ):
            self._deliver(person, statement.delivery)
            for purpose, action in statement.answers:
                self.truth.add(
                    "consents",
                    *(self.zone, person.person_id, purpose, action.value),
                    *(statement.delivery.source, statement.at),
                )
        for purchase in poslog.purchases_of(person, rng, self.begin, self.end):
            self._deliver(person, purchase.delivery)
            if purchase.delivery.handles:
                channels.add(Channel.STORE)
            self.truth.add(
                "orders",
                *(self.zone, purchase.vendor_id, person.person_id, purchase.store),
                *(purchase.total, purchase.currency, purchase.count_lines, purchase.is_return),
                *(bool(purchase.delivery.handles), purchase.ordered_at),
            )
        for problem in problems_of(person, rng, self.begin, self.end):
            if self.count_messages >= wanted:
                break
            for contact in problem.contacts:
                channels.add(contact.channel)
                self._contact(contact, problem, rng)
            self._problem(problem)
        self.sums["active"] += bool(channels)
        self.sums["several"] += len(channels) > 1
        self.truth.add(
            "people",
            *(self.zone, person.person_id, person.country.code, person.language),
            *(person.full, len(channels)),
        )
        for handle, cluster in person.clusters():
            self.truth.add(
                "handles",
                *(self.zone, person.person_id, handle.kind.value, handle.value),
                *(handle.namespace, f"{person.person_id}/{cluster}"),
            )

    def _deliver(self, person: Person, delivery: Delivery) -> None:
        if delivery.handles:
            person.see(*delivery.handles)
        self._faults(self.inbox.deliver(delivery))

    def _faults(self, faults: Sequence[Fault]) -> None:
        for fault in faults:
            self.truth.add("faults", self.zone, *fault)

    def _contact(self, contact: Contact, problem: Problem, rng: Random) -> None:
        deliveries = deliveries_of(contact, self.zone, rng)
        for delivery in deliveries:
            self._deliver(contact.person, delivery)
            self._told(delivery, contact, self.zone)
            for happened in delivery.happened:
                if happened.kind is not EventKind.STATUS_CHANGED:
                    self.truth.add(
                        "events",
                        *(self.zone, delivery.source, delivery.thread_vendor_id),
                        *(happened.kind.value, happened.value, happened.actor.value, happened.at),
                    )
        self.truth.add(
            "contacts",
            *(self.zone, contact.contact_id, problem.problem_id, contact.person.person_id),
            *(deliveries[0].source, deliveries[0].thread_vendor_id, contact.channel.value),
            *(contact.reason, contact.person.language, len(contact.said), contact.count_handoffs),
            *(contact.rating, contact.first_answer_seconds(Role.AGENT, Role.BOT)),
            *(contact.first_answer_seconds(Role.AGENT), contact.handling_seconds),
            *(contact.is_solved, contact.is_self_service, contact.is_escalated),
            *(contact.is_reopened, contact.opened_at),
        )

    def _told(self, delivery: Delivery, contact: Contact, home: ZoneId) -> None:
        person, sums = contact.person, self.sums
        for told in delivery.told:
            said = told.said
            self.count_messages += 1
            sums["mails"] += delivery.source == "email"
            sums["quoting"] += told.has_quote
            sums["agent_messages"] += said.speaker is Role.AGENT
            sums["canned"] += said.is_canned
            self.truth.add(
                "messages",
                *(home, self.zone, delivery.source, told.vendor_id, delivery.thread_vendor_id),
                *(contact.contact_id, person.person_id, contact.channel.value),
                *(told.speaker.value, person.language, told.text, told.spans),
                *(said.is_canned, told.has_quote, said.at),
            )
            if contact.mentioned is not None:
                self._mentions(delivery, told, contact.mentioned, person, home)

    def _mentions(
        self, delivery: Delivery, told: Told, other: Person, person: Person, home: ZoneId
    ) -> None:
        """Note where another customer's name or handle stands in a message."""
        theirs = {other.slots[slot][0].casefold() for slot in ("full", "email", "phone")}
        for start, end, entity in told.spans:
            if told.text[start:end].casefold() in theirs:
                self.truth.add(
                    "mentions",
                    *(home, delivery.source, told.vendor_id, person.person_id),
                    *(other.person_id, start, end, entity),
                )

    def _problem(self, problem: Problem) -> None:
        contacts = problem.contacts
        first, last = contacts[0], contacts[-1]
        reopenings = sum(contact.is_reopened for contact in contacts)
        escalations = sum(contact.is_escalated for contact in contacts)
        handoffs = sum(contact.count_handoffs for contact in contacts)
        rating = next((c.rating for c in reversed(contacts) if c.rating is not None), None)
        answer = first.first_answer_seconds(Role.AGENT, Role.BOT)
        is_at_first = last.is_solved and len(contacts) == 1 and not reopenings
        is_self_service = last.is_solved and last.is_self_service and len(contacts) == 1
        self.truth.add(
            "problems",
            *(self.zone, problem.problem_id, problem.person.person_id, problem.reason),
            *(problem.person.language, problem.person.country.code),
            sorted({contact.channel.value for contact in contacts}),
            *(len(contacts), escalations, handoffs, reopenings, rating, answer),
            next(
                (a for c in contacts if (a := c.first_answer_seconds(Role.AGENT)) is not None), None
            ),
            sum(contact.handling_seconds for contact in contacts),
            *(last.is_solved, is_at_first, is_self_service, len(contacts) > 1),
            problem.opened_at,
        )
        self.sums.update(
            problems=1,
            contacts=len(contacts),
            solved=int(last.is_solved),
            solved_at_first=int(is_at_first),
            self_service=int(is_self_service),
            repeated=int(len(contacts) > 1),
            fast=int(answer is not None and answer <= 90),
            escalations=escalations,
            handoffs=handoffs,
            reopenings=reopenings,
            ratings=int(rating is not None),
            sum_rating=rating or 0,
        )

    # --- strays ----------------------------------------------------------------------------------

    def _stray(self, number: int) -> None:
        """Deliver a contact of another zone's person here, or one whose evidence contradicts."""
        rng = random_of(self.seed, self.zone, number, "stray")
        home = self.others[int(rng.random() * len(self.others))]
        # A person strays into a zone once, with a contact whose number they never reach at home.
        self.sums["strays"] += 1
        person = person_of(self.seed, home, self.sums["strays"])
        problem = next(problems_of(person, rng, self.begin, self.end))
        contact = problem.contacts[0]
        contact.number = person.number * 100 + 50 + countries.ZONES.index(self.zone)
        is_conflicting = self.sums["strays"] % _CONFLICTING_EVERY_STRAYS == 0
        if is_conflicting or contact.channel in CHATS:
            contact.channel = Channel.WEB_CHAT
        elif contact.channel is not Channel.PHONE:
            contact.channel = Channel.WHATSAPP
        outcome = "conflicting" if is_conflicting else "stray"
        if is_conflicting:
            found = self._conflicting(contact, rng)
        else:
            found = deliveries_of(contact, self.zone, rng)
        for delivery in found:
            self._faults(self.inbox.deliver(delivery, outcome))
            if not is_conflicting:
                self._told(delivery, contact, home)

    def _conflicting(self, contact: Contact, rng: Random) -> list[Delivery]:
        """Write a chat that says it is from here with somebody whose number is not."""
        ours = countries.of_zone(self.zone)[0].code
        contact.channel = Channel.SMS
        return web_chat.deliveries(contact, rng, country=ours)
