"""Sentences are filled, and where personal data stands is counted right."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pipelines.synthetic.phrases import compiled
from pipelines.synthetic.texts import fill, in_haste, moved

SLOTS = {
    "full": ("Zoë Łukasik", "PERSON"),
    "days": ("3", None),
    "email": ("z@example.com", "EMAIL_ADDRESS"),
}


def test_spans_are_of_the_filled_text() -> None:
    text, spans = fill([compiled("I am {full}."), compiled("{email} since {days} days")], SLOTS)
    assert text == "I am Zoë Łukasik. z@example.com since 3 days"
    assert [(text[a:b], entity) for a, b, entity in spans] == [
        ("Zoë Łukasik", "PERSON"),
        ("z@example.com", "EMAIL_ADDRESS"),
    ]


@given(st.integers(0, 10_000))
def test_haste_never_moves_personal_data(seed: int) -> None:
    templates = [compiled("Hello, my name is {full}."), compiled("Write to {email}.")]
    text, spans = fill(templates, SLOTS)
    values = [text[a:b].lower() for a, b, _ in spans]
    hasty, kept = in_haste(text, list(spans), Random(seed))
    assert [hasty[a:b].lower() for a, b, _ in kept] == values


def test_spans_can_be_moved() -> None:
    assert moved([(0, 2, "PERSON")], 5) == [(5, 7, "PERSON")]
