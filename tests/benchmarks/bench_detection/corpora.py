"""Texts others have marked: read from the folder of real input, in our form."""

import csv
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO

from tests.benchmarks.bench_detection.marked import Mark, Marked

_NOWHERE = "O"
_NO_BLANK_BEFORE = frozenset(".,;:!?)]}'’%´")
_NO_BLANK_AFTER = frozenset("([{'’´@#")

_WNUT = {
    "person": "PERSON",
    "location": "LOCATION",
    "group": "ORGANIZATION",
    "corporation": "ORGANIZATION",
}
_JAPANESE = {
    "人名": "PERSON",
    "地名": "LOCATION",
    "法人名": "ORGANIZATION",
    "政治的組織名": "ORGANIZATION",
    "その他の組織名": "ORGANIZATION",
}
_TURKISH = {
    "PERSON": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "ORG": "ORGANIZATION",
    "NORP": "NRP",
    "DATE": "DATE_TIME",
    "TIME": "DATE_TIME",
}
_BITEXT = {
    "order_id": "ORDER_NUMBER",
    "invoice_id": "ORDER_NUMBER",
    "person_name": "PERSON",
    "delivery_city": "LOCATION",
    "delivery_country": "LOCATION",
}
"""Kinds of accounts and amounts of money are nobody's personal data."""

_BLURRED = frozenset({"施設名", "FAC", "TITLE", "ORDINAL", "CARDINAL"})
"""Places that may or may not be somebody's, and numbers that may be part of a date."""


def _open(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8", newline="")


def presidio_synth(data: Path) -> list[Marked]:
    """Give the 1,500 sentences of presidio-research, in parts by template."""
    with _open(data / "pii_presidio_synth" / "synth_dataset_v2.json.gz") as file:
        given = json.load(file)
    return [
        Marked(
            one["full_text"],
            "en",
            tuple(
                sorted(
                    Mark(mark["start_position"], mark["end_position"], mark["entity_type"])
                    for mark in one["spans"]
                )
            ),
            str(one["template_id"]),
        )
        for one in given
    ]


def wnut17(data: Path) -> list[Marked]:
    """Give noisy English from tweets and forums (W-NUT 2017, development and test)."""
    folder = data / "pii_wnut17_en"
    return [
        marked
        for name in ("emerging.dev.conll.gz", "emerging.test.annotated.gz")
        for marked in _conll(folder / name, "en", _WNUT)
    ]


def turkish(data: Path) -> list[Marked]:
    """Give sentences of the Turkish Wikipedia."""
    folder = data / "pii_ner_tr"
    return [
        marked
        for name in ("dev.conll.gz", "test.conll.gz")
        for marked in _conll(folder / name, "tr", _TURKISH)
    ]


def japanese(data: Path) -> list[Marked]:
    """Give sentences of the Japanese Wikipedia, every third of them."""
    with _open(data / "pii_ner_ja" / "ner.json.gz") as file:
        given = json.load(file)
    return [
        _typed(
            one["text"],
            "ja",
            [(mark["span"][0], mark["span"][1], mark["type"]) for mark in one["entities"]],
            _JAPANESE,
            one["curid"],
        )
        for one in given[::3]
    ]


def bitext(data: Path) -> list[Marked]:
    """Give requests to a shop's customer service; offsets of numbers and names are given."""
    utterances: dict[str, set[Mark]] = {}
    groups: dict[str, str] = {}
    for path in sorted((data / "dlg_bitext").glob("*.csv*")):
        with _open(path) as file:
            for row in csv.DictReader(file):
                marks = utterances.setdefault(row["utterance"], set())
                groups[row["utterance"]] = row["intent"]
                if entity := _BITEXT.get(row["entity_type"]):
                    marks.add(Mark(int(row["start_offset"]), int(row["end_offset"]), entity))
    return [
        Marked(text, "en", tuple(sorted(marks)), f"{groups[text]} {len(text) % 10}")
        for text, marks in sorted(utterances.items())
    ]


def wisesight(data: Path) -> list[Marked]:
    """Give Thai social media messages: of questions to shops hardly one names anybody."""
    texts: list[str] = []
    for name in ("q.txt.gz", "neg.txt.gz", "pos.txt.gz"):
        with _open(data / "dlg_msgs_th_wisesight" / name) as file:
            lines = [line.strip() for line in file]
        texts += [line for line in lines if 12 <= len(line) <= 200][::8]
    return [Marked(text, "th", (), text) for text in dict.fromkeys(texts)]


def _conll(path: Path, language: str, types: Mapping[str, str]) -> Iterator[Marked]:
    with _open(path) as file:
        for number, tokens in enumerate(_sentences(file)):
            yield _joined(tokens, language, types, f"{path.name} {number}")


def _sentences(lines: IO[str]) -> Iterator[list[tuple[str, str]]]:
    tokens: list[tuple[str, str]] = []
    for line in lines:
        word, _, tag = line.rstrip("\n").partition("\t")
        if word.strip() and tag.strip():
            tokens.append((word.strip(), tag.strip()))
        elif tokens:
            yield tokens
            tokens = []
    if tokens:
        yield tokens


def _joined(
    tokens: Sequence[tuple[str, str]], language: str, types: Mapping[str, str], group: str
) -> Marked:
    """Write tokens as people would, and find their tags again in the text."""
    text = ""
    spans: list[tuple[int, int, str]] = []
    is_glued = True
    for word, tag in tokens:
        if not is_glued and word[0] not in _NO_BLANK_BEFORE:
            text += " "
        start = len(text)
        text += word
        is_glued = word in _NO_BLANK_AFTER
        place, _, kind = tag.partition("-")
        if place == "I" and spans and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], len(text), kind)
        elif tag != _NOWHERE:
            spans.append((start, len(text), kind))
    return _typed(text, language, spans, types, group)


def _typed(
    text: str,
    language: str,
    spans: Sequence[tuple[int, int, str]],
    types: Mapping[str, str],
    group: str,
) -> Marked:
    return Marked(
        text,
        language,
        tuple(Mark(start, end, types[kind]) for start, end, kind in spans if kind in types),
        group,
        tuple(Mark(start, end, kind) for start, end, kind in spans if kind in _BLURRED),
    )
