"""Mails, tickets, chats, calls and tills that others made: nothing may crash, all is accounted for."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from pipelines.connectors.connector import occurred_at
from pipelines.connectors.registry import CONNECTORS
from pipelines.landing.land import land
from pipelines.landing.manifest import account
from pipelines.landing.quarantine import list_held, replay
from pipelines.landing.segments import LandedItem
from privacy.ids import ZoneId
from privacy.opened import OpenZone, create_zone
from privacy.records.canonical import Interaction

pytestmark = pytest.mark.real

DAY = date(2026, 11, 2)
FOLDERS = {
    "eml_spamassassin": {"email"},
    "eml_stalwart": {"email"},
    "eml_cpython": {"email"},
    "eml_quotes": {"email"},
    "vendor_whatsapp_cloud": {"whatsapp"},
    "dlg_abcd_sample": {"chat_abcd"},
    "dlg_taskmaster4": {"chat_taskmaster"},
    "dlg_bitext": {"chat_utterances"},
    "vendor_amazon_connect": {"contact_lens"},
    "pos_poslog_ncr": {"poslog"},
    "helpdesk_fivetran_seeds": {"zendesk"},
}


@pytest.fixture
def us(tmp_path: Path) -> Iterator[OpenZone]:
    with create_zone(tmp_path / "home", "us") as made:
        yield made


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_lands_whole_and_every_item_is_accounted_for(
    folder: str, real_data: Path, us: OpenZone, landed: Callable[[OpenZone], list[LandedItem]]
) -> None:
    report = land(us, real_data / folder, day=DAY, default_zone=ZoneId("us"))
    outcomes = ("sealed", "duplicate", "quarantined", "suppressed", "handed_over")
    assert report.count_landed == sum(map(report.count, outcomes)) > 0
    assert set(report.sources) - {"unrecognised"} == FOLDERS[folder]
    assert "connector_failed" not in {reason for _, reason in report.reasons}
    assert account(us).outcomes == report.outcomes
    items = landed(us)
    assert len(items) == report.count("sealed")
    for item in items:
        assert item.payload is not None
        for record in CONNECTORS[item.source].parse(item.payload).records:
            assert occurred_at(record).tzinfo
            if isinstance(record, Interaction):
                record.text.encode()
    assert land(us, real_data / folder, day=DAY, default_zone=ZoneId("us")).count_landed == 0


@pytest.mark.slow
def test_everything_there_is_lands_without_a_defect(real_data: Path, us: OpenZone) -> None:
    report = land(us, real_data, day=DAY, default_zone=ZoneId("us"))
    assert report.count_landed == account(us).count_landed > 8000
    assert "connector_failed" not in {reason for _, reason in report.reasons}
    assert not report.left


def test_numbers_of_no_zone_wait_for_an_operator(real_data: Path, us: OpenZone) -> None:
    land(us, real_data / "vendor_whatsapp_cloud", day=DAY, default_zone=ZoneId("us"))
    waiting = list_held(us, reason="no_zone_for_country")
    assert waiting
    report = replay(us, day=DAY, reason="no_zone_for_country", assign_zone=ZoneId("us"))
    assert report.count("sealed") == len(waiting)
    assert list_held(us, reason="no_zone_for_country") == []


def test_an_unpacked_export_lands_as_the_packed_one(
    real_data: Path, us: OpenZone, tmp_path: Path
) -> None:
    folder = real_data / "helpdesk_fivetran_seeds"
    packed = land(us, folder / "zendesk_seeds.tar.gz", day=DAY, default_zone=ZoneId("us"))
    shutil.unpack_archive(folder / "zendesk_seeds.tar.gz", tmp_path / "out", filter="data")
    unpacked = land(us, tmp_path / "out", day=DAY, default_zone=ZoneId("us"))
    assert packed.count_landed == unpacked.count_landed
    assert unpacked.count("duplicate") == unpacked.count_landed
