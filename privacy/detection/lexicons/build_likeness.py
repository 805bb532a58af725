"""Compiles Arabic's ordinary words, and what rows of letters make a word look like a name."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import dawg
import numpy as np

from privacy.detection.lexicons.arabic_script import key
from privacy.detection.lexicons.likeness import rows
from privacy.detection.lexicons.script_sources import HERE, cities, dictionary, own
from privacy.detection.lexicons.word_classes import load

_WORD = re.compile("[\u0621-\u064a]{3,14}")
_FOREIGN = frozenset(
    ["US", "GB", "FR", "DE", "IT", "ES", "RU", "BR", "AR", "MX", "PL", "NL", "SE", "UA", "CN", "JP", "KR", "CA", "AU", "PT", "RO", "GR"]
)  # fmt: skip
"""Countries whose towns, written in Arabic letters, sound like the names of their people."""

_ROUNDS = 4
_RATE = 0.3
_LEAST = 4
"""Sixteenths: weights nearer to nothing are left out."""


def _names() -> Iterator[str]:
    for word, kind in load("arabic").items():
        if kind in "GgFf" and _WORD.fullmatch(word):
            yield word
    for city in cities():
        if city["countrycode"] in _FOREIGN:
            yield from (key(name) for name in city["alternatenames"] if _WORD.fullmatch(key(name)))


def weights(names: set[str], words: set[str]) -> dict[str, int]:
    """Fit a logistic regression by stochastic gradients, the same in every run.

    Args:
        names: That shall weigh more than nothing.
        words: That shall weigh less.

    Returns:
        From a row of letters to its weight in sixteenths.
    """
    numbers: dict[str, int] = {}
    whole = [(word, 1.0) for word in sorted(names)] + [(word, 0.0) for word in sorted(words)]
    held = [
        np.array([numbers.setdefault(row, len(numbers)) for row in sorted(rows(f"^{word}^"))])
        for word, _ in whole
    ]
    weight, seen = np.zeros(len(numbers)), np.ones(len(numbers))
    each = (len(words) / max(1, len(names))) ** 0.5
    random = np.random.default_rng(1)
    for _ in range(_ROUNDS):
        for at in random.permutation(len(whole)):
            mine, truth = held[at], whole[at][1]
            guess = 1 / (1 + np.exp(-np.clip(weight[mine].sum(), -30, 30)))
            slope = (guess - truth) * (each if truth else 1.0) + 1e-4 * weight[mine]
            seen[mine] += slope * slope
            weight[mine] -= _RATE * slope / np.sqrt(seen[mine])
    scaled = {row: round(float(weight[number]) * 16) for row, number in numbers.items()}
    return {row: one for row, one in scaled.items() if abs(one) >= _LEAST}


def compile_all(folder: Path = HERE) -> None:
    """Write the words and the weights of Arabic into a folder."""
    names = set(_names())
    ordinary = {form for word in dictionary("ar") if _WORD.fullmatch(form := key(word))}
    ordinary |= {word for word in own("arabic", key)["x"] if _WORD.fullmatch(word)}
    ordinary -= names
    dawg.DAWG(sorted(ordinary)).save(str(folder / "words-ar.dawg"))
    lines = "".join(f"{row}\t{one}\n" for row, one in sorted(weights(names, ordinary).items()))
    (folder / "likeness-ar.txt.gz").write_bytes(gzip.compress(lines.encode(), 9, mtime=0))


if __name__ == "__main__":
    compile_all()
