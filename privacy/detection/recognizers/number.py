"""How a country file writes down a number: its shape, its checksum, its words.

All such numbers are read together (`privacy.detection.recognizers.number_scan`): places where one can
begin are found once, and so are the words around them, whatever the number of countries.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from privacy.detection.recognizers.document_words import Words
from privacy.detection.recognizers.recognizer import WEAK, GatedRecognizer, context_pattern

LANGUAGES: Mapping[str, tuple[str, ...]] = {
    "AE": ("ar", "en"), "AR": ("es",), "AT": ("de",), "AU": ("en",), "BE": ("nl", "fr", "de"),
    "BG": ("bg",), "BR": ("pt",), "CA": ("en", "fr"), "CH": ("de", "fr", "it"), "CL": ("es",),
    "CN": ("zh",), "CO": ("es",), "CY": ("el",), "CZ": ("cs",), "DE": ("de",), "DK": ("da",),
    "EC": ("es",), "EE": ("et",), "EG": ("ar",), "ES": ("es",), "FI": ("fi", "sv"), "FR": ("fr",),
    "GB": ("en",), "GR": ("el",), "HK": ("zh", "en"), "HR": ("hr",), "HU": ("hu",), "ID": ("id",),
    "IE": ("en",), "IL": ("he",), "IN": ("hi", "en"), "IS": ("is",), "IT": ("it",), "JP": ("ja",),
    "KR": ("ko",), "LT": ("lt",), "LU": ("fr", "de", "lb"), "LV": ("lv",), "MT": ("mt", "en"),
    "MX": ("es",), "MY": ("ms", "en"), "NG": ("en",), "NL": ("nl",), "NO": ("no",), "NZ": ("en",),
    "PE": ("es",), "PH": ("en",), "PK": ("en", "ur"), "PL": ("pl",), "PT": ("pt",), "RO": ("ro",),
    "RS": ("sr",), "RU": ("ru",), "SA": ("ar",), "SE": ("sv",), "SG": ("en", "zh"), "SI": ("sl",),
    "SK": ("sk",), "TH": ("th",), "TR": ("tr",), "TW": ("zh",), "UA": ("uk", "ru"), "US": ("en", "es"),
    "UY": ("es",), "VN": ("vi",), "ZA": ("en",),
}  # fmt: skip
"""ISO 3166-1 alpha-2 to what is written there, BCP 47 primary; the likeliest language first."""

_EVERYWHERE = tuple(dict.fromkeys(one for spoken in LANGUAGES.values() for one in spoken))

LETTERS = r"A-Za-z\u0370-\u03ff\u0400-\u052f"
"""Scripts whose letters stand in documents' numbers; in others, a number touches words."""

_NOT_BEFORE = r"(?<![A-Za-z0-9_])(?<![0-9][./-])(?<![A-Za-z]-)(?<![$€£¥₹₽₩])"
_NOT_AFTER = r"(?![A-Za-z0-9_]|[./-]\d|-[A-Za-z]|,\d{1,2}(?!\d)|(?-i:\.[a-z]))"


def bordered(shape: str) -> str:
    """Give an expression that matches a shape only where no number or word goes on."""
    return rf"{_NOT_BEFORE}(?:{shape}){_NOT_AFTER}"


class NationalNumber(GatedRecognizer):
    """One national number: found by shape, believed by checksum and words.

    Args:
        entity: Country code and name: ``PL_PESEL``.
        shape: Regular expression without borders; those are added.
        check: The checksum.
        context: What this number is called.
        kind: What such documents are called, by language.
        alone: What a find that satisfies the check is worth without a word near it.
        at_home: The same, in a text of the country's language or a zone of the country.
        most: What a find is worth at most.
        is_case_sensitive: Its letters are always capitals.
        window: Characters before a find where its words count; under 60, only those close by.
    """

    def __init__(
        self,
        entity: str,
        shape: str,
        *,
        check: Callable[[str], bool] | None = None,
        context: Sequence[str] = (),
        kind: Sequence[Words] = (),
        alone: float = WEAK,
        at_home: float = 0.0,
        most: float = 1.0,
        is_case_sensitive: bool = False,
        window: int = 60,
    ) -> None:
        super().__init__(
            entity,
            [(bordered(shape), alone)],
            check=check,
            checked_score=alone,
            min_digits=1,
            is_case_sensitive=is_case_sensitive,
            window=window,
        )
        self.shape = shape
        self.names = tuple(word.lower() for word in context)
        self.kinds = tuple(kind)
        self.at_home = max(alone, at_home)
        prefix = entity.partition("_")[0]
        self.country = "GB" if prefix == "UK" else prefix
        self.most = most
        # A number of no country is one of every country.
        self.languages = LANGUAGES.get(self.country, _EVERYWHERE)
        self.context = [*self.names, *(w for one in kind for words in one.values() for w in words)]

    @cached_property
    def context_pattern(self) -> re.Pattern[str] | None:  # type: ignore[override]
        """Give its words as one pattern, for those who read it by itself."""
        return context_pattern(self.context)

    @property
    def expression(self) -> re.Pattern[str]:
        """Give its shape with borders."""
        return self._compiled[0][1]

    def worth_in(self, language: str) -> float:
        """Give what a find is worth with no word near it, in a text of a language."""
        is_home = language in self.languages and language != "en"  # all the world writes English
        return self.at_home if is_home else self.alone

    def is_checked(self, value: str) -> bool | None:
        """Tell whether a find satisfies the checksum; None where there is none."""
        return self.passes(value) if self.has_checksum else None


def national(
    entity: str,
    shape: str,
    *,
    check: Callable[[str], bool] | None = None,
    context: Sequence[str] = (),
    kind: Words | Sequence[Words] = (),
    alone: float = WEAK,
    at_home: float = 0.0,
    most: float = 1.0,
    is_case_sensitive: bool = False,
    window: int = 60,
) -> GatedRecognizer:
    """Make a recognizer of one national number.

    Args:
        entity: Country code and name: ``PL_PESEL``.
        shape: Regular expression without borders; those are added.
        check: The checksum. A find that fails it counts only where the number is called by its name,
            and is then put down to the name.
        context: What this number is called, in any language: ``pesel``.
        kind: What such documents are called in all languages: `document_words.PASSPORT`. Words of the
            country's own languages count more.
        alone: What a find that satisfies the check is worth without a word near it. Leave it weak
            unless shape and checksum are met by fewer than one order number in a hundred.
        at_home: The same, in a text of the country's language or in a zone of the country.
        most: What a find is worth at most: little where nobody knows the country.
        is_case_sensitive: Its letters are always capitals.
        window: Characters before a find where its words count; under 60, only those close by.
    """
    return NationalNumber(
        entity,
        shape,
        check=check,
        context=context,
        kind=(kind,) if isinstance(kind, Mapping) else kind,
        alone=alone,
        at_home=at_home,
        most=most,
        is_case_sensitive=is_case_sensitive,
        window=window,
    )


def digits_of(value: str) -> str:
    """Give the digits of a number, and nothing that is written between them."""
    return "".join(one for one in value if one.isdigit())


def compact(value: str) -> str:
    """Give the letters, in capitals, and the digits of a number."""
    return "".join(one for one in value if one.isalnum()).upper()


def weighted(digits: str, weights: Sequence[int]) -> int:
    """Give the sum of digits, each times its weight; as many as there are weights."""
    return sum(int(one) * weight for one, weight in zip(digits, weights, strict=False))


def is_date(year: int, month: int, day: int) -> bool:
    """Tell whether there can be such a day; the 29th of February is always believed."""
    return (
        1 <= month <= 12
        and 1 <= day <= (29 if month == 2 else 30 + (month in _LONG))
        and year < 2100
    )


_LONG = frozenset({1, 3, 5, 7, 8, 10, 12})
