"""Messages of the synthetic world, with what is told in them."""

import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.synthetic.phrases import languages
from pipelines.synthetic.world import generate
from tests.benchmarks.bench_detection.marked import Mark, Marked

_UNTIL = date(2026, 11, 21)
_COLUMNS = ["text", "language", "spans", "person_id", "is_canned"]


def messages(wanted: int, seed: int = 17) -> dict[str, list[Marked]]:
    """Give so many messages of every language, each text once, fixed answers left out."""
    tags = languages()
    by_language: dict[str, dict[str, Marked]] = {tag: {} for tag in tags}
    with tempfile.TemporaryDirectory() as folder:
        report = generate(
            Path(folder),
            seed=seed,
            messages=max(2_000, wanted * len(tags) * 3),
            until=_UNTIL,
            languages=tags,
        )
        file = pq.ParquetFile(report.truth / "messages.parquet")
        for batch in file.iter_batches(columns=_COLUMNS):
            for row in batch.to_pylist():
                made = by_language[row["language"]]
                if row["is_canned"] or len(made) >= wanted or row["text"] in made:
                    continue
                marks = tuple(Mark(one["start"], one["end"], one["entity"]) for one in row["spans"])
                made[row["text"]] = Marked(row["text"], row["language"], marks, row["person_id"])
    return {tag: list(made.values()) for tag, made in by_language.items()}


def smallest(by_language: Mapping[str, list[Marked]]) -> int:
    """Give how many messages the language with the fewest has."""
    return min(len(made) for made in by_language.values())
