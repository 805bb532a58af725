"""The lexicon reader on sentences of our own; ``{P:…}`` marks a person, ``{L:…}`` a place.

Each file has a part that may be looked at when rules are written (dev) and one for scoring only.
"""

import re
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.detection.readers.lexicon import LexiconReader
from privacy.detection.readers.manner import Manner
from privacy.detection.readers.name_page import Page

HERE = Path(__file__).parent / "sentences"
MARK = re.compile(r"\{([PL]):([^}]*)\}")
LANGUAGES = ("de", "en", "es", "fr", "id", "it", "nl", "pl", "pt", "tr")

Found = list[tuple[int, int, str]]


@cache
def reader(language: str) -> LexiconReader:
    return LexiconReader(language)


def find(text: str, language: str) -> list[tuple[str, str]]:
    (spans,) = reader(language).read([text])
    return [(text[span.start : span.end], span.entity) for span in spans]


def persons(text: str, language: str) -> list[str]:
    return [piece for piece, entity in find(text, language) if entity == "PERSON"]


def sentences(language: str, part: str) -> list[tuple[str, Found]]:
    found = []
    heading = ""
    for line in (HERE / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line[2:]
        elif heading == part:
            text, marks, at = "", [], 0
            for match in MARK.finditer(line):
                text += line[at : match.start()]
                entity = "PERSON" if match[1] == "P" else "LOCATION"
                marks.append((len(text), len(text) + len(match[2]), entity))
                text += match[2]
                at = match.end()
            found.append((text + line[at:], marks))
    return found


def hits(marks: Found, spans: Found) -> int:
    def is_met(mark: tuple[int, int, str], span: tuple[int, int, str]) -> bool:
        shared = min(mark[1], span[1]) - max(mark[0], span[0])
        return mark[2] == span[2] and shared * 2 >= max(mark[1], span[1]) - min(mark[0], span[0])

    return sum(any(is_met(mark, span) for span in spans) for mark in marks)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("entity", "recall", "precision"), [("PERSON", 0.8, 0.85), ("LOCATION", 0.6, 0.75)])  # fmt: skip
def test_most_names_are_found_and_most_finds_are_names(
    language: str, entity: str, recall: float, precision: float
) -> None:
    texts = sentences(language, "score") + sentences(language, "none score")
    met = right = count_marks = count_spans = 0
    for text, marks in texts:
        marks = [mark for mark in marks if mark[2] == entity]
        (spans,) = reader(language).read([text])
        named = [(one.start, one.end, one.entity) for one in spans if one.entity == entity]
        met += hits(marks, named)
        right += hits(named, marks)
        count_marks += len(marks)
        count_spans += len(named)
    assert met / count_marks >= recall
    assert right / count_spans >= precision


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_that_name_nobody_raise_no_alarm(language: str) -> None:
    texts = [text for part in ("none", "none score") for text, _ in sentences(language, part)]
    assert sum(bool(persons(text, language)) for text in texts) <= len(texts) * 0.05


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("votou o ministro Gilmar MENDES pela procedência", "pt", "Gilmar MENDES"),
        ("written by J. K. Hartley in spring", "en", "J. K. Hartley"),
        ("według Krzysztofa Wiśniewskiego było inaczej", "pl", "Krzysztofa Wiśniewskiego"),
        ("ik sprak Johannes van der Berg daarover", "nl", "Johannes van der Berg"),
        ("dün Ayşe'nin siparişi geldi", "tr", "Ayşe"),
        ("Bugün Mehmet Bey aradı", "tr", "Mehmet Bey"),
        ("dedim ki ahmet bey gelsin", "tr", "ahmet bey"),
        ("please tell priya that it fits", "en", "priya"),
        ("tadi pak Joko datang", "id", "Joko"),
        ("sprach mit Sean O'Brien darüber", "de", "Sean O'Brien"),
        ("a witness, María-José Núñez, said so", "en", "María-José Núñez"),
    ],
)
def test_a_name_is_found_in_whatever_form(text: str, language: str, name: str) -> None:
    assert persons(text, language) == [name]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The Rose lipstick from Chanel", "en"),
        ("I'd like a Mocha, Alexa won't play on my Pixel", "en"),
        ("Hope this helps, Mark it as done in May or on Friday", "en"),
        ("Deniz manzaralı, barış dolu bir gün", "tr"),
        ("Güneş kremi ve Gül suyu stokta yok", "tr"),
        ("Putra putri kami suka, Bintang lima", "id"),
        ("Die Rose und der Wolf, Essen und Trinken", "de"),
        ("Róża i Malina, zapach świecy", "pl"),
        ("La maleta Rosario y el Salvador", "es"),
        ("Princeton Üniversitesi kararı onadı", "tr"),
    ],
)
def test_names_that_are_words_need_more_to_be_names(text: str, language: str) -> None:
    assert persons(text, language) == []


def test_a_name_known_from_before_is_found_where_it_stands_alone() -> None:
    text = (
        "The claimant Harold Pemberton bought a car. The dealer refused to take it back, and "
        "so Pemberton went to court."
    )
    assert persons(text, "en") == ["Harold Pemberton", "Pemberton"]


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("mieszkam w Krakowie od lat", "pl", "Krakowie"),
        ("yarın İzmir'e gidiyoruz", "tr", "İzmir"),
        ("kemarin ke Kota Xanadura naik bus", "id", "Xanadura"),
        ("we moved to Rio de Janeiro", "en", "Rio de Janeiro"),
        ("tinggal di surabaya", "id", "surabaya"),
    ],
)
def test_a_place_is_found(text: str, language: str, place: str) -> None:
    assert (place, "LOCATION") in find(text, language)


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
@settings(max_examples=60, deadline=None)
def test_spans_lie_in_the_text_and_follow_each_other(text: str, language: str) -> None:
    (spans,) = reader(language).read([text])
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert 0 < span.score < 1


def test_a_long_row_of_capitals_is_read_in_time_that_grows_with_it() -> None:
    start = time.perf_counter()
    reader("pl").read(["Anna " * 20_000, "A. " * 20_000, "van " * 20_000])
    assert time.perf_counter() - start < 10


def test_a_shouted_text_is_read_as_if_it_had_no_capitals() -> None:
    page = Page("WHERE IS MY PARCEL FROM ANNA", Manner.of("en"))
    assert not page.has_capitals


@pytest.mark.real
@pytest.mark.slow
def test_turkish_articles_give_up_half_of_their_names(real_data: Path) -> None:
    import gzip

    met = marked = 0
    with gzip.open(real_data / "pii_ner_tr" / "test.conll.gz", "rt", encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            text, marks = "", []
            for word, label in (line.split("\t") for line in block.splitlines() if "\t" in line):
                if label == "B-PERSON":
                    marks.append((len(text), len(text) + len(word), "PERSON"))
                elif label == "I-PERSON" and marks:
                    marks[-1] = (marks[-1][0], len(text) + len(word), "PERSON")
                text += f"{word} "
            (spans,) = reader("tr").read([text])
            met += hits(marks, [(one.start, one.end, one.entity) for one in spans])
            marked += len(marks)
    assert met / marked >= 0.45
