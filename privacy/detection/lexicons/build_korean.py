"""Compiles how much likelier each syllable is in a Korean name than in any other word."""

import math
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

from privacy.detection.lexicons.korean_surnames import SURNAMES
from privacy.detection.lexicons.script_sources import HERE, write

_SYLLABLES = 1500
_LEAST, _MOST = -8, 8
_NAME = re.compile(r"[\uac00-\ud7a3]{3}")
_OTHER = re.compile(r"[^\uac00-\ud7a3]")


def compile_all(folder: Path = HERE) -> None:
    """Compile Kiwi's dictionary: proper nouns of three syllables that begin with a surname, and all.

    Most of these are people. A key is a place in the name, ``s`` surname, ``1`` and ``2`` first and
    second of two given syllables, and the syllable.
    """
    texts: Counter[str] = Counter()
    places: dict[str, Counter[str]] = {place: Counter() for place in "s12"}
    folder_of_words = files("kiwipiepy_model")
    for line in folder_of_words.joinpath("default.dict").read_text(encoding="utf-8").splitlines():
        word, *rest = line.split("\t")
        if rest[:1] == ["NNP"] and _NAME.fullmatch(word) and word[0] in SURNAMES:
            for place, one in zip("s12", word, strict=True):
                places[place][one] += 1
        else:
            texts.update(_OTHER.sub("", word))
    for line in folder_of_words.joinpath("multi.dict").read_text(encoding="utf-8").splitlines():
        texts.update(_OTHER.sub("", line.split("\t")[0]))
    found = {}
    for place, names in places.items():
        named = names.total() + 0.3 * _SYLLABLES
        written = texts.total() + 30 * _SYLLABLES
        for one in texts | names:
            if place == "s" and one not in SURNAMES:
                continue
            odds = math.log((names[one] + 0.3) / named) - math.log((texts[one] + 30) / written)
            found[place + one] = str(max(_LEAST, min(round(2 * odds), _MOST)))
    write("korean", found, folder)


if __name__ == "__main__":
    compile_all()
