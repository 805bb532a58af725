"""Tills: ARTS POSLog transactions. The web shop's orders come the same way, from a till of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from xml.sax.saxutils import escape

from pipelines.synthetic.calendar import DAY_SECONDS, day_of, iso_local, offset_seconds
from pipelines.synthetic.people import Person
from pipelines.synthetic.vendors.wire import Delivery
from privacy.records.canonical import Handle, HandleKind

HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n<POSLog xmlns="http://www.nrf-arts.org/IXRetail/namespace/">\n'
TAIL = b"</POSLog>\n"


@dataclass(frozen=True, slots=True)
class Purchase:
    """One order, as the truth has it."""

    vendor_id: str
    store: str
    total: str
    currency: str
    count_lines: int
    is_return: bool
    ordered_at: int
    delivery: Delivery


def purchases_of(person: Person, rng: Random, begin: int, end: int) -> Iterator[Purchase]:
    """Yield what a person bought or brought back in a window of time."""
    count = int(rng.random() * 2.6)
    days = max(1, (end - begin) // DAY_SECONDS)
    for i in range(count):
        day = begin // DAY_SECONDS + int(rng.random() * days)
        offset = offset_seconds(person.country.time_zone, day)
        at = day * DAY_SECONDS + int((9 + rng.random() * 11) * 3600) - offset
        at = max(begin, min(at, end - 60))
        is_online = rng.random() < 0.4
        yield _purchase(person, rng, at, offset, i, is_online=is_online)


def _purchase(
    person: Person, rng: Random, at: int, offset: int, position: int, *, is_online: bool
) -> Purchase:
    country = person.country
    is_return = not is_online and rng.random() < 0.07
    store = f"{country.code}-{'WEB' if is_online else rng.randint(1, 60)}"
    workstation = rng.randint(1, 9)
    sequence = person.number * 10 + position + 1
    day = day_of((at + offset) // DAY_SECONDS).isoformat()
    count_lines = 1 + int(rng.random() * 4)
    prices = [rng.randint(199, 19_999) for _ in range(count_lines)]
    cents = -sum(prices) if is_return else sum(prices)
    total = f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"
    kind = "Return" if is_return else "Sale"
    products = person.phrases.products
    lines = "".join(
        f'<LineItem><SequenceNumber>{n + 1}</SequenceNumber><{kind} ItemType="Stock">'
        f"<ItemID>{rng.randrange(10**8):08d}</ItemID>"
        f"<Description>{escape(products[int(rng.random() * len(products))])}</Description>"
        f"<ExtendedAmount>{price // 100}.{price % 100:02d}</ExtendedAmount></{kind}></LineItem>"
        for n, price in enumerate(prices)
    )
    customer, handles = _customer(person, rng, is_online=is_online)
    payload = (
        f"<Transaction><RetailStoreID>{store}</RetailStoreID>"
        f"<WorkstationID>{workstation}</WorkstationID><SequenceNumber>{sequence}</SequenceNumber>"
        f"<BusinessDayDate>{day}</BusinessDayDate>"
        f"<EndDateTime>{iso_local(at, offset)}</EndDateTime>"
        f"<CurrencyCode>{country.currency}</CurrencyCode>"
        f"<RetailTransaction>{lines}{customer}"
        f'<Total TotalType="TransactionGrandAmount">{total}</Total>'
        f"</RetailTransaction></Transaction>\n"
    ).encode()
    vendor_id = f"{store}:{workstation}:{sequence}:{day}"
    delivery = Delivery("poslog", at, payload, handles, vendor_id)
    return Purchase(vendor_id, store, total, country.currency, count_lines, is_return, at, delivery)


def _customer(person: Person, rng: Random, *, is_online: bool) -> tuple[str, tuple[Handle, ...]]:
    """Give the customer element: a shopper without a card stays nameless."""
    if is_online:
        number, email = person.customer_number, person.email
        handles = (
            Handle(HandleKind.CUSTOMER_NUMBER, number, "customer"),
            Handle(HandleKind.EMAIL, email),
        )
        return (
            f"<Customer><CustomerID>{number}</CustomerID><Name>{escape(person.full)}</Name>"
            f"<eMail>{email}</eMail></Customer>",
            handles,
        )
    if rng.random() < 0.3:
        return "", ()
    card = f"<LoyaltyAccount><LoyaltyID>{person.loyalty}</LoyaltyID></LoyaltyAccount>"
    return card, (Handle(HandleKind.LOYALTY_CARD, person.loyalty, "loyalty"),)
