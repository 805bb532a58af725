"""A stream of texts cut into chunks that are taken apart, and read, together."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from privacy.detection.spans import Known

Row = tuple[str, str | None, Known]
"""A text, its language, and what is known to be personal in it."""

MOST_TEXTS = 256
"""In one chunk: models read many short texts faster than few."""

_MOST_CHARACTERS = 64_000


class Chunk(NamedTuple):
    """Texts that travel together.

    Attributes:
        first: Place of the first in the stream.
        rows: The texts.
    """

    first: int
    rows: Sequence[Row]


def chunks_of(rows: Iterable[Row], most_texts: int = MOST_TEXTS) -> Iterator[Chunk]:
    """Cut a stream into chunks bounded in texts and in characters."""
    first = 0
    chunk: list[Row] = []
    size = 0
    for row in rows:
        chunk.append(row)
        size += len(row[0] or "")
        if len(chunk) >= most_texts or size >= _MOST_CHARACTERS:
            yield Chunk(first, chunk)
            first += len(chunk)
            chunk, size = [], 0
    if chunk:
        yield Chunk(first, chunk)
