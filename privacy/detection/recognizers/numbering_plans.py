"""Which digits are a phone number where: each region's numbering plan as one expression.

The plans are libphonenumber's; parsing a number with that library in thirty regions takes a hundred
times as long.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from phonenumbers import (
    NumberParseException,
    PhoneMetadata,
    is_valid_number,
    parse,
)

REGIONS: Mapping[str, tuple[str, ...]] = {
    "ar": ("SA", "AE", "EG", "JO", "KW", "QA", "MA", "IQ", "LB", "OM", "BH"), "bg": ("BG",), "cs": ("CZ",),
    "da": ("DK",), "de": ("DE", "AT", "CH"), "el": ("GR", "CY"), "en": ("US", "GB", "CA", "AU", "IE", "IN"),
    "es": ("ES", "MX", "AR", "CO", "CL", "PE", "EC", "UY"), "et": ("EE",), "fi": ("FI",),
    "fr": ("FR", "BE", "CH", "CA"), "he": ("IL",), "hi": ("IN",), "hr": ("HR",), "hu": ("HU",), "id": ("ID",),
    "is": ("IS",), "it": ("IT", "CH"), "ja": ("JP",), "ko": ("KR",), "lt": ("LT",), "lv": ("LV",),
    "ms": ("MY", "SG"), "nl": ("NL", "BE"), "no": ("NO",), "nb": ("NO",), "pl": ("PL",), "pt": ("BR", "PT"),
    "ro": ("RO",), "ru": ("RU", "KZ", "BY"), "sk": ("SK",), "sl": ("SI",), "sr": ("RS",), "sv": ("SE", "FI"),
    "th": ("TH",), "tr": ("TR",), "uk": ("UA",), "vi": ("VN",), "zh": ("CN", "TW", "HK", "SG"),
}  # fmt: skip
"""BCP 47 primary to the regions where most who write it live, ISO 3166-1 alpha-2."""

_KINDS = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager", "uan",
)  # fmt: skip


class _Plan(NamedTuple):
    """One region's numbering plan.

    Attributes:
        numbers: Matches every valid number, without what is dialled before it.
        prefix: What is dialled before it within the region; empty for nothing.
        forms: How numbers are written, in order: what they begin with, their digits, and whether
            the prefix is written too.
        is_plain: A number is its prefix and itself, and nothing is rewritten.
    """

    numbers: re.Pattern[str]
    prefix: str
    forms: tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...]
    is_plain: bool

    def is_written_bare(self, digits: str) -> bool:
        """Tell whether people leave the prefix out before such a number."""
        for beginning, form, has_prefix in self.forms:
            if beginning.match(digits) and form.fullmatch(digits):
                return not has_prefix
        return True


@lru_cache(maxsize=256)
def _plan(region: str) -> _Plan | None:
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None:
        return None
    kinds = [getattr(metadata, kind) for kind in _KINDS]
    patterns = dict.fromkeys(
        one.national_number_pattern for one in kinds if one and one.national_number_pattern
    )
    prefix = metadata.national_prefix or ""
    forms = [
        (
            re.compile(one.leading_digits_pattern[-1] if one.leading_digits_pattern else ""),
            re.compile(one.pattern or ""),
            bool(prefix) and prefix in (one.national_prefix_formatting_rule or ""),
        )
        for one in metadata.number_format
    ]
    return _Plan(
        numbers=re.compile("|".join(f"(?:{one})" for one in patterns)),
        prefix=prefix,
        forms=tuple(forms),
        is_plain=metadata.national_prefix_transform_rule is None,
    )


def is_national(digits: str, region: str) -> bool:
    """Tell whether digits are a number of a region, written as its people write it at home."""
    plan = _plan(region)
    if plan is None:
        return False
    prefix = plan.prefix
    if prefix and digits.startswith(prefix) and plan.numbers.fullmatch(digits[len(prefix) :]):
        return True
    if plan.numbers.fullmatch(digits) and (prefix != "0" or plan.is_written_bare(digits)):
        return True
    return not plan.is_plain and digits.startswith("0") and _is_parsed(digits, region)


@lru_cache(maxsize=4_096)
def _is_parsed(value: str, region: str | None) -> bool:
    try:
        return bool(is_valid_number(parse(value, region)))
    except NumberParseException:
        return False


def is_any_national(digits: str, regions: Sequence[str]) -> bool:
    """Tell whether digits are a number of any of the regions."""
    return any(is_national(digits, region) for region in regions)


def is_international(digits: str) -> bool:
    """Tell whether digits, with a country code before them, are a number of that country."""
    return _is_parsed("+" + digits, None)
