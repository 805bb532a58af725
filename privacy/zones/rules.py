"""The forms a rule can have; each refuses what contradicts itself."""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt
from pydantic import model_validator as validator

from privacy.zones.vocabulary import Confidence, LegalBasis, SetBy

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


class Model(BaseModel):
    """Frozen, and refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


Text = Annotated[str, Field(min_length=1, max_length=400)]
Count = Annotated[StrictInt, Field(gt=0, le=10_000)]
Volume = Annotated[StrictInt, Field(ge=0)]
Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
OneOrMore = Annotated[
    tuple[Text, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)
]


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


class VolumeStep(Rule):
    """Which instruments suffice up to how many persons in a calendar year.

    Attributes:
        persons_at_most: Persons without sensitive data since 1 January; None: any number.
        sensitive_at_most: Persons with sensitive data since 1 January; None: any number.
        instruments: Codes that suffice, the lightest first.
    """

    persons_at_most: Volume | None = None
    sensitive_at_most: Volume | None = None
    instruments: Annotated[tuple[Name, ...], Field(min_length=1)]

    def holds(self, persons: int, sensitive: int) -> bool:
        """Tell whether so many persons are within the step."""
        return (self.persons_at_most is None or persons <= self.persons_at_most) and (
            self.sensitive_at_most is None or sensitive <= self.sensitive_at_most
        )


class TransferRules(Model):
    """What may leave the zone.

    Attributes:
        default: The rule that holds where no instrument is named.
        is_forbidden_without_instrument: False only where the law sets no condition; the transfer
            is written in the register all the same.
        instruments: By code.
        handed_over_under: Instrument under which a record that belongs to another zone, and was met
            here, is passed on to it; None where none does, so that it is held.
        received_in: Country where the zone's own data lie: the destination of what other zones pass
            on to it. None: the first of its countries.
        volumes: Where the law asks for more the more people it is about: steps from the smallest to
            one without a limit. An instrument that no step names does not depend on volume.
    """

    default: Rule
    is_forbidden_without_instrument: StrictBool = True
    instruments: Mapping[Name, Instrument] = {}
    handed_over_under: Name | None = None
    received_in: Country | None = None
    volumes: tuple[VolumeStep, ...] = ()

    @validator(mode="after")
    def _names_instruments_there_are(self) -> Self:
        named = {name for step in self.volumes for name in step.instruments}
        if self.handed_over_under is not None:
            named.add(self.handed_over_under)
        if unknown := sorted(named - set(self.instruments)):
            raise ValueError(f"no such instrument: {', '.join(unknown)}")
        return self

    @validator(mode="after")
    def _has_steps_that_rise_to_no_limit(self) -> Self:
        limits = [(step.persons_at_most, step.sensitive_at_most) for step in self.volumes]
        if limits and limits[-1] != (None, None):
            raise ValueError("the last step of volumes has no limit")
        if any(limit is None for pair in limits[:-1] for limit in pair):
            raise ValueError("every step of volumes but the last has both limits")
        if limits[:-1] != sorted(limits[:-1]):
            raise ValueError("the steps of volumes rise")
        return self


class DetectionRules(Model):
    """Which models look for personal data, and what counts.

    Attributes:
        models: Language (BCP 47 primary tag) to the name of what reads it, or to several that read
            it in order; other languages have the readers they have by default.
        entities: What to look for; empty: everything there is a recognizer for.
        threshold: Least confidence that counts, 0 to 1.
    """

    models: Mapping[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], OneOrMore] = {}
    entities: tuple[Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,39}$")], ...] = ()
    threshold: Annotated[float, Field(ge=0, le=1)] = 0.4


class KeyRules(Model):
    """How long wrapped keys live: no law names the numbers, every law asks for security.

    Attributes:
        rotation: How long an epoch key wraps new data keys before the next one does; in days.
        backups: How long it lasts after that, which is how long a backup of the store can be read;
            in days.
    """

    rotation: Period
    backups: Period

    @validator(mode="after")
    def _is_in_days(self) -> Self:
        if self.rotation.days is None or self.backups.days is None:
            raise ValueError("give the periods of keys in days")
        return self

    @property
    def rotation_period(self) -> timedelta:
        """Give how long an epoch is the newest."""
        return timedelta(days=self.rotation.days or 0)

    @property
    def backup_period(self) -> timedelta:
        """Give how long an epoch lasts after that."""
        return timedelta(days=self.backups.days or 0)


class IdentityRules(Model):
    """When a shared handle stops being evidence.

    Attributes:
        links_per_handle: A handle linked to more other handles than this belongs to a family, a
            shop or a switchboard, not to one person, and joins nobody.
    """

    links_per_handle: Count = 25


def months_before(day: date, months: int) -> date:
    """Give the day `months` calendar months earlier; the month's last day where it has no such day."""
    position = day.year * 12 + day.month - 1 - months
    year, month = divmod(position, 12)
    if year < 1:
        return date.min
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
