"""A text with its truth, and which names of entities mean the same."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

PARTS = ("look", "score", "all")
"""Recognizers may be tuned on what is in `look`; `score` only ever gives the number to report."""

BUSINESS = frozenset({"ORDER_NUMBER", "CUSTOMER_NUMBER"})
"""What is marked on purpose and is nobody's personal data by itself."""

SAME: Mapping[str, str] = {
    "ADDRESS": "LOCATION",
    "BIRTHDAY": "DATE_TIME",
    "CITY": "LOCATION",
    "DATE": "DATE_TIME",
    "DATE_OF_BIRTH": "DATE_TIME",
    "DOMAIN": "URL",
    "DOMAIN_NAME": "URL",
    "FIRST_NAME": "PERSON",
    "GPE": "LOCATION",
    "LAST_NAME": "PERSON",
    "LOYALTY_CARD": "CUSTOMER_NUMBER",
    "NATIONALITY": "NRP",
    "ORG": "ORGANIZATION",
    "STREET_ADDRESS": "LOCATION",
    "TIME": "DATE_TIME",
}
"""As presidio-evaluator maps them, with our own names beside."""


class Mark(NamedTuple):
    """``text[start:end]`` is an entity."""

    start: int
    end: int
    entity: str


@dataclass(frozen=True, slots=True)
class Marked:
    """One text with its truth.

    Attributes:
        group: What decides its part: texts of one group never stand in both.
        blurred: Places where nobody can say whether they should be marked.
    """

    text: str
    language: str
    marks: tuple[Mark, ...]
    group: str
    blurred: tuple[Mark, ...] = ()

    @property
    def part(self) -> str:
        """Give the part it is in."""
        digest = hashlib.sha256(self.group.encode()).digest()
        return "look" if digest[0] % 2 == 0 else "score"


def kind_of(entity: str) -> str:
    """Give the one name for entities that mean the same."""
    return SAME.get(entity, entity)


def in_part(texts: Sequence[Marked], part: str) -> list[int]:
    """Give the positions of the texts of a part."""
    return [at for at, text in enumerate(texts) if part in ("all", text.part)]
