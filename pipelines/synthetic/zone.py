"""Makes one zone's people, one after another, each with the whole of their story."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from random import Random

from pipelines.synthetic import countries
from pipelines.synthetic.contacts import CHATS, Contact, Problem
from pipelines.synthetic.inbox import Fault, Inbox
from pipelines.synthetic.people import Person, person_of, random_of
from pipelines.synthetic.story import problems_of
from pipelines.synthetic.told import Thread, ToldProblem, contacts_of
from pipelines.synthetic.told import problems_of as told_problems
from pipelines.synthetic.truth import Truth
from pipelines.synthetic.vendors import consent_receipts, poslog, web_chat
from pipelines.synthetic.vendors.channels import deliveries_of
from pipelines.synthetic.vendors.consent_receipts import Statement
from pipelines.synthetic.vendors.wire import Delivery, Told
from privacy.ids import ZoneId
from privacy.records.canonical import Channel, EventKind, Handle, Role

TOLD_COUNTS = (
    "count_resolution_threads",
    "count_contacts",
    "count_messages",
    "count_finished",
    "count_solved",
    "count_solved_at_first_contact",
    "count_self_service",
    "count_repeated_explanation",
    "count_asked",
    "count_answered",
    "count_answered_fast",
    "count_escalations",
    "count_handoffs",
    "count_reopenings",
    "count_ratings",
    "sum_rating",
)
"""Counts of problems as they can be known; columns of `marts.resolution_kpis` have the same names."""

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
        languages: tuple[str, ...] = (),
    ) -> None:
        self.zone, self.seed, self.begin, self.end = zone, seed, begin, end
        self.truth, self.inbox = truth, inbox
        self.others = others
        self.languages = languages
        self.count_messages = 0
        self.sums: Counter[str] = Counter()
        self.told: Counter[str] = Counter()
        self.sum_handling_seconds = 0.0

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
        """Give what a retailer measures, as far as vendors tell it, by the words of docs/kpis.md.

        Everybody is counted, whatever they permit.
        """
        sums, told = self.sums, self.told

        def share(part: str, whole: str) -> float:
            return round(told[part] / max(1, told[whole]), 4)

        return {
            "count_people": sums["people"],
            "count_problems": sums["problems"],
            "share_people_on_several_channels": round(sums["several"] / max(1, sums["active"]), 4),
            "share_canned": round(sums["canned"] / max(1, sums["agent_messages"]), 4),
            "share_quoting": round(sums["quoting"] / max(1, sums["mails"]), 4),
            **{name: told[name] for name in TOLD_COUNTS},
            "count_orders": sums["orders"],
            "sum_handling_seconds": round(self.sum_handling_seconds, 2),
            "share_solved": share("count_solved", "count_finished"),
            "share_solved_at_first_contact": share(
                "count_solved_at_first_contact", "count_finished"
            ),
            "share_self_service": share("count_self_service", "count_finished"),
            "share_repeated_explanation": share("count_repeated_explanation", "count_asked"),
            "share_answered_fast": share("count_answered_fast", "count_asked"),
        }

    # --- people ----------------------------------------------------------------------------------

    def _person(self, number: int, wanted: int) -> None:
        person = person_of(self.seed, self.zone, number, self.languages)
        rng = random_of(self.seed, self.zone, number, "life")
        statements = list(
            consent_receipts.statements_of(person, self.zone, rng, self.begin, self.end)
        )
        for statement in statements:
            self._deliver(person, statement.delivery)
        purchases = list(poslog.purchases_of(person, rng, self.begin, self.end))
        for purchase in purchases:
            self._deliver(person, purchase.delivery)
        made: list[tuple[Contact, Problem, list[Delivery]]] = []
        for problem in problems_of(person, rng, self.begin, self.end):
            if self.count_messages >= wanted:
                break
            made += [(each, problem, self._contact(each, rng)) for each in problem.contacts]
            self._problem(problem)
        channels = {contact.channel for contact, _, _ in made}
        if any(purchase.delivery.handles for purchase in purchases):
            channels.add(Channel.STORE)
        self.sums["active"] += bool(channels)
        self.sums["several"] += len(channels) > 1
        self.truth.add(
            "people",
            *(self.zone, person.person_id, person.country.code, person.language),
            *(person.full, len(channels)),
        )
        clusters = {
            handle: f"{person.person_id}/{cluster}" for handle, cluster in person.clusters()
        }
        for handle, cluster in clusters.items():
            self.truth.add(
                "handles",
                *(self.zone, person.person_id, handle.kind.value, handle.value),
                *(handle.namespace, cluster),
            )
        self._statements(person, statements, clusters)
        self._purchases(person, purchases, clusters)
        self._contacts(made, clusters)
        self._told_problems(person, made, clusters)

    def _statements(
        self, person: Person, statements: Sequence[Statement], clusters: Mapping[Handle, str]
    ) -> None:
        for statement in statements:
            for purpose, action in statement.answers:
                self.truth.add(
                    "consents",
                    *(self.zone, person.person_id, purpose, action.value),
                    *(statement.delivery.source, clusters[statement.delivery.handles[0]]),
                    statement.at,
                )

    def _purchases(
        self, person: Person, purchases: Sequence[poslog.Purchase], clusters: Mapping[Handle, str]
    ) -> None:
        for purchase in purchases:
            handles = purchase.delivery.handles
            self.sums["orders"] += not purchase.is_return
            self.truth.add(
                "orders",
                *(self.zone, purchase.vendor_id, person.person_id, purchase.store),
                *(purchase.total, purchase.currency, purchase.count_lines, purchase.is_return),
                *(bool(handles), clusters[handles[0]] if handles else None, purchase.ordered_at),
            )

    def _deliver(self, person: Person, delivery: Delivery) -> None:
        if delivery.handles:
            person.see(*delivery.handles)
        self._faults(self.inbox.deliver(delivery))

    def _faults(self, faults: Sequence[Fault]) -> None:
        for fault in faults:
            self.truth.add("faults", self.zone, *fault)

    def _contact(self, contact: Contact, rng: Random) -> list[Delivery]:
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
        return deliveries

    def _contacts(
        self,
        made: Sequence[tuple[Contact, Problem, list[Delivery]]],
        clusters: Mapping[Handle, str],
    ) -> None:
        for contact, problem, (delivery, *_) in made:
            self.truth.add(
                "contacts",
                *(self.zone, contact.contact_id, problem.problem_id, contact.person.person_id),
                *(delivery.source, delivery.thread_vendor_id, contact.channel.value),
                *(contact.reason, contact.person.language, clusters[delivery.handles[0]]),
                *(len(contact.said), contact.count_handoffs),
                *(contact.rating, contact.first_answer_seconds(Role.AGENT, Role.BOT)),
                *(contact.first_answer_seconds(Role.AGENT), contact.handling_seconds),
                *(contact.is_solved, contact.is_self_service, contact.is_escalated),
                *(contact.is_reopened, contact.opened_at),
            )

    def _told_problems(
        self,
        person: Person,
        made: Sequence[tuple[Contact, Problem, list[Delivery]]],
        clusters: Mapping[Handle, str],
    ) -> None:
        """Note the problems as they can be known, and count them as the marts do."""
        threads: dict[tuple[str, str], Thread] = {}
        for contact, _, deliveries in made:
            for delivery in deliveries:
                source, vendor_id = delivery.source, delivery.thread_vendor_id
                thread = threads.setdefault(
                    (source, vendor_id),
                    Thread(source, vendor_id, clusters[delivery.handles[0]], contact.channel),
                )
                thread.told += delivery.told
                thread.happened += delivery.happened
        # A mail says nothing of a country, nor does a till; everything else does.
        known = {thread.cluster for thread in threads.values() if thread.source != "email"}
        countries = dict.fromkeys(known, person.country.code)
        for problem in told_problems(contacts_of(threads.values()), countries):
            self._told_problem(person, problem)

    def _told_problem(self, person: Person, problem: ToldProblem) -> None:
        contacts = problem.contacts
        count_messages = sum(len(contact.messages) for contact in contacts)
        escalations = sum(contact.count_escalations for contact in contacts)
        handoffs = sum(contact.count_handoffs for contact in contacts)
        handling = sum(contact.handling_seconds for contact in contacts)
        is_asked = any(contact.is_asked for contact in contacts)
        self.truth.add(
            "told_problems",
            *(self.zone, person.person_id, problem.cluster, problem.first.thread.channel.value),
            *(person.language, problem.country, problem.reason),
            sorted({contact.thread.channel.value for contact in contacts}),
            *(len(contacts), count_messages, escalations, handoffs, problem.count_reopenings),
            *(problem.rating, problem.first_answer_seconds, problem.first_agent_answer_seconds),
            *(handling, is_asked, problem.is_answered_fast, problem.is_finished),
            *(problem.last.is_solved, problem.is_solved_at_first_contact, problem.is_self_service),
            *(problem.is_repeated_explanation, problem.first.opened_at),
        )
        self.told.update(
            count_resolution_threads=1,
            count_contacts=len(contacts),
            count_messages=count_messages,
            count_finished=int(problem.is_finished),
            count_solved=int(problem.last.is_solved),
            count_solved_at_first_contact=int(problem.is_solved_at_first_contact),
            count_self_service=int(problem.is_self_service),
            count_repeated_explanation=int(problem.is_repeated_explanation),
            count_asked=int(is_asked),
            count_answered=int(problem.first_answer_seconds is not None),
            count_answered_fast=int(problem.is_answered_fast),
            count_escalations=escalations,
            count_handoffs=handoffs,
            count_reopenings=problem.count_reopenings,
            count_ratings=int(problem.rating is not None),
            sum_rating=problem.rating or 0,
        )
        self.sum_handling_seconds += handling

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
        self.sums["problems"] += 1

    # --- strays ----------------------------------------------------------------------------------

    def _stray(self, number: int) -> None:
        """Deliver a contact of another zone's person here, or one whose evidence contradicts."""
        rng = random_of(self.seed, self.zone, number, "stray")
        home = self.others[int(rng.random() * len(self.others))]
        # A person strays into a zone once, with a contact whose number they never reach at home.
        self.sums["strays"] += 1
        person = person_of(self.seed, home, self.sums["strays"], self.languages)
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
