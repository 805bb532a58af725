"""From a token classifier's labels to spans of whole names."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from privacy.detection.recognizers.letters import UPPER
from privacy.detection.spans import Reason, Span

RECOGNIZER = "TokenClassifier"

_ENTITY_OF_LABEL: Mapping[str, str] = {
    **dict.fromkeys(
        [
            "per",
            "person",
            "prs",
            "persname",
            "givenname",
            "given",
            "firstname",
            "middlename",
            "lastname",
            "surname",
            "familyname",
            "name",
            "fullname",
        ],
        "PERSON",
    ),
    **dict.fromkeys(
        [
            "loc",
            "gpe",
            "location",
            "city",
            "state",
            "county",
            "country",
            "town",
            "region",
            "placename",
            "geogname",
            "fac",
        ],
        "LOCATION",
    ),
    **dict.fromkeys(
        [
            "street",
            "streetname",
            "streetaddress",
            "address",
            "buildingnumber",
            "buildingnum",
            "secondaryaddress",
            "secaddress",
        ],
        "STREET_ADDRESS",
    ),
    **dict.fromkeys(["zipcode", "zip", "postcode", "postalcode"], "ZIP_CODE"),
    **dict.fromkeys(
        ["org", "organization", "organisation", "orgname", "company", "companyname"], "ORGANIZATION"
    ),
    **dict.fromkeys(["norp", "nrp"], "NRP"),
}
"""A label without its prefix and in small letters. Numbers are left to patterns and checksums."""

_PREFIX = re.compile(r"^[BIESLU]-")

_BEST = 0.89
"""The score of a find all of whose words are certain: less than a checksum's."""
SURE = 0.5
"""A word is named from this share of probability on, all entities together."""
_HALF_SURE = 0.2
"""So is one with this share beside a word that is."""
_PARTICLE = (
    r"(?:de|da|do|dos|das|del|della|di|du|d|le|la|los|van|von|der|den|het|ter|ten|te|zu|zum|zur|af|av"
    r"|bin|ibn|al|el|y|e|o|st)"
)
_BRIDGES: Mapping[str, re.Pattern[str]] = {
    "PERSON": re.compile(
        rf"(?:[ \t]{{1,2}}|[-‐’'])?(?:{_PARTICLE}[ ’'.-]{{1,2}}){{0,3}}|\.[ -]?", re.I
    ),
    "STREET_ADDRESS": re.compile(r"[ \t,./-]{0,3}|(?:[ ,]{1,2}(?:n[r°º]?\.?|no\.?|apt\.?)[ ]?)"),
    "LOCATION": re.compile(rf"[ \t-]?(?:{_PARTICLE}[ ’'-])?|\. "),
}
"""By entity, what may stand between two words of one name."""
_BRIDGE = re.compile(r"[ \t-]?")
_HAS_LETTERS = re.compile(r"[^\W\d_]{2}|[^\W\d_\x00-\u02ff]")
_REST_OF_WORD = re.compile(rf"[^\W_]*(?:[-’'][{UPPER}][^\W_]+)*")
_LETTERS_BACK = re.compile(rf"(?:[{UPPER}][^\W_]+[-’'])*[^\W_]*\Z")


class Word(NamedTuple):
    """A word of a text with what a model makes of it.

    Attributes:
        start: Its first character.
        end: One past its last.
        entity: Its likeliest entity.
        share: Probability of that entity.
        named: Probability that it is part of any.
    """

    start: int
    end: int
    entity: str
    share: float
    named: float


def columns_of(labels: Sequence[str]) -> tuple[list[str], Any]:
    """Give the entities among a model's labels, and the matrix that adds labels up to entities."""
    known = [_ENTITY_OF_LABEL.get(_plain(label), "") for label in labels]
    entities = sorted(set(known) - {""})
    matrix = np.zeros((len(labels), len(entities)), np.float32)
    for row, entity in enumerate(known):
        if entity:
            matrix[row, entities.index(entity)] = 1
    return entities, matrix


def _plain(label: str) -> str:
    return _PREFIX.sub("", label).replace("_", "").replace("-", "").replace(" ", "").lower()


def joined(text: str, words: Sequence[Word]) -> list[Span]:
    """Join words of one entity to spans of whole names.

    Joined across blanks, hyphens, an initial's full stop, and what else stands in such a name; a
    name begins and ends where a word of the text does.
    """
    runs: list[list[Word]] = []
    for word in _named(words):
        if runs and _is_one_name(text, runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [span for run in runs if (span := _span(text, run)) is not None]


def _named(words: Sequence[Word]) -> list[Word]:
    """Give the words that are part of a name: the sure ones and the half-sure ones beside them.

    What may be a person is given half-sure as well; its score says so, and lists can decide.
    """
    named: list[Word] = []
    for at, word in enumerate(words):
        if word.named < _HALF_SURE:
            continue
        if word.named < SURE:
            beside = [
                words[near]
                for near in (at - 1, at + 1)
                if 0 <= near < len(words) and words[near].named >= SURE
            ]
            if not beside and not (word.entity == "PERSON" and word.end - word.start > 2):
                continue
            word = word._replace(entity=beside[0].entity) if beside else word
        named.append(word)
    return named


def _is_one_name(text: str, one: Word, two: Word) -> bool:
    between = text[one.end : two.start]
    if one.entity != two.entity or not _BRIDGES.get(one.entity, _BRIDGE).fullmatch(between):
        return False
    is_sentence_end = between.startswith(".") and one.entity != "STREET_ADDRESS"
    return not is_sentence_end or one.end - one.start <= 2


def _span(text: str, run: Sequence[Word]) -> Span | None:
    start, end = run[0].start, run[-1].end
    if before := _LETTERS_BACK.search(text, max(0, start - 40), start):
        start = before.start()
    if after := _REST_OF_WORD.match(text, end, end + 40):
        end = after.end()
    value = text[start:end]
    entity = run[0].entity
    if entity in ("PERSON", "LOCATION", "ORGANIZATION", "NRP") and not _HAS_LETTERS.search(value):
        return None
    score = sum(word.named for word in run) / len(run)
    return Span(start, end, entity, round(min(score, _BEST), 3), RECOGNIZER, Reason.MODEL.value)
