"""The sentences and names of a language, read from ``languages/<tag>.yaml`` and made ready to fill.

A new language is a new file. What a file must hold is described in ``docs/synthetic-world.md``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from privacy.errors import ConfigurationError

FOLDER = Path(__file__).parent / "languages"

Template = tuple[tuple[str, str | None], ...]
"""A sentence in pieces: literal text, then the slot that follows it, if one does."""

REASONS = (
    "delivery",
    "return",
    "refund",
    "damaged",
    "billing",
    "account",
    "product_question",
    "complaint",
)
PARTS = ("subjects", "statements", "details", "answers", "solutions", "bot")
_SLOT = re.compile(r"\{(\w+)\}")


def compiled(sentence: str) -> Template:
    """Split a sentence at its ``{slots}``."""
    pieces: list[tuple[str, str | None]] = []
    position = 0
    for match in _SLOT.finditer(sentence):
        pieces.append((sentence[position : match.start()], match[1]))
        position = match.end()
    if position < len(sentence) or not pieces:
        pieces.append((sentence[position:], None))
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language.

    Attributes:
        sentences: Templates by a dotted key: ``greetings.chat``, ``reasons.refund.statements``.
        first: Given names, or their syllables.
        last: Family names.
        feminine: Ending of a family name, and the one a woman's has for it.
        women: Given names of women, where family names have such endings.
        is_family_first: The family name stands first, and nothing between the two.
        has_syllables: A given name is one or two of `first`.
        has_doubles: Some given and family names are two, with a hyphen.
        joiner: What stands between sentences.
        glue: What stands between two messages sent as one.
        pace: Characters spoken in a second.
        canned: Fixed answers without slots, as written.
    """

    tag: str
    sentences: Mapping[str, tuple[Template, ...]]
    first: tuple[str, ...]
    last: tuple[str, ...]
    feminine: tuple[tuple[str, str], ...]
    women: frozenset[str]
    is_family_first: bool
    has_syllables: bool
    has_doubles: bool
    joiner: str
    glue: str
    pace: float
    streets: tuple[str, ...]
    products: tuple[str, ...]
    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    months: tuple[str, ...]
    date: str
    quote_header: Template
    canned: tuple[str, ...]

    def full_name(self, first: str, last: str) -> str:
        """Write given and family name together."""
        return f"{last}{first}" if self.is_family_first else f"{first} {last}"

    def agreed(self, first: str, last: str) -> str:
        """Give the family name in the form that goes with a given name."""
        if first in self.women:
            for ending, feminine in self.feminine:
                if last.endswith(ending):
                    return last.removesuffix(ending) + feminine
        return last

    def on(self, year: int, month: int, day: int) -> str:
        """Write a date the way the language does."""
        return self.date.format_map(date_slots(self, year, month, day))


def date_slots(phrases: Phrases, year: int, month: int, day: int) -> dict[str, str]:
    """Give the slots of a written date."""
    name = phrases.months[month - 1]
    return {
        "y": str(year),
        "buddhist": str(year + 543),
        "m": str(month),
        "mm": f"{month:02d}",
        "d": str(day),
        "dd": f"{day:02d}",
        "month": name,
        "month3": name[:3],
    }


@cache
def phrases_of(tag: str) -> Phrases:
    """Read a language.

    Raises:
        ConfigurationError: There is no file of it, or a key is missing in it.
    """
    path = FOLDER / f"{tag}.yaml"
    try:
        with path.open(encoding="utf-8") as stream:
            given = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    except FileNotFoundError:
        raise ConfigurationError(
            f"no sentences of language {tag}: {path.name} is missing"
        ) from None
    try:
        return _phrases(tag, given)
    except KeyError as missing:
        raise ConfigurationError(f"{path.name} has no key {missing}") from None


def languages() -> tuple[str, ...]:
    """Give the languages there are files of."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))


def _phrases(tag: str, given: Mapping[str, Any]) -> Phrases:
    names = given["names"]
    sentences = {
        f"{group}.{key}": tuple(map(compiled, given[group][key]))
        for group in ("greetings", "closings", "share", "agent", "bot", "call", "asides")
        for key in given[group]
    }
    for key in (
        "signatures",
        "identify",
        "repeat",
        "impatient",
        "reopen",
        "satisfied",
        "dissatisfied",
    ):
        sentences[key] = tuple(map(compiled, given[key]))
    for reason in REASONS:
        for part in PARTS:
            sentences[f"reasons.{reason}.{part}"] = tuple(
                map(compiled, given["reasons"][reason][part])
            )
    heads, tails = names.get("last_heads", "").split(), names.get("last_tails", "").split()
    built = [head + tail for head in heads for tail in tails]
    women = tuple(names.get("first_women", "").split())
    is_family_first = bool(names.get("is_family_first", False))
    return Phrases(
        tag=tag,
        sentences=sentences,
        first=(*names["first"].split(), *women),
        # Listed names are common ones: each counts as much as several built ones.
        last=(*(name.replace("_", " ") for name in names["last"].split() * 8), *built),
        feminine=tuple((ending, other) for ending, other in names.get("feminine", {}).items()),
        women=frozenset(women),
        is_family_first=is_family_first,
        has_syllables=bool(names.get("has_syllables", False)),
        has_doubles=bool(names.get("has_doubles", not is_family_first)),
        joiner=given.get("joiner", " "),
        glue=given.get("glue", " "),
        pace=float(given.get("pace", 15.0)),
        streets=tuple(
            form.replace("{name}", street)
            for street in given["streets"].split()
            for form in given["street_forms"]
        ),
        products=tuple(given["products"]),
        weekdays=tuple(given["weekdays"]),
        weekdays_short=tuple(given["weekdays_short"]),
        months=tuple(given["months"]),
        date=given["date"],
        quote_header=compiled(given["quote_header"]),
        canned=tuple(given["canned"]),
    )
