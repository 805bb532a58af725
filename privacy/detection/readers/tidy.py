"""What is done to a reader's finds before they count, by the words and names of the language."""

import re
from collections.abc import Sequence

from privacy.detection.lexicons.lexicon import FAMILY, GIVEN, WORD_LENGTH, Lexicon
from privacy.detection.lexicons.plain import plain
from privacy.detection.readers.gate import function_words
from privacy.detection.readers.labels import SURE
from privacy.detection.readers.shape import Shape
from privacy.detection.readers.sorting import Sorting
from privacy.detection.spans import Span

_LIKELY = 0.75
"""Below this a model is not believed that a single ordinary word is a person."""
_WORD = re.compile(r"[^\W\d_]{2,}")


class Tidy:
    """Sorts, trims and grows finds.

    Args:
        lexicon: Of the texts' language.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._function_words = function_words(lexicon.language)
        self._shape = Shape(lexicon)
        self._sorting = Sorting(lexicon)

    def finds(self, text: str, found: Sequence[Span]) -> list[Span]:
        """Give a model's finds as names: cut, sorted, with whole words and who stands beside them."""
        found = [one for one in found if self._is_believed(text, one)]
        if not found:
            return []
        whole = list(self._shape.whole(text, list(self._sorting.sort(text, found))))
        return [*whole, *self._sorting.companions(text, whole)]

    def names(self, text: str, found: Sequence[Span]) -> list[Span]:
        """Give a lexicon's finds, which are sorted already, grown to whole names."""
        if not found:
            return []
        words = self._function_words
        kept = [one for one in found if plain(text[one.start : one.end]) not in words]
        whole = list(self._shape.grown(text, kept))
        return [*whole, *self._sorting.companions(text, whole)]

    def _is_believed(self, text: str, span: Span) -> bool:
        value = text[span.start : span.end]
        if span.entity == "STREET_ADDRESS":
            return bool(_WORD.search(value))
        if span.entity == "PERSON" and span.score < _LIKELY:
            key = plain(value)
            if self._lexicon.has_word(key) and not self._lexicon.name_bits(key) & (GIVEN | FAMILY):
                return len(key) > WORD_LENGTH
        return span.score >= SURE or self._is_like_name(text, span)

    def _is_like_name(self, text: str, span: Span) -> bool:
        """Tell whether a find of which a model is half sure is capitalised and nothing else known."""
        words = _WORD.findall(text[span.start : span.end])
        keys = [plain(word) for word in words]
        lexicon = self._lexicon
        return (
            bool(words)
            and all(word.istitle() for word in words)
            and not any(lexicon.has_word(key) or lexicon.place_bits(key) for key in keys)
            and not any(lexicon.brand_at(key, 0) for key in keys)
            and (span.start > 0 or any(lexicon.name_bits(key) for key in keys))
        )
