"""What a run is given, and what its measurements share: made when first asked for."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from privacy.detection.config import DetectionConfig
from privacy.detection.executor import Executor, InProcess
from tests.benchmarks.bench_detection import worlds
from tests.benchmarks.bench_detection.engines import WARM_UP, Vanilla
from tests.benchmarks.bench_detection.marked import Marked


class Run:
    """One run.

    Args:
        data: Folder of real input.
        has_vanilla: Measure Presidio as it comes too.
        limit: At most so many texts of a corpus; None for all.
    """

    def __init__(self, data: Path, *, has_vanilla: bool, limit: int | None) -> None:
        self.data = data
        self.config = DetectionConfig()
        self._has_vanilla = has_vanilla
        self._limit = limit
        self._worlds: dict[int, dict[str, list[Marked]]] = {}

    @cached_property
    def detector(self) -> Executor:
        """Give our detector, warm for English."""
        made = InProcess(self.config)
        made.detect([WARM_UP], ["en"])
        return made

    @cached_property
    def vanilla(self) -> Vanilla | None:
        """Give Presidio as it comes, if it is to be measured."""
        return Vanilla() if self._has_vanilla else None

    def world(self, wanted: int) -> dict[str, list[Marked]]:
        """Give so many messages a language of the synthetic world."""
        if wanted not in self._worlds:
            self._worlds[wanted] = worlds.messages(wanted)
        return self._worlds[wanted]

    def limited(self, texts: Sequence[Marked]) -> list[Marked]:
        """Give the texts, evenly thinned where there are more than the limit."""
        if self._limit is None or len(texts) <= self._limit:
            return list(texts)
        step = len(texts) / self._limit
        return [texts[int(at * step)] for at in range(self._limit)]
