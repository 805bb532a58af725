"""Fills sentences and keeps count of where personal data stands in the result."""

from collections.abc import Mapping, Sequence
from random import Random

from pipelines.synthetic.phrases import Template

Span = tuple[int, int, str]
"""Start and end in code points, entity."""

Slots = Mapping[str, tuple[str, str | None]]
"""Slot to its text and, where that is personal, its entity."""


def fill(templates: Sequence[Template], slots: Slots, joiner: str = " ") -> tuple[str, list[Span]]:
    """Fill sentences and join them."""
    pieces: list[str] = []
    spans: list[Span] = []
    position = 0
    is_first = True
    for template in templates:
        if is_first:
            is_first = False
        else:
            pieces.append(joiner)
            position += len(joiner)
        for literal, slot in template:
            if literal:
                pieces.append(literal)
                position += len(literal)
            if slot is not None:
                value, entity = slots[slot]
                pieces.append(value)
                if entity is not None:
                    spans.append((position, position + len(value), entity))
                position += len(value)
    return "".join(pieces), spans


def in_haste(text: str, spans: list[Span], rng: Random) -> tuple[str, list[Span]]:
    """Write as people do on a phone: all in lower case, now and then two letters swapped.

    Offsets stay right, as no letter is added or lost, and personal data is only folded.
    """
    luck = rng.random()
    if luck < 0.35:
        folded = text.lower()
        if len(folded) == len(text):
            text = folded
    elif luck < 0.5:
        text = text.rstrip(".")
        if spans and spans[-1][1] > len(text):
            start, _, entity = spans[-1]
            spans[-1] = (start, len(text), entity)
    if len(text) > 12 and rng.random() < 0.15:
        at = int(rng.random() * (len(text) - 2))
        is_word = text[at : at + 2].isalpha()
        if is_word and not any(start - 1 <= at < end for start, end, _ in spans):
            text = f"{text[:at]}{text[at + 1]}{text[at]}{text[at + 2 :]}"
    return text, spans


def moved(spans: Sequence[Span], by: int) -> list[Span]:
    """Give spans so many characters further on."""
    return [(start + by, end + by, entity) for start, end, entity in spans]
