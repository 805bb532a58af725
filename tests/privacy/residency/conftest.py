"""A home with two zones, a German customer in one and an American in the other."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import insert

from pipelines.landing.land import land
from privacy.opened import create_zone, open_zone
from privacy.store.tables import CUSTOMER_MEMBERS
from tests.privacy.residency.two_zones import (
    DAY,
    NOW,
    PHONES,
    Home,
    add_interaction,
    add_profile,
    item_of,
    message,
    segment_of,
    subject_of,
)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home to copy: filling one takes longer."""
    home = tmp_path_factory.mktemp("residency")
    for zone_id, number in PHONES.items():
        inbox = tmp_path_factory.mktemp("inbox") / "messages.jsonl"
        inbox.write_bytes(message(number))
        with create_zone(home, zone_id, clock=lambda: NOW) as zone:
            assert land(zone, inbox, day=DAY).count("sealed") == 1
            subject, item = subject_of(zone), item_of(zone)
            customer = zone.keyring.index.mint("c", subject)
            with zone.store.begin() as connection:
                connection.execute(
                    insert(CUSTOMER_MEMBERS).values(
                        subject_id=subject, customer_id=customer, joined_at=NOW
                    )
                )
            country = zone.policy.countries[0] if zone_id == "us" else "DE"
            add_profile(zone, customer, country, zone)
            add_interaction(
                zone,
                f"i_{zone_id}",
                subject_id=subject,
                item_id=item["item_id"],
                segment_id=segment_of(zone).name.partition(".")[0],
                country=country,
            )
    return home


@pytest.fixture(scope="module")
def open_home(template: Path) -> Iterator[Callable[[Path], Home]]:
    """Copy the home into a folder and open its zones."""
    with ExitStack() as opened:

        def copy(folder: Path) -> Home:
            shutil.copytree(template, folder, dirs_exist_ok=True)
            zones = {
                zone: opened.enter_context(open_zone(folder, zone, clock=lambda: NOW))
                for zone in PHONES
            }
            return Home(folder, zones)

        yield copy


@pytest.fixture
def home(tmp_path: Path, open_home: Callable[[Path], Home]) -> Home:
    return open_home(tmp_path / "home")
