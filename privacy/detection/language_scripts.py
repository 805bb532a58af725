"""Which script a text is written in, and which languages are written in it."""

import re
from collections.abc import Mapping
from typing import NamedTuple

LATIN = "latin"


class Script(NamedTuple):
    """One script other than Latin.

    Attributes:
        letters: A character class.
        languages: BCP 47 tags of those written in it, the likeliest first.
        worth: How many Latin letters one of its letters is worth.
        foreign: Letters the first language does not have and others do.
    """

    letters: str
    languages: tuple[str, ...]
    worth: int = 1
    foreign: re.Pattern[str] | None = None


SCRIPTS: Mapping[str, Script] = {
    "kana": Script("[\\u3041-\\u30fa\\u30fc-\\u30ff\\uff66-\\uff9d]", ("ja",), 4),
    "han": Script(
        "[\\u3005\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\U00020000-\\U0003ffff]",
        ("zh", "ja"),
        3,
    ),
    "hangul": Script("[\\u1100-\\u11ff\\u3130-\\u318f\\uac00-\\ud7af]", ("ko",), 4),
    "thai": Script("[\\u0e01-\\u0e4e]", ("th",)),
    "devanagari": Script("[\\u0900-\\u0963\\u0970-\\u097f]", ("hi", "mr", "ne")),
    "arabic": Script(
        "[\\u0620-\\u064a\\u066e-\\u06d3\\u06fa-\\u06ff\\u0750-\\u077f]",
        ("ar", "fa", "ur"),
        foreign=re.compile("[\u067e\u0686\u0698\u06af\u0679\u0688\u0691\u06ba\u06d2\u06c1]"),
    ),
    "cyrillic": Script(
        "[\\u0400-\\u052f]",
        ("ru", "uk", "bg", "sr", "mk", "be"),
        foreign=re.compile(
            "[\u0456\u0457\u0454\u0491\u045e\u0452\u0458\u0459\u045a\u045b\u045f\u0453\u045c]"
        ),
    ),
    "greek": Script("[\\u0370-\\u03ff\\u1f00-\\u1fff]", ("el",)),
    "hebrew": Script("[\\u05d0-\\u05ea]", ("he",)),
}

OTHER = "other"
"""Armenian, Georgian, Tamil and all the rest."""

RUNS = re.compile("|".join(f"(?P<{name}>{of.letters}+)" for name, of in SCRIPTS.items()))
"""Letters of one script in a row."""

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_LETTER = re.compile(r"[^\W\d_]")
_JAPANESE = re.compile(
    "[\u6c17\u5bfe\u5186\u58f2\u8aad\u8fbc\u50cd\u56f3\u770c\u6255\u5c4a\u5fdc\u5909\u5b9f\u691c\u9a13\u7d9a\u7dcf\u7d4c\u5e83\u5358\u623b\u69d8\u4fa1\u99c5\u59eb\u5869\u8fba\u6ca2\u698a\u5ce0\u7551\u6803]"
)
"""Characters as only Japan writes them."""

_SHARE = 0.4
"""A script with so much of the letters is what a text is in; the rest is brands and names."""

_KANA_SHARE = 0.06
"""Of Chinese characters and kana together: a text in Chinese quotes one now and then."""


def count_scripts(text: str) -> dict[str, int]:
    """Give how many letters of each script there are, Latin ones among them."""
    if text.isascii():
        return {LATIN: len(_LATIN.findall(text))}
    counts: dict[str, int] = {}
    for match in RUNS.finditer(text):
        name = match.lastgroup or OTHER
        counts[name] = counts.get(name, 0) + match.end() - match.start()
    counts[LATIN] = len(_LATIN.findall(text))
    rest = len(_LETTER.findall(text)) - sum(counts.values())
    if rest > 0:
        counts[OTHER] = rest
    return counts


def main_script(counts: Mapping[str, int]) -> str:
    """Give the script a text with these letters is in; empty for one with too few."""
    kana, han = counts.get("kana", 0), counts.get("han", 0)
    merged = {name: count for name, count in counts.items() if name not in ("kana", "han")}
    if kana or han:
        is_japanese = kana and kana >= _KANA_SHARE * (kana + han)
        merged["kana" if is_japanese else "han"] = kana + han
    weighted = {
        name: count * (SCRIPTS[name].worth if name in SCRIPTS else 1)
        for name, count in merged.items()
        if count
    }
    total = sum(weighted.values())
    if total < FEWEST_LETTERS:
        return ""
    latin = weighted.pop(LATIN, 0)
    if weighted:
        name = max(weighted, key=weighted.__getitem__)
        if weighted[name] >= _SHARE * total or not latin:
            return name
    return LATIN


FEWEST_LETTERS = 4
"""Latin ones, or as much as they are worth; a text with fewer is in no language."""


def is_japanese(text: str) -> bool:
    """Tell whether a text of Chinese characters alone has some that only Japan writes."""
    return _JAPANESE.search(text) is not None


def is_foreign(script: str, text: str) -> bool:
    """Tell whether a text has letters the script's first language does not have."""
    foreign = SCRIPTS[script].foreign
    return foreign is not None and foreign.search(text.lower()) is not None
