"""Detection on marked texts made by others: floors against regression, not proof of quality."""

import gzip
import json

import pytest

from privacy.detection.engine import Detector
from tests.benchmarks.bench_detection import corpora
from tests.benchmarks.bench_detection.marked import BUSINESS
from tests.benchmarks.bench_detection.scores import score


@pytest.mark.real
@pytest.mark.slow
def test_most_marked_characters_are_covered_and_most_covered_ones_marked(
    real_data, detector: Detector
) -> None:
    texts = [one for one in corpora.presidio_synth(real_data) if one.part == "score"]
    found = detector.detect([one.text for one in texts], ["en"] * len(texts))
    every = score(texts, found).every
    assert every.character_recall >= 0.85
    assert every.character_precision >= 0.9


@pytest.mark.real
@pytest.mark.slow
def test_few_requests_that_hold_nothing_raise_a_false_alarm(real_data, detector) -> None:
    texts = [one for one in corpora.bitext(real_data) if not one.marks]
    found = detector.detect([one.text for one in texts], ["en"] * len(texts))
    wrong = [one for one in found if any(span.entity not in BUSINESS for span in one)]
    assert len(wrong) / len(texts) <= 0.05


@pytest.mark.real
@pytest.mark.slow
def test_official_example_numbers_are_phone_numbers(real_data, patterns: Detector) -> None:
    path = real_data / "pii_ids_phones" / "phones_by_region.csv.gz"
    with gzip.open(path, "rt") as file:
        names, *rows = [line.rstrip("\n").split(",") for line in file]
    numbers = [row[names.index("international")] for row in rows]
    found = patterns.detect([f"reach {one} now" for one in numbers], ["en"] * len(numbers))
    missed = [
        number
        for number, spans in zip(numbers, found, strict=True)
        if not any((one.start, one.end) == (6, 6 + len(number)) for one in spans)
    ]
    assert len(missed) / len(numbers) <= 0.03


@pytest.mark.real
@pytest.mark.slow
def test_odd_and_hostile_mail_is_read_to_its_end(real_data, detector: Detector) -> None:
    paths = sorted(
        path
        for folder in ("eml_cpython", "eml_stalwart", "eml_rubymail")
        for path in (real_data / folder).rglob("*")
        if path.is_file() and path.suffix in (".eml", ".txt", ".msg")
    )[:400]
    texts = [path.read_bytes().decode("utf-8", "surrogateescape") for path in paths]
    for text, spans in zip(texts, detector.detect(texts, ["en"] * len(texts)), strict=True):
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.real
@pytest.mark.slow
def test_names_in_messages_without_capitals_or_model_do_not_crash(real_data, patterns) -> None:
    with gzip.open(real_data / "dlg_taskmaster4" / "data_07.json.gz", "rt") as file:
        conversations = json.load(file)
    texts = [turn["text"] for one in conversations for turn in one["utterances"]]
    found = patterns.detect(texts, [None] * len(texts))
    share = sum(1 for spans in found if spans) / len(texts)
    assert share <= 0.02
