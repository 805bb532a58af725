"""Readers without an English-like model, on sentences of our own; ``{P:…}`` marks a person."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from privacy.detection.folding import fold
from privacy.detection.readers.registry import make
from privacy.detection.spans import Span, resolve

HERE = Path(__file__).parent / "sentences"
MARK = re.compile(r"\{([PLO]):([^}]*)\}")
ENTITIES = {"P": "PERSON", "L": "LOCATION", "O": "ORGANIZATION"}
READERS = {
    "ru": "russian_names",
    "ar": "arabic_names",
    "hi": "hindi_names",
    "other": "script_names",
    "zh": "jieba",
    "ja": "sudachi",
    "ko": "kiwi",
    "th": "thai_names",
}


class Marked(NamedTuple):
    text: str
    marks: list[tuple[int, int, str]]


@cache
def sentences(name: str) -> list[Marked]:
    found = []
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        text, marks, at = "", [], 0
        line = line.replace("\\n", "\n")
        for match in MARK.finditer(line):
            text += line[at : match.start()]
            marks.append((len(text), len(text) + len(match[2]), ENTITIES[match[1]]))
            text += match[2]
            at = match.end()
        found.append(Marked(text + line[at:], marks))
    return found


@cache
def read(name: str) -> list[list[Span]]:
    reader = make(READERS[name], name if name != "other" else "und")
    return [
        resolve(spans) for spans in reader.read([fold(one.text).text for one in sentences(name)])
    ]


def is_met(mark: tuple[int, int], span: tuple[int, int]) -> bool:
    shared = min(mark[1], span[1]) - max(mark[0], span[0])
    return shared > 0 and shared * 2 >= max(mark[1], span[1]) - min(mark[0], span[0])


def hits(marks: Sequence[tuple[int, int]], spans: Sequence[tuple[int, int]]) -> int:
    return sum(any(is_met(mark, span) for span in spans) for mark in marks)


@pytest.mark.parametrize(
    ("name", "recall"),
    [
        ("ru", 0.95),
        ("ar", 0.88),
        ("hi", 0.85),
        ("other", 0.85),
        ("zh", 0.85),
        ("ja", 0.88),
        ("ko", 0.9),
        ("th", 0.85),
    ],
)
def test_most_people_are_found_and_most_finds_are_people(name: str, recall: float) -> None:
    met = named = found = 0
    for one, spans in zip(sentences(name), read(name), strict=True):
        marks = [(start, end) for start, end, entity in one.marks if entity == "PERSON"]
        people = [(span.start, span.end) for span in spans if span.entity == "PERSON"]
        met += hits(marks, people)
        named += len(marks)
        found += len(people)
    assert met >= recall * named
    assert met >= 0.9 * found


@pytest.mark.parametrize("name", READERS)
def test_texts_that_name_nobody_stay_without_a_person(name: str) -> None:
    silent = [
        any(span.entity == "PERSON" for span in spans)
        for one, spans in zip(sentences(name), read(name), strict=True)
        if all(entity != "PERSON" for _, _, entity in one.marks)
    ]
    assert sum(silent) < 0.05 * len(silent)


@pytest.mark.parametrize("name", READERS)
def test_spans_lie_within_their_texts_and_name_their_reader(name: str) -> None:
    for one, spans in zip(sentences(name), read(name), strict=True):
        for span in spans:
            assert 0 <= span.start < span.end <= len(one.text)
            assert span.recognizer.endswith("Names")
