import pytest

from privacy.detection.folding import fold
from privacy.detection.known import find_again, find_known
from privacy.detection.spans import Span

ANNA = [("PERSON", "Anna-Lena O'Brien")]


def found(text: str, known: list[tuple[str, str]]) -> list[str]:
    return [text[span.start : span.end] for span in find_known(fold(text), known)]


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("this is ANNA-LENA O’BRIEN again", ANNA, ["ANNA-LENA O’BRIEN"]),
        ("thx, anna", ANNA, ["anna"]),
        ("Mr o'brien called", ANNA, ["o'brien"]),
        ("an annagram", ANNA, []),
        ("ask Will about it", [("PERSON", "Will Hunting")], ["Will"]),
        ("this will do, hunting", [("PERSON", "Will Hunting")], ["hunting"]),
        ("Al is here", [("PERSON", "Al Gore")], []),
        ("请找王小明先生", [("PERSON", "王小明")], ["王小明"]),
        ("小明你好", [("PERSON", "王小明")], ["小明"]),
        ("call 0171 / 234 56 78", [("PHONE_NUMBER", "+491712345678")], ["0171 / 234 56 78"]),
        ("wa 491712345678", [("PHONE_NUMBER", "0171 2345678")], ["491712345678"]),
        ("mail ANNA@EXAMPLE.COM", [("EMAIL_ADDRESS", "anna@example.com")], ["ANNA@EXAMPLE.COM"]),
        ("straße", [("PERSON", "\ud800")], []),
        ("ＡＮＮＡ", [("PERSON", "Anna Li")], ["ＡＮＮＡ"]),
    ],
)
def test_a_known_value_is_found_however_it_is_written(text, known, expected) -> None:
    assert found(text, known) == expected


def test_empty_and_blank_values_find_nothing() -> None:
    assert found("a text", [("PERSON", ""), ("PERSON", "  "), ("PHONE_NUMBER", "+")]) == []


def again(texts: list[str], first: str, entity: str, threads: list[str]) -> list[list[str]]:
    """Find in other texts what was found in the first one."""
    start = texts[0].index(first)
    span = Span(start, start + len(first), entity, 0.6, "Test", "cue")
    spans = find_again(texts, [[span], *([] for _ in texts[1:])], threads)
    return [
        [text[one.start : one.end] for one in found]
        for text, found in zip(texts, spans, strict=True)
    ]


def test_a_number_found_once_is_found_in_its_whole_thread_and_in_no_other() -> None:
    texts = ["order DE12345678", "I mean de12345678!", "DE12345678", "DE123456789"]
    assert again(texts, "DE12345678", "ORDER_NUMBER", ["a", "a", "b", "a"]) == [
        ["DE12345678"],
        ["de12345678"],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("first", "entity"), [("2024", "ORDER_NUMBER"), ("2026-01-01", "DATE_TIME")]
)
def test_what_may_mean_something_else_is_not_looked_for_again(first: str, entity: str) -> None:
    assert again([f"it is {first}", f"in {first}"], first, entity, ["a", "a"]) == [[first], []]


def test_what_is_found_already_stays_as_it_was() -> None:
    texts = ["order 4711123 and 4711123"]
    span = Span(6, 13, "ORDER_NUMBER", 0.6, "Test", "cue")
    first, second = find_again(texts, [[span]], ["a"])[0]
    assert first == span
    assert (second.start, second.entity, second.reason) == (18, "ORDER_NUMBER", "known")
