"""Compiles Hindi names, places and ordinary words, in Devanagari and in Latin letters."""

import re
import sqlite3
from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path

from privacy.detection.lexicons.devanagari import key
from privacy.detection.lexicons.romanised import romanised, simplified
from privacy.detection.lexicons.script_sources import (
    HERE,
    cities,
    dictionary,
    own,
    territories,
    write,
)

_TOWN_ENDING = re.compile("(?:पुर|बाद|नगर|गढ|गंज|पट्टनम)$")
_INFLECTED = re.compile("(?:[ीिुों]ं|्)$")
_FAMILIES_ALSO = 2
"""Bearers from which on a name in Latin letters is taken in."""


def latin() -> dict[str, str]:
    """Gather names and places in Latin letters, in lower case."""
    mine = own("hindi_latin")
    found: dict[str, str] = {}
    for file, kind in (("first.male", "G"), ("first.female", "G"), ("last", "F")):
        names = files("indian_names").joinpath(f"{file}.names").read_text(encoding="utf-8")
        for name in names.lower().split():
            if re.fullmatch("[a-z]{3,}", name) and found.get(name) != "G":
                found[name] = kind if len(name) > 3 else kind.lower()
    for kind in "GF":
        found.update(dict.fromkeys(mine[kind], kind))
    words = {word.lower() for word in dictionary("en")}
    for name, kind in found.items():
        is_word = name in words and kind == "G" and len(name) < 7 and name not in ("rahul", "amit")
        if name in mine["w"] or is_word:
            found[name] = kind.lower()
    source = files("arabic_name_romanizer").joinpath("resources/names.sqlite3")
    counts: Counter[tuple[str, str]] = Counter()
    with as_file(source) as path:
        database = sqlite3.connect(path)
        for name, role, count in database.execute(
            "select latin, role, sum(count) from units"
            " where country = 'PK' and role in ('given', 'surname') group by 1, 2"
        ):
            if re.fullmatch("[a-z]{4,}", name.lower()):
                counts[name.lower(), "g" if role == "given" else "f"] += count
        database.close()
    for (name, kind), count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        if count >= _FAMILIES_ALSO:
            found.setdefault(name, kind)
    for city in cities():
        name = city["name"].lower()
        is_large = city["countrycode"] == "IN" and city["population"] >= 200_000
        if is_large and re.fullmatch("[a-z]+", name) and name not in words | mine["p"]:
            found.setdefault(name, "P")
    found.update(dict.fromkeys(mine["P"], "P"))
    return found


def devanagari(names: dict[str, str]) -> dict[str, str]:
    """Gather words, names and places in Devanagari.

    Args:
        names: In Latin letters; a word spelled like one may be one.
    """
    mine = own("hindi", key)
    words = {key(word) for word in dictionary("hi")}
    classes = {word: "o" for word in words if re.fullmatch(r"[\u0900-\u097f]{1,14}", word)}
    by_form = {
        simplified(name): kind
        for name, kind in sorted(names.items())
        if kind in "GF" and len(name) > 3
    }
    exact = {
        (simplified(name), name.endswith("a"), name.count("sh"))
        for kind, listed in own("hindi_latin").items()
        for name in listed
        if kind in "GF" and len(name) > 3
    }
    for word in classes:
        form = romanised(word)
        kind = by_form.get(form)
        if kind and len(word) > 2:
            spelling = (form, word.endswith("ा"), word.count("श") + word.count("ष"))
            is_sure = (
                kind == "G"
                and spelling in exact
                and word not in mine["w"]
                and not _INFLECTED.search(word)
            )
            classes[word] = kind if is_sure else kind.lower()
    named = mine["g"] | mine["G"] | mine["F"] | mine["f"] | mine["x"]
    regions = (HERE / "lists" / "hindi_places.txt").read_text(encoding="utf-8").splitlines()
    for place in (*territories("hi"), *(one for one in regions if not one.startswith("#"))):
        classes[key(place)] = "P"
    for city in cities():
        people = city["population"]
        if city["countrycode"] not in ("IN", "NP") and people < 400_000:
            continue
        for name in city["alternatenames"]:
            place = key(name)
            if not re.fullmatch(r"[\u0900-\u097f ]{3,}", name) or len(place) < 3:
                continue
            if place in mine["x"] or classes.get(place) == "P":
                continue
            is_sure = place not in named and (
                people >= 700_000
                or place not in words
                or (len(place) > 5 and _TOWN_ENDING.search(place) is not None)
            )
            classes[place] = "P" if is_sure else "p"
    for kind in "xFGItrTEObnlmgfHjNBy":
        classes.update(dict.fromkeys(mine[kind], kind))
    classes.update((place, "P") for name in territories("hi") if (place := key(name)) in words)
    return classes


def compile_all(folder: Path = HERE) -> None:
    """Write both lists into a folder."""
    names = latin()
    write("hindi_latin", names, folder)
    write("hindi", devanagari(names), folder)


if __name__ == "__main__":
    compile_all()
