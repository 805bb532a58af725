import pytest

from privacy.detection.folding import fold
from privacy.detection.known import find_known

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
