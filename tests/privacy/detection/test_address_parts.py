"""An address of several lines comes in its parts, and no part is lost."""

import pytest

from privacy.detection.address_parts import in_parts
from privacy.detection.spans import Reason, Span


def parts(text: str) -> list[tuple[str, str]]:
    whole = Span(0, len(text), "STREET_ADDRESS", 0.7, "Streets", Reason.PATTERN)
    return [(text[one.start : one.end], one.entity) for one in in_parts(text, [whole])]


STREET, PLACE = "STREET_ADDRESS", "LOCATION"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 Elm Road", [("12 Elm Road", STREET)]),
        ("12 Elm Road, Leeds", [("12 Elm Road, Leeds", STREET)]),
        (
            "Lindenweg 4\n34117 Kassel",
            [("Lindenweg 4", STREET), ("34117", STREET), ("Kassel", PLACE)],
        ),
        (
            "1 Oak Ave Apt. 5,\nSpringfield\n62704",
            [
                ("1 Oak Ave", STREET),
                ("Apt. 5", STREET),
                ("Springfield", PLACE),
                ("62704", STREET),
            ],
        ),
        ("Rua das Flores,\n123\nRecife", [("Rua das Flores,\n123", STREET), ("Recife", PLACE)]),
        ("Suite 9 31 Long Lane", [("Suite 9 31 Long Lane", STREET)]),
        (
            "Suite 9 31 Long Lane\nLeeds",
            [("Suite 9", STREET), ("31 Long Lane", STREET), ("Leeds", PLACE)],
        ),
        (
            "28245 Long Lane 82\nLeeds",
            [("28245", STREET), ("Long Lane 82", STREET), ("Leeds", PLACE)],
        ),
        (
            "28245 82 Long Lane\nLeeds",
            [("28245", STREET), ("82 Long Lane", STREET), ("Leeds", PLACE)],
        ),
        ("PSC 0413, Box 8144\nAPO AA 42323", [("PSC 0413, Box 8144\nAPO AA 42323", STREET)]),
        ("Lindenweg\nKassel", [("Lindenweg\nKassel", STREET)]),
        ("北京市朝阳区建国路88号", [("北京市朝阳区建国路88号", STREET)]),
    ],
)
def test_each_part_is_told_apart(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == expected


def test_what_is_no_address_stays_as_it_is() -> None:
    span = Span(0, 9, "PERSON", 0.9, "Names", Reason.MODEL)
    assert in_parts("Ana, Lima", [span]) == [span]
