"""Says what kind of name a model's find is, where lists of names and places know better.

A model that has never met a family name takes it for a firm or a town; it also joins what stands in
two lines, or on both sides of a colon.
"""

import re
from collections.abc import Iterator, Sequence

from privacy.detection.lexicons.lexicon import (
    CITY,
    FAMILY,
    GIVEN,
    LARGE_CITY,
    RARE_FAMILY,
    RARE_GIVEN,
    REGION,
    Lexicon,
)
from privacy.detection.lexicons.plain import plain
from privacy.detection.recognizers.letters import UPPER
from privacy.detection.spans import Span

_SORTED = frozenset(["PERSON", "LOCATION", "ORGANIZATION", "NRP"])
_BORDER = re.compile(r"\s*[\n\r\t:;\"“”«»|<>/]+[\s\"“”«»|<>/]*")
_DASH = re.compile(r"[ ,.]*[ ][-–—][ ]")
_TITLE = re.compile(
    r"(?:(?:dr|dra|dott|dottssa|dott\.ssa|dott\.?ssa|avv|sig|sig\.ra|sigra|ing|geom|rag|prof|mr|mrs|ms|mevr|mw|dhr|drs|sr|sra|srta|d|dña|m|mme|me|rechtsanwalt|rechtsanwältin)\.?[ ])+(?=[^\W\d_]{2})",
    re.I,
)
_OWNED = re.compile(r"['’]s\b")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_EXCLAMATION = re.compile(r"(.)\1\1|^(?:[ahjeu]*(?:ha|ah|ja|je|he)){2,}[a-z]{0,2}$")
_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "herr",
        "frau",
        "hr",
        "mme",
        "mlle",
        "sr",
        "sra",
        "sig",
    ]
)
_INSTITUTIONS = frozenset(
    [
        "azienda", "chu", "chru", "clinica", "clinique", "corte", "cour", "fondazione", "fondation", "fundacion",
        "gerechtshof", "gericht", "hospital", "hopital", "klinik", "krankenhaus", "ospedale", "policlinico", "procura",
        "rechtbank", "stichting", "tribunal", "tribunale", "universidad", "universidade", "universita", "universitat",
        "universite", "universiteit", "university", "ziekenhuis",
    ]
)  # fmt: skip
"""What begins an institution's name, where a model may see the town in it only."""
_KNOWN_NAME = GIVEN | FAMILY | RARE_GIVEN | RARE_FAMILY
_COMPANION = re.compile(
    rf"(?:,[ ]|,?[ ](?:and|und|et|y|e|en|i|&|or|oder|ou|o|of)[ ])([{UPPER}][^\W\d_]+(?:-[{UPPER}][^\W\d_]+)?)(?![\w'’-]|[ ][{UPPER}])"
)


class Sorting:
    """Sorts finds by the names and places of all languages.

    Args:
        lexicon: Of the text's language.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def sort(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """Give finds cut where names are never joined, each called what it is."""
        for span in found:
            if span.entity not in _SORTED:
                yield span
                continue
            borders = [(span.start, span.end)]
            if span.entity == "PERSON":
                borders = [_named(text, span.start, span.end)]
            for start, end in (cut for one in borders for cut in _cut(text, *one)):
                part = span._replace(start=start, end=end)
                entity = self._entity(text[start:end], part.entity)
                if entity:
                    yield part._replace(entity=entity)

    def companions(self, text: str, found: Sequence[Span]) -> Iterator[Span]:
        """Find who is named beside a person: ``Marrero and Murphy``, ``Brabec, Doyle and White``."""
        for span in found:
            end = span.end
            while span.entity == "PERSON" and (match := _COMPANION.match(text, end)):
                key = plain(match[1])
                bits = self._lexicon.name_bits(key)
                if not bits & (GIVEN | FAMILY) or self._lexicon.place_bits(key) & (
                    REGION | LARGE_CITY
                ):
                    break
                if self._lexicon.has_word(key) and self._lexicon.language == "de":
                    break
                yield span._replace(start=match.start(1), end=match.end(1))
                end = match.end(1)

    def _entity(self, value: str, entity: str) -> str:
        """Give what a find is, empty if nothing."""
        words = [plain(one) for one in _WORD.findall(value)]
        if entity == "PERSON" and (
            not any(len(one) > 1 for one in words) or all(one in _TITLES for one in words)
        ):
            return ""
        if len(words) == 1 and _EXCLAMATION.search(words[0]):
            return ""
        if entity == "LOCATION" and (words[0] in _INSTITUTIONS or words[-1].endswith("mc")):
            return "ORGANIZATION"
        place = self._lexicon.place_bits(plain(value))
        bits = [self._lexicon.name_bits(one) for one in words if len(one) > 1]
        if entity == "PERSON":
            is_town = place & (REGION | CITY | LARGE_CITY) and not any(
                one & (GIVEN | FAMILY) for one in bits
            )
            return "LOCATION" if is_town else entity
        if not bits or not all(one & _KNOWN_NAME for one in bits) or len(bits) > 3:
            return entity
        if any(self._lexicon.has_word(one) for one in words):
            return entity
        if len(bits) == 1:
            return entity if place or not bits[0] & (GIVEN | FAMILY | RARE_FAMILY) else "PERSON"
        return "PERSON" if bits[0] & (GIVEN | RARE_GIVEN) and not place else entity


def _named(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out the title before a person's name, and what stands after a dash."""
    if title := _TITLE.match(text, start, end):
        start = title.end()
    dash = _DASH.search(text, start + 2, end)
    return start, dash.start() if dash else end


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut at line ends, quotes and colons, and leave out what follows a possessive."""
    at = start
    for border in (*_BORDER.finditer(text, start, end), None):
        last = border.start() if border else end
        owned = _OWNED.search(text, at, last)
        last = owned.start() if owned else last
        if at < last:
            yield at, last
        if border:
            at = border.end()
