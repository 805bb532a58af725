"""Compiles Arabic, Persian and Urdu names and places."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

from privacy.detection.lexicons.arabic_script import key
from privacy.detection.lexicons.script_sources import (
    HERE,
    cities,
    dictionary,
    own,
    territories,
    write,
)

_ARABIC = frozenset(
    ["EG", "SA", "AE", "IQ", "SY", "JO", "LB", "PS", "YE", "OM", "QA", "BH", "KW", "SD", "LY", "TN", "DZ", "MA", "MR", "SO", "DJ", "KM", "IL"]
)  # fmt: skip
_PERSIAN = frozenset(("IR", "PK", "AF"))
_NEAR_PERSIAN = _PERSIAN | {"TJ", "IN"}
_FUNCTION = frozenset("عبد بن ابن ابو ام بنت ال ولد الدين الله".split())  # noqa: SIM905
_LETTERS = re.compile(r"[\u0621-\u06ff]{2,}")
_PLACE = re.compile(r"[\u0621-\u06ff\u064b-\u0652 ]{3,}")
_NOT_ARABIC = re.compile("[یکہھگچپژڑڈٹےںۆەێۇېڵۍ]")
_KINDS_OF_PLACE = frozenset(
    ["محافظه", "استان", "ولايه", "منطقه", "شهر", "مدينه", "شهرستان", "صوبه"]
)  # fmt: skip


class _Counts:
    """How often a word was a given and a family name in some countries."""

    def __init__(
        self, database: sqlite3.Connection, countries: Iterable[str], *, only: bool
    ) -> None:
        self.given: Counter[str] = Counter()
        self.family: Counter[str] = Counter()
        chosen = frozenset(countries)
        for name, role, country, count in database.execute(
            "select arabic_key, role, country, sum(count) from units group by 1, 2, 3"
        ):
            if (country in chosen) == only:
                (self.family if role == "surname" else self.given)[key(name)] += count
        for name, country in database.execute(
            "select distinct arabic_key, country from full_names"
        ):
            if (country in chosen) == only:
                first, *others = key(name).split()
                self.given[first] += 1
                self.family.update(others)


def _names(counts: _Counts, words: set[str], doubted: set[str], *, fewest: int) -> dict[str, str]:
    classes: dict[str, str] = {}
    for name in counts.given.keys() | counts.family.keys():
        if name in _FUNCTION or not _LETTERS.fullmatch(name):
            continue
        given, family = counts.given[name], counts.family[name]
        is_word = name in words
        if is_word and (given + family < 2 or (name not in doubted and given < 3 and family < 4)):
            continue
        if given >= max(2, family / 4):
            is_doubted = (
                name in doubted or (is_word and given < 12) or given < fewest or len(name) < 3
            )
            # One that is rare but no word is a name wherever another stands beside it.
            is_rare = not is_word and name not in doubted and len(name) > 3
            classes[name] = ("j" if is_rare else "g") if is_doubted else "G"
        elif family >= 2 or not is_word:
            classes[name] = "f" if is_word or name in doubted or family < 2 else "F"
    return classes


def _places(names: dict[str, str], words: set[str], *, is_arabic: bool) -> dict[str, str]:
    """Give places, and in place of names those that are rather places."""
    sure = {key(name) for name in territories("ar" if is_arabic else "fa")}
    found = dict.fromkeys(sure, "P")
    near = _ARABIC if is_arabic else _NEAR_PERSIAN
    for city in cities():
        people, is_near = city["population"], city["countrycode"] in near
        if not is_near and people < 400_000:
            continue
        forms = {
            key(name)
            for name in city["alternatenames"]
            if _PLACE.fullmatch(name) and not (is_arabic and _NOT_ARABIC.search(name))
        }
        for form in forms:
            if is_arabic and f"ال{form}" in forms:
                continue
            first, *rest = form.split()
            if len(form) < 3 or len(rest) > 2 or first in _KINDS_OF_PLACE:
                continue
            if people >= 1_000_000 and is_near:
                sure.add(form)
            is_doubted = people < 600_000 and (
                len(form) < 4 or form in words or form.removeprefix("ال") in words or form in names
            )
            found.setdefault(form, "p" if is_doubted else "P")
    return {
        place: kind
        for place, kind in found.items()
        if place in sure
        or place not in names
        or (kind == "P" and (place.startswith("ال") or names[place] in "fF"))
    }


def compile_all(folder: Path = HERE) -> None:
    """Write the lists of Arabic and of Persian into a folder."""
    mine = own("arabic", key)
    mine["x"] -= {"علي", "الي", "مني"}  # names, written like words
    source = files("arabic_name_romanizer").joinpath("resources/names.sqlite3")
    with as_file(source) as path:
        database = sqlite3.connect(path)
        for name, language in (("arabic", "ar"), ("persian", "fa")):
            is_arabic = language == "ar"
            counts = _Counts(database, _PERSIAN, only=not is_arabic)
            words = {key(word) for word in dictionary(language)}
            classes = _names(counts, words, mine["g"] | mine["h"], fewest=5 if is_arabic else 3)
            classes.update(_places(classes, words, is_arabic=is_arabic))
            classes.update((word, "h") for word in mine["h"] if classes.get(word) in ("g", "j"))
            if is_arabic:
                classes.update(dict.fromkeys(mine["G"], "G"))
                classes.update(dict.fromkeys(mine["x"], "x"))
            else:
                classes.update((word, "g") for word, kind in classes.items() if kind == "j")
            write(name, classes, folder)
        database.close()


if __name__ == "__main__":
    compile_all()
