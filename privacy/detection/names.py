"""Which of a model's entities to trust: what it marks out of habit is let go."""

import re
from collections.abc import Iterator
from typing import Any

from privacy.detection.spans import Reason, Span

RECOGNIZER = "EntityModel"
SCORE = 0.85
"""What a model's word is worth; the models give no score of their own."""

_EDGE = re.compile(r"^[\s\W_]+|[\s\W_]+$")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_EXACT_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}(?:st|nd|rd|th)?\b.*[A-Z][a-z]{2}|[A-Z][a-z]{2,}\.? \d"
)


def trusted(text: str, artifacts: Any) -> Iterator[Span]:
    """Give a model's entities without blanks at their ends and without what is no single person's.

    A date is kept when it names a year or a day of a month: ``yesterday`` and ``two weeks`` are in
    every complaint and point at nobody.
    """
    for entity in artifacts.entities:
        start, end = entity.start_char, entity.end_char
        value = text[start:end]
        lead = len(value) - len(value.lstrip())
        start, end = start + lead, start + lead + len(value.strip())
        value = text[start:end]
        label = entity.label_
        if label == "DATE_TIME":
            if not _EXACT_DATE.search(value):
                continue
        elif not _LETTERS.search(value):
            continue
        if start < end:
            yield Span(start, end, label, SCORE, RECOGNIZER, Reason.MODEL.value)
