"""The fixed words the policies are written in."""

import re
from enum import StrEnum

from privacy.errors import UnknownPurpose

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
