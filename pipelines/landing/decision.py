"""What candidates are settled by, and what became of those of a chunk; decides nothing itself."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pipelines.connectors.connector import Connector
from pipelines.landing.chunks import Candidate
from pipelines.landing.passing import Passed
from pipelines.landing.subjects import Owners
from privacy.errors import TransferForbidden
from privacy.ids import SubjectId, ZoneId
from privacy.opened import OpenZone
from privacy.records.canonical import Parsed
from privacy.zones.model import ZonePolicy


@dataclass(frozen=True, slots=True)
class Terms:
    """What all chunks of a landing are settled by.

    Attributes:
        day: The partition the segments land in.
        default_zone: Where items go that say nothing of their jurisdiction; None to hold them.
    """

    zone: OpenZone
    connectors: Mapping[str, Connector]
    policies: Mapping[ZoneId, ZonePolicy]
    day: date
    default_zone: ZoneId | None


@dataclass(frozen=True, slots=True)
class Routed:
    """A candidate that stays here, and all that is needed to seal it."""

    candidate: Candidate
    item_id: str
    content_digest: str
    parsed: Parsed
    routed_by: str
    country: str | None


@dataclass(slots=True)
class Decision:
    """What becomes of each candidate of a chunk."""

    sealed: list[tuple[Routed, SubjectId | None]] = field(default_factory=list)
    held: list[tuple[Candidate, str, str, str]] = field(default_factory=list)
    handed: dict[ZoneId, Passed] = field(default_factory=lambda: defaultdict(Passed))
    refused: list[tuple[ZonePolicy, Passed, TransferForbidden]] = field(default_factory=list)
    duplicates: list[Candidate] = field(default_factory=list)
    suppressed: list[Candidate] = field(default_factory=list)
    owners: Owners = field(default_factory=lambda: Owners({}, {}, {}))

    @property
    def count_handed(self) -> int:
        """Give how many candidates go to other zones."""
        return sum(len(passed.candidates) for passed in self.handed.values())

    def settled(self) -> list[Candidate]:
        """Give the candidates that are not held."""
        done = [routed.candidate for routed, _ in self.sealed]
        done += self.duplicates + self.suppressed
        return done + [each for passed in self.handed.values() for each in passed.candidates]
