"""Compiles how much likelier each character is in a Chinese name than in any other text."""

import math
from collections import Counter
from importlib.resources import files
from pathlib import Path

from privacy.detection.lexicons.script_sources import HERE, own, write

_CHARACTERS = 3000
"""How many characters a text may use: what a character that no name has is divided by."""

_COMMON = 2000
"""Occurrences from which on a character that no name has is known not to be of names."""

_LEAST, _MOST = -8, 8
"""Bounds of a weight, in half nats."""


def _odds(names: Counter[str], texts: Counter[str], prior: float) -> dict[str, int]:
    """Give twice the logarithm of each character's share in names by its share in texts."""
    named = names.total() + prior * _CHARACTERS
    written = texts.total()
    return {
        one: round(
            2
            * (
                math.log((names[one] + prior) / named)
                - math.log((texts[one] + 300) / (written + 300 * _CHARACTERS))
            )
        )
        for one in texts.keys() | names.keys()
    }


def compile_all(folder: Path = HERE) -> None:
    """Compile jieba's dictionary (MIT): its names against all its words, by how often they occur.

    A key is a place in the name, ``s`` surname, ``1`` and ``2`` first and second of two given
    characters, ``0`` the only one, and the character.
    """
    mine = own("chinese")
    texts: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    places: dict[str, Counter[str]] = {place: Counter() for place in "s120"}
    for line in files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split()
        for one in word:
            texts[one] += int(count)
        if len(word) == 1:
            alone[word] += int(count)
        if tag in ("nr", "nrfg") and word[0] in mine["s"] and 2 <= len(word) <= 3:
            parts = zip("s12" if len(word) == 3 else "s0", word, strict=True)
            for place, one in parts:
                places[place][one] += 1
    alone.update(dict.fromkeys(mine["s"], 1))
    found = {}
    for place, names in places.items():
        for one, odds in _odds(names, alone if place == "s" else texts, 0.3).items():
            is_listed = one in mine["s"] if place == "s" else one in mine["a"] | mine["b"]
            if not is_listed and (place == "s" or (not names[one] and texts[one] < _COMMON)):
                continue
            # Names of our days, which the dictionary has too few of.
            least = 3 if one in mine["b"] else 1 if one in mine["a"] and place != "0" else _LEAST
            found[place + one] = max(least if place != "s" else _LEAST, min(odds, _MOST))
    write("chinese", {key: str(odds) for key, odds in found.items()}, folder)


if __name__ == "__main__":
    compile_all()
