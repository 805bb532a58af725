"""How much a word that no list knows looks like a name, by the letters it is made of.

Names of other peoples, and rare ones of one's own, are in no list; but they are built otherwise
than the words of the language. Trained by `build_likeness` on names against a dictionary.
"""

import gzip
from functools import cache
from importlib.resources import files
from typing import Any

import dawg

LONGEST = 4
"""Letters of the longest row that is weighed."""
_SCALE = 16
_END = "^"


class Likeness:
    """Weighs the words of one language.

    Args:
        weights: From a row of letters to its weight, in sixteenths.
        words: Ordinary words of the language, which look like no name.
    """

    def __init__(self, weights: dict[str, int], words: Any = frozenset()) -> None:
        self._weights = weights
        self._words = words

    def weigh(self, word: str) -> float:
        """Give the logarithm of the odds that a word in normal form is a name."""
        whole = f"{_END}{word}{_END}"
        weights = self._weights
        return sum(weights.get(row, 0) for row in rows(whole)) / _SCALE

    def has_word(self, word: str) -> bool:
        """Tell whether a word in normal form is an ordinary one."""
        return word in self._words


def rows(whole: str) -> set[str]:
    """Give every row of letters of a word to be weighed."""
    return {
        whole[start : start + width]
        for width in range(1, LONGEST + 1)
        for start in range(len(whole) - width + 1)
    }


@cache
def likeness(language: str) -> Likeness:
    """Load what is known of a language's words; once a process."""
    folder = files("privacy.detection").joinpath("lexicons")
    packed = folder.joinpath(f"likeness-{language}.txt.gz").read_bytes()
    weights = {}
    for line in gzip.decompress(packed).decode().splitlines():
        row, _, weight = line.partition("\t")
        weights[row] = int(weight)
    words = dawg.DAWG().load(str(folder.joinpath(f"words-{language}.dawg")))
    return Likeness(weights, words)
