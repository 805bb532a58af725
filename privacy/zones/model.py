"""The law of one zone, as data: every number with its article, its date, and how sure we are of it.

Reading the files does not belong here (`privacy.zones.loader`), nor does deciding about a person
(`privacy.consent.decision`). None of it is legal advice.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, field_validator
from pydantic import model_validator as validator

from privacy.errors import UnknownPurpose
from privacy.ids import ZoneId

ZONE_ID = re.compile(r"[a-z][a-z0-9_]{1,15}")
"""The form of a zone's id: it names a file, a folder, and a Dagster asset prefix."""


class Purpose(StrEnum):
    """What personal data may be used for; terms after the W3C Data Privacy Vocabulary."""

    SERVICE = "service"
    QUALITY = "quality"
    ANALYTICS = "analytics"
    PERSONALISATION = "personalisation"
    MARKETING = "marketing"
    MODEL_TRAINING = "model_training"
    THIRD_PARTY_SHARING = "third_party_sharing"
    ACCOUNTABILITY = "accountability"
    """Compliance work itself: answering a request, keeping the ledger, proving an erasure."""


def purpose_named(name: str) -> Purpose:
    """Give the purpose of a name.

    Raises:
        UnknownPurpose: It is none of the fixed purposes; the message lists them.
    """
    try:
        return Purpose(name)
    except ValueError:
        known = ", ".join(Purpose)
        raise UnknownPurpose(f"not one of the purposes: {known}") from None


class LegalBasis(StrEnum):
    """On what ground a purpose is pursued; which of these a regime knows, its policy says."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    PUBLIC_TASK = "public_task"
    LEGITIMATE_INTERESTS = "legitimate_interests"
    RECOGNISED_LEGITIMATE_INTERESTS = "recognised_legitimate_interests"
    """UK: a closed list of interests that need no balancing."""
    RESEARCH = "research"
    """Brazil."""
    EXERCISE_OF_RIGHTS = "exercise_of_rights"
    """Brazil: judicial, administrative and arbitral proceedings."""
    HEALTH_PROTECTION = "health_protection"
    """Brazil."""
    CREDIT_PROTECTION = "credit_protection"
    """Brazil."""
    PUBLIC_HEALTH_EMERGENCY = "public_health_emergency"
    """China."""
    NEWS_REPORTING = "news_reporting"
    """China."""
    ALREADY_PUBLIC = "already_public"
    """China: what the person or the law has made public, within reason."""
    NOTICE = "notice"
    """United States: allowed once the person has been told, until they opt out where they may."""
    NONE = "none"
    """Nothing permits it."""


MUST_BE_OBJECTABLE = frozenset({LegalBasis.LEGITIMATE_INTERESTS, LegalBasis.PUBLIC_TASK})
"""Bases that always carry a right to object (GDPR Art. 21(1))."""

MAY_BE_OBJECTABLE = MUST_BE_OBJECTABLE | {
    LegalBasis.NOTICE,
    LegalBasis.RECOGNISED_LEGITIMATE_INTERESTS,
    LegalBasis.CREDIT_PROTECTION,
    LegalBasis.RESEARCH,
    LegalBasis.ALREADY_PUBLIC,
}
"""Bases a person can put an end to by saying no. The others stand whatever the person says."""


class Confidence(StrEnum):
    """How sure we are of a rule."""

    VERIFIED = "verified"
    """Read in the law's own text."""
    SECONDARY = "secondary"
    """Read on a page about the law."""
    UNVERIFIED = "unverified"
    """General knowledge; have counsel look at it."""


class SetBy(StrEnum):
    """Who chose a number."""

    LAW = "law"
    CONTROLLER = "controller"
    """The source obliges the controller to choose; the number is ours."""


class Category(StrEnum):
    """What is kept, as retention sees it."""

    LANDING = "landing"
    INTERACTIONS = "interactions"
    ORDERS = "orders"
    PROFILES = "profiles"
    AUDIT = "audit"
    CONSENT = "consent"


class Model(BaseModel):
    """Frozen, and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


Text = Annotated[str, Field(min_length=1, max_length=400)]
Count = Annotated[StrictInt, Field(gt=0, le=10_000)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]


class Rule(Model):
    """A statement of law.

    Attributes:
        source: The article, as one would cite it.
        effective_from: First day it holds.
        effective_to: First day it no longer holds; None while it does.
        confidence: How sure we are.
        url: Where to read it.
        note: What a reader must know beside it.
    """

    source: Annotated[str, Field(min_length=4, max_length=400)]
    effective_from: date
    effective_to: date | None = None
    confidence: Confidence
    url: Annotated[str, Field(pattern=r"^https://")] | None = None
    note: Text | None = None

    @validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.effective_to is not None and self.effective_to <= self.effective_from:
            raise ValueError("effective_to must be later than effective_from")
        return self

    def is_in_force(self, day: date) -> bool:
        """Tell whether the rule holds on a day."""
        ends = self.effective_to
        return self.effective_from <= day and (ends is None or day < ends)


class PurposeRule(Rule):
    """On which basis a purpose is pursued in a zone, and what a person's word does to it.

    A purpose is of one of three sorts:

    * `needs_consent`: closed until the person says yes; closed again by any no.
    * `is_objectable`: open until the person says no (GDPR Art. 21, a US opt-out); open again after
      a later yes.
    * neither: stands whatever the person says (contract, legal obligation), or, on the basis
      ``none``, is closed whatever the person says.
    """

    basis: LegalBasis
    is_objectable: StrictBool = False

    @property
    def needs_consent(self) -> bool:
        """Tell whether the purpose is closed until the person opens it."""
        return self.basis is LegalBasis.CONSENT

    @validator(mode="after")
    def _fits_its_basis(self) -> Self:
        if self.basis in MUST_BE_OBJECTABLE and not self.is_objectable:
            raise ValueError(f"a purpose on {self.basis} must be objectable")
        if self.is_objectable and self.basis not in MAY_BE_OBJECTABLE:
            raise ValueError(f"a purpose on {self.basis} cannot be objectable")
        return self


class Period(Rule):
    """A rule with a length of time in exactly one unit.

    A month is a calendar month, never 30 days.
    """

    days: Count | None = None
    months: Count | None = None

    @validator(mode="after")
    def _has_one_unit(self) -> Self:
        if (self.days is None) == (self.months is None):
            raise ValueError("give days or months, one of the two")
        return self


class Retention(Period):
    """How long a category is kept.

    Attributes:
        starts: What the time runs from: ``landed``, ``last_contact``, ``ordered``, ``happened``,
            ``ended``.
        set_by: Whether the law names the number, or only obliges us to have one.
    """

    starts: Literal["landed", "last_contact", "ordered", "happened", "ended"]
    set_by: SetBy = SetBy.CONTROLLER

    def cutoff(self, day: date) -> date:
        """Give the last start that is due on a day: what started on it or before may go.

        A month back from a day its month does not have is that month's last day.
        """
        if self.days is not None:
            return day - timedelta(days=self.days)
        return months_before(day, self.months or 0)


class Deadline(Rule):
    """How fast something must be done: a value in exactly one unit, and what starts the clock.

    Attributes:
        is_at_once: The law names no number, only haste.
        starts: The event the clock runs from, in words.
        pause: What stops the clock, in words; None where nothing does.
        extension_days: Added where the law lets it be extended.
        extension_months: The same in calendar months.
        business_days: Days of work; whose calendar, the source says.
    """

    is_at_once: StrictBool = False
    hours: Count | None = None
    days: Count | None = None
    business_days: Count | None = None
    months: Count | None = None
    starts: Text
    pause: Text | None = None
    extension_days: Count | None = None
    extension_business_days: Count | None = None
    extension_months: Count | None = None

    @validator(mode="after")
    def _has_one_unit(self) -> Self:
        units = (self.hours, self.days, self.business_days, self.months)
        if sum(unit is not None for unit in units) + self.is_at_once != 1:
            raise ValueError("give hours, days, business_days, months or is_at_once, one of them")
        extensions = (self.extension_days, self.extension_business_days, self.extension_months)
        if sum(unit is not None for unit in extensions) > 1:
            raise ValueError("give an extension in one unit")
        return self


class Instrument(Rule):
    """A way in which personal data may leave the zone.

    Attributes:
        title: Its name in the trade.
        destinations: Where it covers; empty: anywhere.
        must_be_on_file: It is a document concluded with a recipient, not a state of the law.
    """

    title: Text
    destinations: tuple[Country, ...] = ()
    must_be_on_file: StrictBool = True


class TransferRules(Model):
    """What may leave the zone.

    Attributes:
        default: The rule that holds where no instrument is named.
        is_forbidden_without_instrument: False only where the law sets no condition; the transfer
            is written in the register all the same.
        instruments: By code.
    """

    default: Rule
    is_forbidden_without_instrument: StrictBool = True
    instruments: Mapping[Name, Instrument] = {}


class DetectionRules(Model):
    """Which models look for personal data, and what counts.

    Attributes:
        models: Language (BCP 47 primary tag) to the name of an installed model; other languages
            are searched by pattern and checksum only.
        entities: What to look for; empty: everything there is a recognizer for.
        threshold: Least confidence that counts, 0 to 1.
    """

    models: Mapping[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], Text] = {}
    entities: tuple[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,39}$")], ...] = ()
    threshold: Annotated[float, Field(ge=0, le=1)] = 0.4


class IdentityRules(Model):
    """When a shared handle stops being evidence.

    Attributes:
        links_per_handle: A handle linked to more other handles than this belongs to a family, a
            shop or a switchboard, not to one person, and joins nobody.
    """

    links_per_handle: Count = 25


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


def months_before(day: date, months: int) -> date:
    """Give the day `months` calendar months earlier; the month's last day where it has no such day."""
    position = day.year * 12 + day.month - 1 - months
    year, month = divmod(position, 12)
    if year < 1:
        return date.min
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
