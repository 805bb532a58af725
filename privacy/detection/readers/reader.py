"""What every reader promises: texts of its languages in, spans out."""

from collections.abc import Sequence
from typing import Protocol

from privacy.detection.spans import Span


class Reader(Protocol):
    """Finds names by reading whole texts; not safe to share between threads.

    A reader loads what it needs when it is made, never from a network, and makes no use of any
    text beyond the call.
    """

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text.

        Args:
            texts: Folded texts (see `privacy.detection.folding`), each no longer than the
                detector's chunk; any may be empty.

        Returns:
            Of each text, spans in code points of that text, in any order, overlaps allowed.
        """
        ...
