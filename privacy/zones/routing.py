"""Decides which zone a record belongs to, from evidence, before anything of it is written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Protocol

import phonenumbers

from privacy.errors import Unroutable
from privacy.ids import ZoneId
from privacy.zones.model import ZonePolicy


class Hints(Protocol):
    """What an item says of its jurisdiction; `privacy.records.canonical.RoutingHints` is one."""

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO 3166-1 alpha-2, stated outright for the customer."""

    @property
    def stores(self) -> tuple[str, ...]:
        """Store or till ids."""

    @property
    def phones(self) -> tuple[str, ...]:
        """Phone numbers, with their international prefix where they have one."""

    @property
    def locales(self) -> tuple[str, ...]:
        """BCP 47."""


class Evidence(StrEnum):
    """What put a record in its zone, strongest first."""

    KNOWN_HANDLE = "known_handle"
    COUNTRY = "country"
    STORE = "store"
    PHONE = "phone"
    LOCALE = "locale"
    DEFAULT = "default"


CONFLICTING_EVIDENCE = "conflicting_evidence"
NO_ZONE_FOR_COUNTRY = "no_zone_for_country"
NO_EVIDENCE = "no_evidence"


@dataclass(frozen=True, slots=True)
class Route:
    """Where a record belongs, and why.

    Attributes:
        zone: The zone.
        evidence: The strongest evidence for it.
        country: ISO 3166-1 alpha-2 the evidence names, where it names one.
    """

    zone: ZoneId
    evidence: Evidence
    country: str | None = None


@dataclass(frozen=True, slots=True)
class _Claim:
    """A piece of evidence; `zone` is None for a country that no zone covers."""

    zone: ZoneId | None
    evidence: Evidence
    country: str | None


def route(
    hints: Hints,
    *,
    policies: Mapping[ZoneId, ZonePolicy],
    known_zone: ZoneId | None = None,
    default: ZoneId | None = None,
) -> Route:
    """Decide a record's zone.

    A handle we know decides alone. After it come country, store and phone prefix: they must agree
    with each other, and a country no zone covers is not overruled by a weaker hint. Only where
    none of them speaks does a locale's region count, and last the source's default. Locales that
    name several zones say nothing.

    Args:
        hints: What the item says.
        policies: Every zone there is.
        known_zone: Where the item's handle is already known.
        default: Where this source's records go when nothing else is known.

    Raises:
        Unroutable: With the reason ``conflicting_evidence``, ``no_zone_for_country`` or
            ``no_evidence``.
    """
    if known_zone is not None:
        return Route(known_zone, Evidence.KNOWN_HANDLE)
    zone_of = _zones_by_country(policies)
    strong = [
        *_country_claims(hints.countries, zone_of, Evidence.COUNTRY),
        *_store_claims(hints.stores, policies),
        *_country_claims(_phone_countries(hints.phones), zone_of, Evidence.PHONE),
    ]
    if strong:
        return _agreed(strong)
    locales = list(_country_claims(_regions(hints.locales), zone_of, Evidence.LOCALE))
    if locales and len({claim.zone for claim in locales}) == 1:
        return _agreed(locales)
    if default is not None:
        return Route(default, Evidence.DEFAULT)
    raise Unroutable(CONFLICTING_EVIDENCE if locales else NO_EVIDENCE)


def _agreed(claims: list[_Claim]) -> Route:
    zones = {claim.zone for claim in claims}
    if len(zones) > 1:
        raise Unroutable(CONFLICTING_EVIDENCE)
    first = claims[0]
    if first.zone is None:
        raise Unroutable(NO_ZONE_FOR_COUNTRY)
    country = next((claim.country for claim in claims if claim.country), None)
    return Route(first.zone, first.evidence, country)


def _country_claims(
    countries: Iterable[str], zone_of: Mapping[str, ZoneId], evidence: Evidence
) -> Iterable[_Claim]:
    for country in countries:
        code = country.strip().upper()
        if len(code) == 2 and code.isascii() and code.isalpha():
            yield _Claim(zone_of.get(code), evidence, code)


def _store_claims(stores: Iterable[str], policies: Mapping[ZoneId, ZonePolicy]) -> Iterable[_Claim]:
    for store in stores:
        folded = store.strip().casefold()
        for zone, patterns in _patterns(policies).items():
            if any(fnmatchcase(folded, pattern) for pattern in patterns):
                yield _Claim(zone, Evidence.STORE, None)


def _phone_countries(phones: Iterable[str]) -> Iterable[str]:
    for phone in phones:
        country = country_of_phone(phone)
        if country is not None:
            yield country


@lru_cache(maxsize=65_536)
def _country_of_e164(number: str) -> str | None:
    try:
        parsed = phonenumbers.parse(number, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(parsed):
        return None
    region = phonenumbers.region_code_for_number(parsed)
    if region is None and parsed.country_code is not None:
        region = phonenumbers.region_code_for_country_code(parsed.country_code)
    is_country = region is not None and len(region) == 2 and region.isalpha() and region != "ZZ"
    return region if is_country else None


def country_of_phone(phone: str) -> str | None:
    """Give the country of a number's prefix, or None where it has no international prefix.

    Bare digits are no evidence: ``151 2234 5678`` is a mobile in China, and with a plus before it
    a valid number in Texas. A connector that knows its ids to be international (WhatsApp's) writes
    the plus. A number no numbering plan assigns counts for the main country of its prefix.
    """
    number = phone.strip()
    if number.startswith("00"):
        number = "+" + number[2:]
    return _country_of_e164(number) if number.startswith(("+", "＋")) else None


def _regions(locales: Iterable[str]) -> Iterable[str]:
    for locale in locales:
        for subtag in locale.replace("_", "-").split(".")[0].split("-")[1:]:
            if len(subtag) == 1:
                break
            if len(subtag) == 2:
                yield subtag
                break


def _zones_by_country(policies: Mapping[ZoneId, ZonePolicy]) -> Mapping[str, ZoneId]:
    return _tables(policies)[0]


def _patterns(policies: Mapping[ZoneId, ZonePolicy]) -> Mapping[ZoneId, tuple[str, ...]]:
    return _tables(policies)[1]


_Tables = tuple[Mapping[str, ZoneId], Mapping[ZoneId, tuple[str, ...]]]
_latest: list[tuple[Mapping[ZoneId, ZonePolicy], _Tables]] = []


def _tables(policies: Mapping[ZoneId, ZonePolicy]) -> _Tables:
    """Index the policies; kept for the mapping last seen, as every record of a run brings it."""
    if _latest and _latest[0][0] is policies:
        return _latest[0][1]
    tables = (
        {country: zone for zone, policy in policies.items() for country in policy.countries},
        {zone: policy.store_patterns() for zone, policy in policies.items()},
    )
    _latest[:] = [(policies, tables)]
    return tables
