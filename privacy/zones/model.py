"""The law of one zone, as data: every number with its article, its date, and how sure we are of it.

Reading the files does not belong here (`privacy.zones.loader`), nor does deciding about a person
(`privacy.consent.rules`). None of it is legal advice.
"""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, StrictInt, field_validator
from pydantic import model_validator as validator

from privacy.ids import ZoneId
from privacy.zones.rules import (
    Country,
    Deadline,
    DetectionRules,
    IdentityRules,
    Instrument,
    KeyRules,
    Model,
    Name,
    Period,
    PurposeRule,
    Retention,
    Rule,
    Text,
    TransferRules,
    VolumeStep,
)
from privacy.zones.vocabulary import (
    ZONE_ID,
    Category,
    Confidence,
    LegalBasis,
    Purpose,
    SetBy,
    purpose_named,
)

__all__ = [
    "ZONE_ID",
    "Category",
    "Confidence",
    "Deadline",
    "DetectionRules",
    "IdentityRules",
    "Instrument",
    "KeyRules",
    "LegalBasis",
    "Period",
    "Purpose",
    "PurposeRule",
    "Retention",
    "Rule",
    "SetBy",
    "TransferRules",
    "VolumeStep",
    "ZonePolicy",
    "purpose_named",
]


class ZonePolicy(Model):
    """Everything a zone's law and configuration say.

    Attributes:
        regime: The law, by name.
        countries: ISO 3166-1 alpha-2 codes whose residents' data belongs here.
        territory: Why those countries.
        languages: What customers write in; BCP 47 primary tags, the commonest first.
        suite: Cipher of sealed values.
        key_uri: Key provider; ``local:`` for the file keystore.
        time_zone: IANA name; days of the zone's reports are counted in it.
        stores: Patterns of store and till ids that lie here (``fnmatch``, case ignored);
            ``{country}`` stands for each of `countries`.
        bases: Legal bases the regime knows.
        consent_age_years: From which age a person consents alone; its rule is `consent_age`.
    """

    id: ZoneId
    name: Text
    regime: Text
    countries: Annotated[tuple[Country, ...], Field(min_length=1)]
    territory: Rule
    languages: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...], Field(min_length=1)
    ]
    suite: Literal["aes-256-gcm", "sm4-gcm"]
    suite_rule: Rule
    key_uri: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*:")]
    time_zone: str
    stores: tuple[Text, ...] = ()
    bases: Annotated[tuple[LegalBasis, ...], Field(min_length=1)]
    bases_rule: Rule
    consent_age_years: Annotated[StrictInt, Field(ge=0, le=21)]
    consent_age: Rule
    purposes: Mapping[Purpose, PurposeRule]
    retention: Mapping[Category, Retention]
    deadlines: Mapping[Name, Deadline]
    transfers: TransferRules
    keys: KeyRules
    detection: DetectionRules = DetectionRules()
    identity: IdentityRules = IdentityRules()

    @field_validator("id")
    @classmethod
    def _is_a_zone_id(cls, value: str) -> str:
        if not ZONE_ID.fullmatch(value):
            raise ValueError("a zone id is 2 to 16 lower-case letters, digits and underscores")
        return value

    @field_validator("time_zone")
    @classmethod
    def _is_a_time_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("not an IANA time zone") from None
        return value

    @field_validator("countries", "languages", "stores", "bases")
    @classmethod
    def _has_no_doubles(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(value)) != len(value):
            raise ValueError("one entry stands twice")
        return value

    @field_validator("purposes")
    @classmethod
    def _names_every_purpose(
        cls, value: Mapping[Purpose, PurposeRule]
    ) -> Mapping[Purpose, PurposeRule]:
        _complete(value, Purpose)
        marketing = value[Purpose.MARKETING]
        if not (
            marketing.needs_consent or marketing.is_objectable or marketing.basis is LegalBasis.NONE
        ):
            raise ValueError("marketing must need consent or be objectable")
        return value

    @field_validator("retention")
    @classmethod
    def _names_every_category(
        cls, value: Mapping[Category, Retention]
    ) -> Mapping[Category, Retention]:
        _complete(value, Category)
        return value

    @field_validator("deadlines")
    @classmethod
    def _names_the_two_deadlines(cls, value: Mapping[str, Deadline]) -> Mapping[str, Deadline]:
        missing = sorted({"request", "breach_authority"} - set(value))
        if missing:
            raise ValueError(f"no {' and no '.join(missing)}")
        return value

    @validator(mode="after")
    def _uses_bases_the_regime_knows(self) -> Self:
        known = {*self.bases, LegalBasis.NONE}
        for purpose, rule in self.purposes.items():
            if rule.basis not in known:
                raise ValueError(f"purposes.{purpose}.basis: the regime knows no {rule.basis}")
        return self

    def __repr__(self) -> str:
        return f"ZonePolicy(id={self.id!r}, regime={self.regime!r})"

    def store_patterns(self) -> tuple[str, ...]:
        """Give the store patterns with ``{country}`` written out, in lower case."""
        return tuple(
            pattern.replace("{country}", country).casefold()
            for pattern in self.stores
            for country in (self.countries if "{country}" in pattern else ("",))
        )

    def rule_for(self, purpose: Purpose, *, at: datetime) -> PurposeRule | None:
        """Give the rule on a purpose, or None where it is not in force at an instant."""
        rule = self.purposes[purpose]
        return rule if rule.is_in_force(at.astimezone(UTC).date()) else None


def _complete(value: Collection[str], members: type[StrEnum]) -> None:
    missing = [str(member) for member in members if member not in value]
    if missing:
        raise ValueError(f"no {' and no '.join(missing)}")
