"""Which of a model's entities to trust: what it marks out of habit is let go."""

import re
from collections.abc import Iterable, Iterator

from privacy.detection.spans import Reason, Span

Named = tuple[int, int, str]
"""Start, end, entity."""

RECOGNIZER = "EntityModel"
SCORE = 0.85
"""What a model's word is worth; the models give no score of their own."""

_LETTERS = re.compile(r"[^\W\d_]{2}")
_EXACT_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}(?:st|nd|rd|th)?\b.*[A-Z][a-z]{2}|[A-Z][a-z]{2,}\.? \d"
)
_AGE = re.compile(r"\bold\b|^\d{1,3}$")
_TRADE = frozenset(
    [
        "iban",
        "bic",
        "pin",
        "cvv",
        "cvc",
        "otp",
        "sms",
        "id",
        "eta",
        "faq",
        "vat",
        "pdf",
        "app",
        "url",
        "api",
        "usb",
        "wifi",
        "ok",
        "asap",
        "fyi",
        "hi",
        "hello",
        "hey",
        "thanks",
        "premium",
        "gold",
        "silver",
        "platinum",
        "standard",
        "basic",
        "bronze",
        "visa",
        "mastercard",
        "paypal",
        "card",
        "account",
        "order",
        "invoice",
        "mobile",
        "email",
        "e-mail",
        "phone",
        "address",
        "name",
        "website",
        "bot",
        "user",
        "agent",
        "customer",
    ]
)


def trusted(text: str, entities: Iterable[Named]) -> Iterator[Span]:
    """Give a model's entities without blanks at their ends and without what is no single person's.

    A date is kept when it names a year or a day of a month: ``yesterday`` and ``two weeks`` are in
    every complaint and point at nobody. Organisations are kept: a model often takes a street or an
    unusual name for one. Words of the trade that models take for names are not.
    """
    for first, last, entity in entities:
        value = text[first:last]
        start = first + len(value) - len(value.lstrip())
        value = value.strip()
        end = start + len(value)
        if entity == "DATE_TIME":
            if not _EXACT_DATE.search(value) or _AGE.search(value):
                continue
        elif not _LETTERS.search(value) or value.lower() in _TRADE:
            continue
        yield Span(start, end, entity, SCORE, RECOGNIZER, Reason.MODEL.value)
