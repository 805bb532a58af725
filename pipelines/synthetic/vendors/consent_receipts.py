"""Consent receipts after ISO/IEC TS 27560, one a line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from pipelines.synthetic.calendar import DAY_SECONDS, iso
from pipelines.synthetic.people import Person
from pipelines.synthetic.vendors import whatsapp
from pipelines.synthetic.vendors.wire import Delivery, line
from privacy.ids import ZoneId
from privacy.records.canonical import Channel, ConsentAction, Handle, HandleKind

_GIVEN, _REFUSED = ConsentAction.GIVEN, ConsentAction.REFUSED
_WITHDRAWN, _OBJECTED = ConsentAction.WITHDRAWN, ConsentAction.OBJECTED
_ASKED = (
    ("marketing", 0.55),
    ("personalisation", 0.6),
    ("analytics", 0.7),
    ("model_training", 0.25),
)
_ASKED_IN: Mapping[str, tuple[tuple[str, float], ...]] = {"cn": (("quality", 0.8),)}
"""What a zone asks besides: in China measuring service needs consent as well."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person said of some purposes, at once."""

    at: int
    answers: tuple[tuple[str, ConsentAction], ...]
    delivery: Delivery


def statements_of(
    person: Person, zone: ZoneId, rng: Random, begin: int, end: int
) -> Iterator[Statement]:
    """Yield what a person said of purposes: when they joined, and what they changed since."""
    if rng.random() < 0.78:
        at = begin - int(rng.random() * 200 * DAY_SECONDS) if rng.random() < 0.5 else None
        at = at if at is not None else begin + int(rng.random() * (end - begin) * 0.6)
        asked = [pair for pair in _ASKED if rng.random() < 0.85] or [_ASKED[0]]
        asked += _ASKED_IN.get(zone, ())
        answers = tuple(
            (purpose, _GIVEN if rng.random() < share else _REFUSED) for purpose, share in asked
        )
        yield _statement(
            person, rng, at, begin, 0, answers, "web_form" if rng.random() < 0.7 else "in_store"
        )
        given = [purpose for purpose, action in answers if action is _GIVEN]
        if given and rng.random() < 0.12:
            at = at + int((end - at) * (0.2 + 0.75 * rng.random()))
            purpose = given[int(rng.random() * len(given))]
            if purpose == "marketing" and Channel.WHATSAPP in person.channels:
                delivery = whatsapp.withdrawal(person, zone, max(at, begin))
                yield Statement(max(at, begin), ((purpose, _WITHDRAWN),), delivery)
            else:
                yield _statement(person, rng, at, begin, 1, ((purpose, _WITHDRAWN),), "web_form")
    if rng.random() < 0.04:
        at = begin + int(rng.random() * (end - begin))
        purpose = rng.choice(("quality", "analytics"))
        yield _statement(person, rng, at, begin, 2, ((purpose, _OBJECTED),), "e_mail")


def _statement(
    person: Person,
    rng: Random,
    at: int,
    begin: int,
    number: int,
    answers: tuple[tuple[str, ConsentAction], ...],
    method: str,
) -> Statement:
    principal: dict[str, str] = {}
    handles: list[Handle] = []

    def show(kind: HandleKind, value: str, namespace: str = "") -> None:
        principal[kind.value] = value
        handles.append(Handle(kind, value, namespace))

    # In the order the connector gives them: the first one owns the record.
    has_email = method != "in_store" or rng.random() < 0.5
    if has_email:
        show(HandleKind.EMAIL, person.email)
    if rng.random() < 0.4:
        show(HandleKind.PHONE, person.phone)
    if method == "in_store":
        show(HandleKind.LOYALTY_CARD, person.loyalty, "loyalty")
    payload = line(
        {
            "record_id": f"consent-{person.person_id}-{number}",
            "pii_principal": principal,
            "jurisdiction": person.country.code,
            "locale": f"{person.language}-{person.country.code}",
            "event_time": iso(at),
            "notice": {"version": f"2026-{rng.randint(1, 3)}", "language": person.language},
            "method": method,
            "evidence": f"form-{rng.getrandbits(48):012x}",
            "purposes": [
                {"purpose": purpose, "action": action.value} for purpose, action in answers
            ],
        }
    )
    # What was said before the world begins is delivered on its first day.
    delivery = Delivery("consent_receipts", max(at, begin), payload, tuple(handles))
    return Statement(at, answers, delivery)
