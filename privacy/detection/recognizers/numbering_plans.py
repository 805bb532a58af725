"""Which digits are a phone number where: each region's numbering plan as one expression.

The plans are libphonenumber's; parsing a number with that library in thirty regions takes a hundred
times as long.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

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


_FREE = re.compile("1?[3489]00|18")


@lru_cache(maxsize=256)
def _plan(region: str) -> tuple[re.Pattern[str], str, bool] | None:
    """Give the valid numbers of a region, what is dialled before them, and whether that is all."""
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None:
        return None
    kinds = [getattr(metadata, kind) for kind in _KINDS]
    patterns = dict.fromkeys(
        one.national_number_pattern for one in kinds if one and one.national_number_pattern
    )
    joined = re.compile("|".join(f"(?:{one})" for one in patterns))
    is_plain = metadata.national_prefix_transform_rule is None
    return joined, metadata.national_prefix or "", is_plain


def is_national(digits: str, region: str) -> bool:
    """Tell whether digits are a number of a region, written as its people write it at home."""
    plan = _plan(region)
    if plan is None:
        return False
    numbers, prefix, is_plain = plan
    if prefix and digits.startswith(prefix) and numbers.fullmatch(digits[len(prefix) :]):
        return True
    # Where a zero is dialled first, nobody leaves it out but before a free number.
    if (prefix != "0" or _FREE.match(digits)) and numbers.fullmatch(digits):
        return True
    return not is_plain and _is_parsed(digits, region)


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
