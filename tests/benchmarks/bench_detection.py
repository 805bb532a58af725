"""Detection against marked texts: what it finds, what it marks wrongly, how fast.

Run on a folder of real input::

    python tests/benchmarks/bench_detection.py --data DIR [--vanilla]

Characters are counted, not spans: a name found without its title is a small loss, not a miss. The
templates of the marked texts are split in two by a hash of their number; `look` is the half that
recognizers may be tuned on, `score` the half that only ever gives the number to report.
"""

import argparse
import csv
import gzip
import hashlib
import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil

from privacy.detection.config import DetectionConfig
from privacy.detection.executor import InProcess, Workers
from privacy.detection.spans import Span

BUSINESS = {"ORDER_NUMBER", "CUSTOMER_NUMBER"}
WARM_UP = "Hello, my name is Ada Lovelace and I live in London."


def marked_texts(data: Path) -> list[dict]:
    with gzip.open(data / "pii_presidio_synth" / "synth_dataset_v2.json.gz", "rt") as file:
        return json.load(file)


def part_of(text: dict) -> str:
    digest = hashlib.sha256(str(text["template_id"]).encode()).digest()
    return "look" if digest[0] % 2 == 0 else "score"


def cover(spans: Sequence[tuple[int, int]]) -> set[int]:
    return {at for start, end in spans for at in range(start, end)}


def measure(texts: Sequence[dict], found: Sequence[Sequence[Span]]) -> dict:
    marked, hit, predicted, right = Counter(), Counter(), Counter(), Counter()
    for text, spans in zip(texts, found, strict=True):
        covered = cover([(one.start, one.end) for one in spans])
        truth = cover([(one["start_position"], one["end_position"]) for one in text["spans"]])
        for one in text["spans"]:
            characters = set(range(one["start_position"], one["end_position"]))
            marked[one["entity_type"]] += len(characters)
            hit[one["entity_type"]] += len(characters & covered)
        for one in spans:
            characters = set(range(one.start, one.end))
            predicted[one.entity] += len(characters)
            right[one.entity] += len(characters & truth)
    return {
        "recall": hit.total() / marked.total(),
        "precision": right.total() / max(1, predicted.total()),
        "recall_by_entity": {
            kind: (hit[kind] / marked[kind], marked[kind]) for kind in sorted(marked)
        },
        "precision_by_entity": {
            kind: (right[kind] / predicted[kind], predicted[kind]) for kind in sorted(predicted)
        },
    }


def report(name: str, texts: Sequence[dict], found: Sequence[Sequence[Span]]) -> None:
    for part in ("look", "score", "all"):
        chosen = [at for at, text in enumerate(texts) if part in ("all", part_of(text))]
        result = measure([texts[at] for at in chosen], [found[at] for at in chosen])
        print(
            f"{name:10} {part:6} texts {len(chosen):5}  char-recall {result['recall']:.3f}"
            f"  char-precision {result['precision']:.3f}"
        )
        if part == "score":
            for kind, (share, count) in result["recall_by_entity"].items():
                print(f"    recall    {kind:20} {share:.2f} of {count}")
            for kind, (share, count) in result["precision_by_entity"].items():
                print(f"    precision {kind:20} {share:.2f} of {count}")


def cpu_seconds() -> float:
    own = psutil.Process()
    all_times = [own.cpu_times(), *(child.cpu_times() for child in own.children())]
    return sum(times.user + times.system for times in all_times)


def timed(run: Callable[[], list[list[Span]]], count: int) -> tuple[list[list[Span]], float, float]:
    """Give what was found, texts a second by the clock, and texts a second of processor time."""
    began, spent = time.perf_counter(), cpu_seconds()
    found = run()
    return (
        found,
        count / (time.perf_counter() - began),
        count / (cpu_seconds() - spent),
    )


def vanilla(texts: Sequence[str], config: DetectionConfig) -> tuple[list[list[Span]], float, float]:
    """Presidio as it comes, with the same model, in batches of 64."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    from privacy.detection.readers.model_files import folder_of
    from privacy.detection.readers.registry import ENGLISH

    class Engine(SpacyNlpEngine):
        def load(self) -> None:
            self.nlp = {"en": spacy.load(folder_of(ENGLISH, "en"))}

    logging.getLogger("tldextract").setLevel(logging.CRITICAL)  # it wants its list of the network
    batch = BatchAnalyzerEngine(AnalyzerEngine(nlp_engine=Engine()))
    batch.analyze_iterator([WARM_UP, "mail a@b.com"], "en")
    results, rate, processor = timed(
        lambda: batch.analyze_iterator(texts, "en", batch_size=64), len(texts)
    )
    return (
        [
            [Span(one.start, one.end, one.entity_type, one.score, "vanilla", "") for one in found]
            for found in results
        ],
        rate,
        processor,
    )


def bitext(data: Path) -> list[str]:
    folder = data / "dlg_bitext"
    texts = set()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8") as file:
            texts.update(row["utterance"] for row in csv.DictReader(file))
    return sorted(texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--vanilla", action="store_true", help="measure Presidio as it comes too")
    options = parser.parse_args()
    config = DetectionConfig()
    texts = marked_texts(options.data)
    plain = [text["full_text"] for text in texts]
    languages = ["en"] * len(plain)

    here = InProcess(config)
    here.detect([WARM_UP], ["en"])
    found, rate, processor = timed(lambda: here.detect(plain, languages), len(plain))
    report("c360", texts, found)
    memory = psutil.Process().memory_info().rss / 2**20
    print(f"in process: {rate:.0f} texts/s, {processor:.0f} a processor second, {memory:.0f} MiB")
    with Workers(2, config) as workers:
        workers.detect([WARM_UP] * 128, ["en"] * 128)
        again, both, processor = timed(lambda: workers.detect(plain, languages), len(plain))
        children = [
            child.memory_info().rss / 2**20
            for child in psutil.Process().children()
            if child.memory_info().rss > 2**26
        ]
        sizes = ", ".join(f"{size:.0f}" for size in children)
        print(
            f"two workers: {both:.0f} texts/s ({both / rate:.2f} x),"
            f" {processor:.0f} a processor second, {sizes} MiB each"
        )
        print(f"same finds: {again == found}")
    messages = bitext(options.data)
    alarms = here.detect(messages, ["en"] * len(messages))
    counts = Counter(one.entity for spans in alarms for one in spans)
    wrong = sum(1 for spans in alarms if any(one.entity not in BUSINESS for one in spans))
    print(f"bitext: {wrong} of {len(messages)} messages with a false alarm; {dict(counts)}")
    if options.vanilla:
        baseline, slow, processor = vanilla(plain, config)
        report("vanilla", texts, baseline)
        print(
            f"vanilla batch: {slow:.0f} texts/s, {processor:.0f} a processor second; two workers are {both / slow:.1f} x"
        )


if __name__ == "__main__":
    main()
