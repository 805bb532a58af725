"""The ordinary words of a language: what a dictionary has, without the names in it."""

import re
from collections import Counter
from collections.abc import Iterator

from privacy.detection.lexicons.latin_names import (
    PLAIN_WORD,
    Names,
    births,
    declined,
    french,
    lines,
    own_family,
    own_given,
)
from privacy.detection.lexicons.lexicon import (
    COMMON_FAMILY,
    FAMILY,
    GIVEN,
    LARGE_CITY,
    NATIVE,
    REGION,
    WELL_KNOWN,
    WORD_LENGTH,
)
from privacy.detection.lexicons.plain import plain

_ADJECTIVAL = re.compile(r"(?:[scd]k|[scd]zk)(?:i|a|iego|iemu|im|iej|ich|imi)$")


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
    words.update(plain(word) for line in lines("feasts.txt") for word in line.split())
    for line in lines("words.txt"):
        if line.startswith(f"{language}:"):
            words.update(plain(word) for word in line.split()[1:])
    words.update(key for word in calendar(language) if PLAIN_WORD.fullmatch(key := plain(word)))
    return words - names - family(language, words, named)


def native(language: str) -> set[str]:
    """Give the given names common among those who speak it that are no ordinary words of it."""
    found = own_given(language)
    if language == "pl":
        found |= {form for name in own_given(language) for form in declined(plain(name))}
    if language == "en":
        found.update(name for name, count in births().items() if count >= 30_000)
    if language == "fr":
        for sex in "fm":
            found.update(french(f"dist.prenoms.{sex}.all.txt")[:700])
    return {plain(name) for name in found} - {plain(name) for name in _also(language)}


def family(language: str, words: set[str], named: Names) -> set[str]:
    """Give the family names a dictionary holds as if they were words: ``kowalska``, ``nowak``.

    Those of our own list that are no ordinary words beside, and in Polish every common one that
    ends like an adjective.
    """
    if language == "tr":
        return {word for word in words if word.endswith("oglu") and named[word] & FAMILY}
    if language not in ("pl", "id"):
        return set()
    found = {plain(name) for name in own_family(language)} - {plain(one) for one in _also("family")}
    if language == "pl":
        native = FAMILY | NATIVE["pl"]
        found |= {
            word
            for word in words
            if named[word] & native == native
            and named[word] & COMMON_FAMILY
            and _ADJECTIVAL.search(word)
        }
    return found - {plain(name) for name in _also(language)}


def foreign(language: str, forms: dict[str, str], named: Names, found: Counter[str]) -> set[str]:
    """Give the names and places that a dictionary holds as if they were words of its language.

    The Turkish one sets endings off by an apostrophe, only those of proper names; the German one
    capitalises all nouns.
    """
    if language not in ("de", "tr"):
        return set()
    kept = {plain(name) for name in _also("en") | _also(language)}
    names = {key for name, n in births().items() if n >= 100_000 and len(key := plain(name)) > 4}
    if language == "tr":
        proper = {plain(form).split("'")[0] for form in forms if "'" in form}
        given = GIVEN | NATIVE["tr"]
        names |= {
            one
            for one in proper
            if len(one) > 3 and (named[one] & given == given or found[one] & (LARGE_CITY | REGION))
        }
    if language == "de":
        names |= {one for one, bits in found.items() if bits & (LARGE_CITY | REGION)}
        names |= {one for one, bits in named.items() if bits & WELL_KNOWN and len(one) > 4}
    return names - kept


def _also(language: str) -> set[str]:
    line = next(line for line in lines("also_words.txt") if line.startswith(f"{language}:"))
    return set(line.split()[1:])


def calendar(language: str) -> Iterator[str]:
    """Give the names of months, days and languages, which many languages capitalise."""
    from babel import Locale

    locale = Locale(language)
    for named in (locale.months, locale.days):
        for widths in (named["format"], named["stand-alone"]):
            yield from widths["wide"].values()
    yield from locale.languages.values()
