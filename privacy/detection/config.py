"""How a detector is set up: plain values that travel to a worker process."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from privacy.detection.readers.model_files import ModelChoice, ModelFormat
from privacy.detection.readers.registry import LANGUAGES, READERS
from privacy.errors import ConfigurationError
from privacy.zones.model import ZonePolicy

_WRITTEN = re.compile(
    r"(?:(?P<format>[a-z_]+):)?"
    r"(?:(?P<package>[A-Za-z_]\w*)==(?P<version>[^/#\s]+)(?:/(?P<within>[^#\s]+))?|(?P<path>/[^#]+))"
    r"#sha256=(?P<sha256>[0-9a-f]{64})"
)

PHONE_REGIONS = ("US", "GB", "DE", "FR", "IT", "ES", "NL", "PL", "IE", "BR", "CN")


@dataclass(frozen=True, slots=True)
class DetectionConfig:
    """What to look for, and with what.

    Attributes:
        models: Language (BCP 47 primary) to what reads it, in order: names of readers, or models.
            What ``und`` has reads every other language. Where there is nothing, texts are read by
            pattern, checksum, cue phrase and known value.
        entities: Types to report; empty for all.
        left_alone: Types not to report though they are found.
        threshold: Finds with a lower score are dropped.
        phone_regions: ISO 3166-1 alpha-2; where a number without country code may be from, likeliest
            first.
        chunk_characters: Longer texts are read in pieces that overlap.
        cached_texts: How many texts' finds are remembered, by a keyed hash of the text.
    """

    models: Mapping[str, tuple[str | ModelChoice, ...]] = field(
        default_factory=lambda: dict(LANGUAGES)
    )
    entities: frozenset[str] = frozenset()
    left_alone: frozenset[str] = frozenset()
    threshold: float = 0.4
    phone_regions: tuple[str, ...] = PHONE_REGIONS
    chunk_characters: int = 8_000
    cached_texts: int = 20_000

    def __post_init__(self) -> None:
        """Keep a copy of the mapping that can travel."""
        object.__setattr__(self, "models", dict(self.models))


PATTERNS_ONLY: Mapping[str, tuple[str | ModelChoice, ...]] = MappingProxyType({})
"""No model at all: for a zone whose languages have none, and for tests."""


def model_named(name: str) -> str | ModelChoice:
    """Give what a policy names to read a language.

    Args:
        name: One of `privacy.detection.readers.registry.READERS`; or a model, written
            ``format:package==version/folder#sha256=…`` or ``format:/path#sha256=…``, with a format
            of `ModelFormat` (``spacy`` where there is none) and the hash of the folder.

    Raises:
        ConfigurationError: It is neither.
    """
    if name in READERS:
        return name
    written = _WRITTEN.fullmatch(name)
    if written is None:
        raise ConfigurationError(
            f"detection model {name!r} is not known; write"
            " format:package==version/folder#sha256=... or format:/path#sha256=..."
        )
    try:
        layout = ModelFormat(written["format"] or ModelFormat.SPACY)
    except ValueError:
        raise ConfigurationError(
            f"detection model {name!r}: its format is none of {', '.join(ModelFormat)}"
        ) from None
    return ModelChoice(
        written["package"] or "",
        written["version"] or "",
        written["within"] or written["path"] or "",
        layout,
        written["sha256"],
    )


def config_for(policy: ZonePolicy) -> DetectionConfig:
    """Give the detection a zone's policy asks for.

    A language whose models it does not name has the readers it has by default. A phone number
    without country code is read in the zone's own countries first.

    Raises:
        ConfigurationError: A model's name cannot be understood.
    """
    rules = policy.detection
    elsewhere = tuple(region for region in PHONE_REGIONS if region not in policy.countries)
    return DetectionConfig(
        models={
            **LANGUAGES,
            **{
                language: tuple(model_named(name) for name in names)
                for language, names in rules.models.items()
            },
        },
        entities=frozenset(rules.entities),
        threshold=rules.threshold,
        phone_regions=(*policy.countries, *elsewhere),
    )
