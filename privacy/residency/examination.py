"""What an examination of a zone goes by, and what it gives; looks at nothing itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from privacy.erasure.known_values import Reader
from privacy.ids import ZoneId
from privacy.opened import OpenZone
from privacy.residency.files import FileTally
from privacy.residency.findings import Findings
from privacy.residency.jurisdiction import Cover, Jurisdictions, Persons
from privacy.residency.keys import KnownKeys, Tally
from privacy.residency.shared_people import SharedPeople
from privacy.zones.model import ZonePolicy


@dataclass(slots=True)
class Examined:
    """What was looked at in one zone, and what was found.

    Attributes:
        compared_with: Zones whose keys were tried on what lies here.
        count_keys: Data keys of the zone, its own one included.
        tallies: What was tried, by place.
        covers: Leave for people of other zones to be here.
        not_reached: Places that could not be examined, and why.
    """

    zone: ZoneId
    compared_with: tuple[ZoneId, ...]
    count_keys: int
    findings: Findings
    tallies: dict[str, Tally] = field(default_factory=dict)
    files: FileTally = field(default_factory=FileTally)
    persons: Persons = field(default_factory=Persons)
    covers: dict[ZoneId, tuple[int, Cover]] = field(default_factory=dict)
    not_reached: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Examination:
    """What every part of an examination goes by.

    Attributes:
        others: The other zones whose keys are at hand.
        reader: Reads deliveries as connectors do; None judges items by their routing alone.
        shared: Takes in the people of opened items; None where nothing is compared.
        result: What is found is put here.
    """

    zone: OpenZone
    known: KnownKeys
    policies: Mapping[ZoneId, ZonePolicy]
    jurisdictions: Jurisdictions
    others: Sequence[OpenZone]
    reader: Reader | None
    shared: SharedPeople | None
    result: Examined
