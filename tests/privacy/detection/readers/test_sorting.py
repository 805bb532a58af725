import pytest

from privacy.detection.lexicons.lexicon import Lexicon
from privacy.detection.readers.tidy import Tidy
from privacy.detection.spans import Span


@pytest.fixture(scope="module")
def tidy() -> Tidy:
    return Tidy(Lexicon("en"))


def found(tidy: Tidy, text: str, value: str, entity: str) -> list[tuple[str, str]]:
    start = text.index(value)
    spans = tidy.finds(text, [Span(start, start + len(value), entity, 0.7, "test", "model")])
    return [(text[one.start : one.end], one.entity) for one in spans]


@pytest.mark.parametrize(
    ("text", "value", "entity", "expected"),
    [
        ("Kowalczyk was late", "Kowalczyk", "LOCATION", [("Kowalczyk", "PERSON")]),
        ("we met Edi Petrov's people", "Edi Petrov's", "ORGANIZATION", [("Edi Petrov", "PERSON")]),
        ("a town called Antwerpen", "Antwerpen", "PERSON", [("Antwerpen", "LOCATION")]),
        ("Mr. came", "Mr", "PERSON", []),
        ("so u came", "u", "PERSON", []),
        ("shiiiiit man", "shiiiiit", "PERSON", []),
        ("hahahah yes", "hahahah", "PERSON", []),
        ("at Zenverix today", "Zenverix", "ORGANIZATION", [("Zenverix", "ORGANIZATION")]),
        ("12 Elm Road", "12 Elm Road", "STREET_ADDRESS", [("12 Elm Road", "STREET_ADDRESS")]),
    ],
)
def test_a_find_is_called_what_it_is(tidy, text, value, entity, expected) -> None:
    assert found(tidy, text, value, entity) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ngozi Adeyemi\n> Halvorsen", ["Ngozi Adeyemi", "Halvorsen"]),
        ('Ngozi: "Halvorsen', ["Ngozi", "Halvorsen"]),
        ("Ngozi's Cautionary Tales", ["Ngozi"]),
    ],
)
def test_names_are_never_joined_across_lines_quotes_and_possessives(tidy, text, expected) -> None:
    assert [value for value, _ in found(tidy, text, text, "PERSON")] == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("Adeyemi and Murphy came", "Adeyemi", ["Adeyemi", "Murphy"]),
        ("Adeyemi, Doyle and Jones came", "Adeyemi", ["Adeyemi", "Doyle", "Jones"]),
        ("Adeyemi and Yesterday came", "Adeyemi", ["Adeyemi"]),
        ("Adeyemi and Paris came", "Adeyemi", ["Adeyemi"]),
    ],
)
def test_who_is_named_beside_a_person_is_a_person(tidy, text, value, expected) -> None:
    assert [name for name, _ in found(tidy, text, value, "PERSON")] == expected
