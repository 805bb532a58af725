"""A zone to resolve identity in, and a clock that moves only when told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from privacy.opened import OpenZone, create_zone
from privacy.store.tables import (
    CUSTOMER_MEMBERS,
    DATA_KEYS,
    IDENTITY_CUTS,
    IDENTITY_DECISIONS,
)


class Clock:
    def __init__(self) -> None:
        self.instant = datetime(2026, 3, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.instant

    def advance(self, **span: int) -> None:
        self.instant += timedelta(**span)


@pytest.fixture(scope="session")
def _shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenZone, Clock]]:
    clock = Clock()
    home: Path = tmp_path_factory.mktemp("home")
    with create_zone(home, "eu", clock=clock) as zone:
        yield zone, clock


def empty(zone: OpenZone) -> None:
    with zone.store.begin() as connection:
        for table in (CUSTOMER_MEMBERS, DATA_KEYS, IDENTITY_CUTS, IDENTITY_DECISIONS):
            connection.execute(table.delete())


@pytest.fixture
def zone(_shared: tuple[OpenZone, Clock]) -> OpenZone:
    empty(_shared[0])
    return _shared[0]


@pytest.fixture
def clock(_shared: tuple[OpenZone, Clock]) -> Clock:
    return _shared[1]
