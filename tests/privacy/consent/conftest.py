"""Zones with an empty ledger, and a way to speak for a person."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from privacy.consent.ledger import ConsentLedger, LedgerEvent
from privacy.opened import OpenZone, create_zone
from privacy.store.tables import CONSENT_EVENTS, CUSTOMER_MEMBERS, SUBJECT_HANDLES

NOW = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def _zones(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, OpenZone]]:
    home: Path = tmp_path_factory.mktemp("home")
    zones = {name: create_zone(home, name, clock=lambda: NOW) for name in ("eu", "cn", "us")}
    yield zones
    for zone in zones.values():
        zone.close()


@pytest.fixture
def zones(_zones: dict[str, OpenZone]) -> dict[str, OpenZone]:
    for zone in _zones.values():
        with zone.store.begin() as connection:
            for table in (CONSENT_EVENTS, CUSTOMER_MEMBERS, SUBJECT_HANDLES):
                connection.execute(table.delete())
    return _zones


@pytest.fixture
def zone(zones: dict[str, OpenZone]) -> OpenZone:
    return zones["eu"]


@pytest.fixture
def say(zone: OpenZone) -> Callable[..., str]:
    """Record what a subject said; gives the event's id."""
    count = 0

    def record(
        action: str,
        purpose: str = "marketing",
        *,
        subject: str = "s_ada",
        at: datetime = datetime(2026, 1, 1, tzinfo=UTC),
        until: datetime | None = None,
        known: datetime | None = None,
        supersedes: str | None = None,
        where: OpenZone | None = None,
    ) -> str:
        nonlocal count
        count += 1
        event = LedgerEvent(
            consent_event_id=f"e_{count:03}",
            subject_id=subject,
            purpose=purpose,
            action=action,
            method="web_form",
            notice_version="v1",
            notice_language="en",
            evidence_hash="0" * 64,
            valid_from=at,
            valid_to=until,
            recorded_at=known or at,
            supersedes=supersedes,
        )
        assert ConsentLedger(where or zone).record_many([event]) == 1
        return event.consent_event_id

    return record


@pytest.fixture
def join(zone: OpenZone) -> Callable[..., None]:
    """Make subjects one customer."""

    def members(customer: str, *subjects: str) -> None:
        with zone.store.begin() as connection:
            connection.execute(
                CUSTOMER_MEMBERS.insert(),
                [
                    {"subject_id": subject, "customer_id": customer, "joined_at": NOW}
                    for subject in subjects
                ],
            )

    return members
