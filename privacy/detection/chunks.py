"""A stream of texts cut into chunks that travel to a worker."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Known = Sequence[tuple[str, str]]
Row = tuple[str, str | None, Known]
"""A text, its language, and what is known to be personal in it."""

MOST_TEXTS = 256
"""In one chunk: a reply mostly quotes one of the last messages, which its worker remembers then."""

_MOST_CHARACTERS = 64_000


@dataclass
class Chunk:
    """Texts that travel together.

    Attributes:
        first: Place of the first in the stream.
        rows: The texts.
        attempts: Workers it has stopped.
    """

    first: int
    rows: Sequence[Row]
    attempts: int = 0

    def halves(self) -> tuple["Chunk", "Chunk"]:
        """Cut it in two, each of which may stop one worker before it is cut again."""
        middle = len(self.rows) // 2
        return (
            Chunk(self.first, self.rows[:middle], max(0, self.attempts - 1)),
            Chunk(self.first + middle, self.rows[middle:], max(0, self.attempts - 1)),
        )


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
