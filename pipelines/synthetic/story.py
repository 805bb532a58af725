"""What happens to a person: their problems, and the contacts each takes."""

from collections.abc import Iterator
from random import Random

from pipelines.synthetic.calendar import DAY_SECONDS, day_of, offset_seconds
from pipelines.synthetic.contacts import Contact, Problem
from pipelines.synthetic.people import Person, written_phone
from pipelines.synthetic.phrases import REASONS
from pipelines.synthetic.scripts import Script
from privacy.records.canonical import Channel

_WEIGHTS = (24, 16, 14, 11, 11, 9, 10, 5)


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
        Script(contact, slots, rng, end).play()
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
    if not country.has_cents:
        amount = f"{amount.partition('.')[0]}00"
    if country.is_decimal_comma:
        amount = amount.replace(".", ",")
    slots = dict(person.slots)
    slots["order"] = (f"{country.code}{rng.randrange(10**8):08d}", "ORDER_NUMBER")
    slots["product"] = (phrases.products[int(rng.random() * len(phrases.products))], None)
    slots["amount"] = (country.money.format(amount), None)
    slots["date"] = (phrases.on(bought.year, bought.month, bought.day), None)
    slots["phone"] = (written_phone(country, person.national_phone, rng), "PHONE_NUMBER")
    return slots
