"""Addresses, dates, ages, titles, organisations and groups in marked sentences of 17 languages.

A line of ``marked/<language>.txt`` marks what is to be found: ``{DATE:5 maja 2024 r.}``. Odd lines
were looked at when the recognizers were written, even lines only counted.
"""

import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.recognizers.registry import GENERIC

FOLDER = Path(__file__).parent / "marked"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.txt"))
ENTITIES = {
    "ADDRESS": {"STREET_ADDRESS", "ZIP_CODE", "LOCATION"},
    "ZIP_CODE": {"ZIP_CODE", "STREET_ADDRESS"},
    "DATE": {"DATE_TIME", "DATE_OF_BIRTH"},
    "BIRTH": {"DATE_TIME", "DATE_OF_BIRTH"},
    "AGE": {"AGE"},
    "TITLE": {"TITLE", "PERSON"},
    "ORG": {"ORGANIZATION"},
    "NRP": {"NRP"},
}
OURS = {"STREET_ADDRESS", "DATE_TIME", "DATE_OF_BIRTH", "AGE", "ORGANIZATION", "NRP"}
MINE = ("addresses", "postcodes", "dates", "ages", "titles", "organisations", "institutions", "groups")  # fmt: skip
MARK = re.compile(r"\{([A-Z]+):([^{}]*)\}")

Marks = list[tuple[int, int, str]]


def marked(language: str) -> Iterator[tuple[str, Marks]]:
    for line in (FOLDER / f"{language}.txt").read_text(encoding="utf-8").splitlines():
        text, marks, at = "", [], 0
        for match in MARK.finditer(line):
            text += line[at : match.start()]
            marks.append((len(text), len(text) + len(match[2]), match[1]))
            text += match[2]
            at = match.end()
        yield text + line[at:], marks


def characters(start: int, end: int) -> set[int]:
    return set(range(start, end))


def test_all_seventeen_languages_have_marked_sentences() -> None:
    assert len(LANGUAGES) == 17


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_marked_is_found_and_little_else(patterns, language: str) -> None:
    hit, all_marked, right, predicted = Counter(), Counter(), 0, 0
    for text, marks in marked(language):
        spans = patterns.detect([text], [None])[0]
        for start, end, kind in marks:
            covered = set().union(
                *(characters(one.start, one.end) for one in spans if one.entity in ENTITIES[kind])
            )
            all_marked[kind] += end - start
            hit[kind] += len(characters(start, end) & covered)
        for one in spans:
            if one.entity in OURS:
                wanted = set().union(
                    *(characters(start, end) for start, end, kind in marks if one.entity in ENTITIES[kind])
                )  # fmt: skip
                predicted += one.end - one.start
                right += len(characters(one.start, one.end) & wanted)
    missed = {
        kind: hit[kind] / count for kind, count in all_marked.items() if hit[kind] < 0.5 * count
    }
    assert missed == {}
    assert hit.total() / all_marked.total() >= 0.9
    assert right / predicted >= 0.95


HOSTILE = {
    "digits": "1" * 100_000,
    "digits and blanks": "12 " * 33_000,
    "capitals": "Aa " * 33_000,
    "capitals and numbers": "Aa 1 " * 20_000,
    "streets": "12 Elm Street, " * 6_600,
    "commas": "Aa, Bb, 12345, " * 6_600,
    "lines": "Aa Bb\n" * 16_000,
    "rua": "rua de Aa " * 10_000,
    "ul": "ул. Ленина, " * 8_000,
    "chinese": "市区路街" * 25_000,
    "chinese numbers": "北京市朝阳区路1" * 12_000,
    "japanese": "東京都渋谷区あ1-" * 11_000,
    "korean": "서울시 강남구 가로 " * 9_000,
    "thai": "ซอยกกกกกก " * 10_000,
    "arabic": "شارع الملك حي " * 7_000,
    "hindi": "गली 3, नगर रोड " * 6_600,
    "courts": "Tribunal de la Aa de " * 5_000,
    "university": "University of the " * 5_500,
    "companies": "Aa & Bb GmbH " * 7_600,
    "company": "有限公司" * 25_000,
    "months": "5 mai 5 mai " * 8_000,
    "years": "in 2019 2019 " * 7_600,
    "ages": "a 34 ans, 34 " * 7_600,
    "trades": "a b c d e f nurse\n" * 5_500,
}


@pytest.fixture(scope="module")
def made() -> list[GatedRecognizer]:
    return [one for name in MINE for one in GENERIC[name]()]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_takes_time_in_proportion_to_its_length(made, name: str) -> None:
    text = HOSTILE[name][:16_000]
    slow = []
    for recognizer in made:
        began = time.process_time()
        recognizer.analyze(text)
        if time.process_time() - began > 1.0:
            slow.append(recognizer.label)
    assert slow == []
