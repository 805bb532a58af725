"""A zone with a log that holds a few acts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from privacy.audit.log import AuditLog
from privacy.opened import OpenZone, create_zone


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[OpenZone]:
    """A new zone."""
    with create_zone(tmp_path, "eu") as made:
        yield made


@pytest.fixture
def log(zone: OpenZone) -> AuditLog:
    """Its log, empty."""
    return AuditLog(zone)


@pytest.fixture
def verify_key(zone: OpenZone) -> bytes:
    """What a stranger needs to check it."""
    return zone.keyring.verify_key
