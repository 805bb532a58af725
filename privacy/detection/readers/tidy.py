"""What is done to a reader's finds before they count, by the words and names of the language."""

from collections.abc import Sequence

from privacy.detection.lexicons.lexicon import Lexicon
from privacy.detection.readers.shape import Shape
from privacy.detection.readers.sorting import Sorting
from privacy.detection.spans import Span


class Tidy:
    """Sorts, trims and grows finds.

    Args:
        lexicon: Of the texts' language.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._shape = Shape(lexicon)
        self._sorting = Sorting(lexicon)

    def finds(self, text: str, found: Sequence[Span]) -> list[Span]:
        """Give a model's finds as names: cut, sorted, with whole words and who stands beside them."""
        if not found:
            return []
        whole = list(self._shape.whole(text, list(self._sorting.sort(text, found))))
        return [*whole, *self._sorting.companions(text, whole)]

    def names(self, text: str, found: Sequence[Span]) -> list[Span]:
        """Give a lexicon's finds, which are sorted already, grown to whole names."""
        if not found:
            return []
        whole = list(self._shape.grown(text, found))
        return [*whole, *self._sorting.companions(text, whole)]
