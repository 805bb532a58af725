"""Compiles Russian names and places in all their cases, and names and places in other scripts."""

import re
from importlib.resources import files
from pathlib import Path

from privacy.detection.lexicons.script_sources import (
    HERE,
    cities,
    dictionary,
    own,
    territories,
    write,
)

_VOWELS = "аеёиоуыэюя"
_NOT_RUSSIAN = re.compile("[іїєґўѓќљњћђџјѕәөүұқғңһ]")
_RUSSIAN_NAME = re.compile("[А-ЯЁ][а-яё]+(?:-[А-Яа-яё]+)*")
_HUSHING = "жчшщц"
_ONE_SCRIPT = re.compile(
    r"(?:[А-Яа-яЀ-ԯ' -]+|[Ͱ-Ͽἀ-῿ -]+|[֐-׿' -]+|[Ⴀ-ჿ -]+|[Ա-֏ -]+|[ঀ-৿ -]+|[஀-௿ -]+)"
)
_HOME = frozenset(
    ["UA", "BY", "BG", "RS", "MK", "KZ", "KG", "GR", "CY", "IL", "GE", "AM", "BD", "LK", "ME", "BA", "MD"]
)  # fmt: skip
_IRREGULAR = {
    "павел": ["павел", "павла", "павлу", "павлом", "павле"],
    "пётр": ["пётр", "петра", "петру", "петром", "петре"],
    "петр": ["петр", "петра", "петру", "петром", "петре"],
    "лев": ["лев"],
}


def cases(word: str) -> list[str]:
    """Give a Russian name in all cases of the singular, the nominative first."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    endings: tuple[str, ...] = ()
    if word.endswith("ия"):
        endings = ("и", "ю", "ей", "ею")
    elif word.endswith("я"):
        endings = ("и", "е", "ю", "ей", "ею")
    elif word.endswith("а"):
        soft = word[-2] in _HUSHING
        endings = ("и" if word[-2] in "гкхжчшщц" else "ы", "е", "у", "ой", "ою")
        endings += ("ей",) if soft else ()
    elif word.endswith("ий"):
        endings = ("я", "ю", "ем", "и")
    elif word.endswith("й"):
        endings = ("я", "ю", "ем", "е")
    elif word.endswith("ь"):
        endings = ("я", "ю", "ем", "е", "и", "ью")
    elif word[-1] not in _VOWELS:
        return [word, *(word + ending for ending in ("а", "у", "ом", "е"))]
    return [word, *(word[:-1] + ending for ending in endings)]


def family_cases(name: str) -> list[str]:
    """Give a family name in -ов, -ев or -ин in all cases, of a man and of a woman."""
    return [name, *(name + ending for ending in ("а", "у", "ым", "е", "ой", "ых", "ы"))]


def russian() -> dict[str, str]:
    """Gather Russian given names and places; those that are words need more than themselves."""
    mine = own("russian")
    common = mine["G"]
    forms = dictionary("ru")
    folder = files("natasha").joinpath("data/dict")
    maybe = {
        line.split("#")[0].strip()
        for line in folder.joinpath("maybe_first.txt").read_text(encoding="utf-8").splitlines()
    }
    listed = folder.joinpath("first.txt").read_text(encoding="utf-8").split()

    def is_word(word: str) -> bool:
        lemma = forms.get(word) or forms.get(word.replace("ё", "е"))
        return lemma is not None and lemma[:1].islower()

    classes: dict[str, str] = {}
    for name in sorted({*listed, *common, *maybe}):
        if not re.fullmatch("[а-яё]{3,}", name) or (len(name) < 4 and name not in common | maybe):
            continue
        for number, form in enumerate(cases(name)):
            is_sure = (
                name in common
                and form not in maybe
                and not (number and is_word(form))
                and (number or name not in mine["g"])
                and name not in maybe
            )
            if is_sure or form not in classes:
                classes[form] = "G" if is_sure else "g"
    for family in mine["F"]:
        for form in family_cases(family):
            if not is_word(form):
                classes.setdefault(form, "F")
    places = {*territories("ru"), *mine["P"]}
    for city in cities():
        is_home = city["countrycode"] in ("RU", "UA", "BY", "KZ")
        if city["population"] >= (30_000 if is_home else 900_000):
            places.update(
                name
                for name in city["alternatenames"]
                if _RUSSIAN_NAME.fullmatch(name) and not _NOT_RUSSIAN.search(name.lower())
            )
    for place in sorted(places):
        if " " not in place:
            for form in cases(place.lower()):
                if len(form) > 3 and not is_word(form):
                    classes.setdefault(form, "P")
    for form in cases("москва") + cases("россия") + cases("питер") + cases("казань"):
        classes[form] = "P"
    return classes


def other_scripts() -> dict[str, str]:
    """Gather our own lists of names, and places in scripts beside those with a reader."""
    classes = {
        word.lower(): kind for kind, listed in own("scripts").items() for word in sorted(listed)
    }
    places: list[str] = []
    for language in ("uk", "bg", "sr", "mk", "be", "kk", "el", "he", "ka", "hy", "bn", "ta"):
        places.extend(territories(language))
    for city in cities():
        if city["population"] >= (40_000 if city["countrycode"] in _HOME else 1_000_000):
            places.extend(city["alternatenames"])
    for place in places:
        small = place.lower().strip()
        if not _ONE_SCRIPT.fullmatch(place) or small in ("мир", "рима", "рига"):
            continue
        is_cased = small[:1] < "\u0590"
        fits = len(small) > 3 and " " not in small if is_cased else len(small) > 2
        if fits and len(small.split()) < 3:
            classes.setdefault(small, "P")
    return classes


def compile_all(folder: Path = HERE) -> None:
    """Write both lists into a folder."""
    write("russian", russian(), folder)
    write("scripts", other_scripts(), folder)


if __name__ == "__main__":
    compile_all()
