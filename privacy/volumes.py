"""How many persons' data left a zone in a calendar year: each person once, and nobody by name.

Where a law asks for more the more people it is about (China: Provisions of March 2024), persons are
counted from 1 January of the zone's own time zone. So that a person counts once, a hash of the id
the zone knows them by is kept: keyed, under a key of that year only, and gone with the first
transfer of the next year. It cannot be turned back into anybody, and the ids themselves are written
nowhere. One person under two ids counts twice, and so does one whom the caller could not tell
apart: the count errs towards asking for more. An erasure leaves it alone, for the transfer has taken
place. The sums themselves are the transfer register's (`privacy.transfers`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, func, select

from privacy.keys.blind_index import BlindIndex
from privacy.opened import OpenZone
from privacy.store.batches import among, insert_if_absent
from privacy.store.tables import TRANSFER_LINES, TRANSFERRED_PERSONS
from privacy.zones.model import VolumeStep, ZonePolicy

_BATCH = 5_000


@dataclass(frozen=True, slots=True)
class Volume:
    """Persons whose data left the zone in a calendar year.

    Attributes:
        year: In the zone's time zone.
        persons: Of whom data left that were not sensitive.
        sensitive: Of whom sensitive data left; counted apart, and perhaps among the others too.
    """

    year: int
    persons: int
    sensitive: int

    def plus(self, new: int, *, is_sensitive: bool) -> "Volume":
        """Give what it is once more persons are counted."""
        if is_sensitive:
            return Volume(self.year, self.persons, self.sensitive + new)
        return Volume(self.year, self.persons + new, self.sensitive)


def year_of(policy: ZonePolicy, instant: datetime) -> int:
    """Give the calendar year of an instant where the zone is."""
    return instant.astimezone(ZoneInfo(policy.time_zone)).year


def volume_of(connection: Connection, year: int) -> Volume:
    """Give the sums of the register for a year."""
    table = TRANSFER_LINES.c
    row = connection.execute(
        select(
            func.coalesce(func.sum(table.count_new_persons), 0),
            func.coalesce(func.sum(table.count_new_sensitive), 0),
        ).where(table.year == year)
    ).one()
    return Volume(year, int(row[0]), int(row[1]))


def step_for(policy: ZonePolicy, volume: Volume, day: date) -> VolumeStep | None:
    """Give the step a volume is in on a day; None where the law does not look at volumes then."""
    steps = [step for step in policy.transfers.volumes if step.is_in_force(day)]
    return next((step for step in steps if step.holds(volume.persons, volume.sensitive)), None)


def hashes_of(zone: OpenZone, year: int, persons: Collection[str]) -> list[str]:
    """Give the year's keyed hashes of some persons' ids.

    The first one of a year makes that year's key, in a transaction of its own.
    """
    if not persons:
        return []
    index = BlindIndex(zone.keyring.secret(f"transfers-{year}"), zone.keyring.suite)
    return [index.digest("transferred", person.encode()) for person in sorted(set(persons))]


def new_among(
    connection: Connection, year: int, hashes: Sequence[str], *, is_sensitive: bool
) -> list[str]:
    """Give those that were not counted in the year yet."""
    table = TRANSFERRED_PERSONS.c
    known: set[str] = set()
    for start in range(0, len(hashes), _BATCH):
        part = hashes[start : start + _BATCH]
        query = select(table.person_hash).where(
            table.year == year,
            table.is_sensitive.is_(is_sensitive),
            among(connection, table.person_hash, part),
        )
        known.update(connection.execute(query).scalars())
    return [one for one in hashes if one not in known]


def remember(
    connection: Connection, year: int, hashes: Sequence[str], *, is_sensitive: bool
) -> None:
    """Keep hashes for the rest of their year, and let go of those of years that are over."""
    connection.execute(delete(TRANSFERRED_PERSONS).where(TRANSFERRED_PERSONS.c.year < year))
    rows = [{"year": year, "person_hash": one, "is_sensitive": is_sensitive} for one in hashes]
    insert_if_absent(connection, TRANSFERRED_PERSONS, rows)
