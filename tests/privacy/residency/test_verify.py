"""What lies in the wrong zone is found and named; what lies where it belongs is not faulted."""

import json
import os
import shutil
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import select, update

from pipelines.landing.segments import COLUMN, TABLE, SealedItem, write_segment
from privacy.errors import ConfigurationError
from privacy.ids import ZoneId
from privacy.keys.handoff_file import Header, write_file
from privacy.opened import create_zone
from privacy.records.canonical import Handle, HandleKind, Participant
from privacy.residency.jurisdiction import Jurisdictions, Stray, count_people
from privacy.residency.shared_people import SharedPeople
from privacy.residency.verify import Verification, verify_residency
from privacy.store.tables import AUDIT_ENTRIES, DATA_KEYS, PROFILES, QUARANTINE, TRANSFER_LINES
from privacy.transfers import Document, Receipt, Transfer, TransferRegister, recipient_of
from privacy.warehouse.open import warehouse_lock
from privacy.zones.loader import load_policies
from privacy.zones.model import Purpose
from tests.privacy.residency.two_zones import (
    GERMAN,
    NOW,
    Home,
    add_handle,
    add_profile,
    item_of,
    message,
    segment_of,
    subject_of,
)

US = ZoneId("us")
CANARY = "mia.canary@example.org"


def test_in_a_clean_home_everything_opens_with_its_own_keys_and_with_no_other_zones(
    home: Home,
) -> None:
    done = home.verify()
    assert done.findings == []
    for zone, other in (("eu", "us"), ("us", "eu")):
        keys = done.report["zones"][zone]["keys"]
        assert keys["compared_with"] == [other]
        tried = {place["place"]: place for place in keys["places"]}
        for place in ("core.originals", "landing", "profiles", "warehouse", "wrapped keys"):
            assert tried[place]["count"] > 0, place
            assert tried[place]["count_opened"] == tried[place]["count"], place
            assert tried[place]["count_refused"] == tried[place]["count"], place
    with home.eu.store.connect() as connection:
        [row] = connection.execute(AUDIT_ENTRIES.select()).all()
    assert (row.action, row.caller_id) == ("verify_residency", "officer")


def plant(home: Home) -> None:
    """Put into `us` whatever must not be there."""
    eu, us = home.eu, home.us
    home.insert("us", "i_stray", country="DE")
    shutil.copy(segment_of(eu), segment_of(us).parent / "g_copied.arrow")
    own = us.keyring.seal(None, table=TABLE, column=COLUMN, value=message(GERMAN))
    item = SealedItem("l_stray", "whatsapp", None, "default", None, NOW, own)
    path = us.layout.root / write_segment(us.layout, "g_stray", date(2026, 11, 2), [item])
    path.rename(path.with_name("g_stray.arrow"))
    (path.with_name("g_broken.arrow")).write_bytes(b"ARROW1 and no more")
    us.keyring.ensure_keys(["c_with_key"])
    eu.keyring.ensure_keys(["c_copied_key"])
    with eu.store.connect() as connection, us.store.begin() as theirs:
        query = DATA_KEYS.select().where(DATA_KEYS.c.owner_id == "c_copied_key")
        theirs.execute(DATA_KEYS.insert().values(connection.execute(query).one()._asdict()))
    for customer in ("c_without_key", "c_with_key"):
        add_profile(us, customer, "US", keys=eu)
    add_profile(us, "c_german", "DE", keys=us)
    add_profile(us, "c_changed", "US", keys=us)
    add_profile(us, "c_garbled", "US", keys=us)
    add_profile(us, "c_shredded", "US", keys=us)
    us.keyring.destroy(["c_shredded"])
    not_json = us.keyring.seal("c_garbled", table="profiles", column="sealed", value=b"x")
    held = us.keyring.seal(None, table="quarantine", column="sealed", value=b"{}\n")
    with us.store.begin() as connection:
        changed = update(PROFILES).where(PROFILES.c.customer_id == "c_changed")
        connection.execute(changed.values(sealed=b"\x01" + bytes(90)))
        garbled = update(PROFILES).where(PROFILES.c.customer_id == "c_garbled")
        connection.execute(garbled.values(sealed=not_json))
        connection.execute(
            QUARANTINE.insert().values(
                quarantine_id="q_plain",
                source="email",
                place=f"{CANARY}.eml",
                reason="malformed_item",
                detail="",
                stage="landed",
                sealed=held,
                status="held",
                created_at=NOW,
            )
        )
    with duckdb.connect(str(us.layout.root / "copy.duckdb")) as plain:
        plain.execute("create table interactions as select 'i_1' as interaction_id")
    (us.layout.root / "notes.csv").write_text(f"name,address\nMia,{CANARY}\n")
    (us.layout.temporary / "duckdb_temp_1.tmp").write_text("spilled in the clear")
    (us.layout.root / "link").symlink_to(eu.layout.root)
    os.mkfifo(us.layout.root / "pipe")
    line = eu.keyring.seal(None, table="erasure_ledger", column="line", value=b"{}")
    us.layout.ledger.write_bytes(b64encode(line) + b"\nnot sealed\n")
    (us.layout.root / "lineage").mkdir()
    (us.layout.root / "lineage" / "day.jsonl").write_text(f'{{"by": "{CANARY}"}}\n')
    header = Header("h_" + "a" * 26, us.zone, eu.zone, 1)
    sealed = BytesIO()
    public = eu.keyring.public_keys.handoff_key
    write_file(sealed, header, [b"an item"], public=public, sign=us.keyring.sign)
    for zone in (us, eu):
        (zone.layout.handoff / "g_1.handoff").write_bytes(sealed.getvalue())


@pytest.fixture(scope="module")
def planted(
    open_home: Callable[[Path], Home], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Verification, Verification]:
    """What is found with both zones' keys, and what `us` finds with its own alone."""
    home = open_home(tmp_path_factory.mktemp("planted"))
    plant(home)
    return home.verify(), home.verify("us")


def found_at(done: Verification, place: str, row: str | None) -> dict[str, str]:
    return {f.kind.value: f.detail for f in done.findings if (f.place, f.row) == (place, row)}


DAY_FOLDER = "landing/2026-11-02"
PLANTED = {
    "a row of another zone's country": ("core.interactions", "i_stray", "person_of_another_zone"),
    "an item of another zone's phone": (
        f"{DAY_FOLDER}/g_stray.arrow",
        "l_stray",
        "person_of_another_zone",
    ),
    "a segment that cannot be read": (f"{DAY_FOLDER}/g_broken.arrow", None, "does_not_open"),
    "a profile of another zone's country": ("profiles", "c_german", "person_of_another_zone"),
    "a profile that was changed": ("profiles", "c_changed", "does_not_open"),
    "a place that is not sealed": ("quarantine", "q_plain", "does_not_open"),
    "an unencrypted copy of the warehouse": ("copy.duckdb", None, "not_sealed"),
    "a file of addresses": ("notes.csv", None, "not_sealed"),
    "a spill file in the clear": ("temporary/duckdb_temp_1.tmp", None, "not_sealed"),
    "an address in a readable file": ("lineage/day.jsonl", None, "not_sealed"),
    "a link out of the folder": ("link", None, "unexpected_file"),
    "a key copied from another zone": ("data_keys", "c_copied_key", "does_not_open"),
    "a pipe": ("pipe", None, "unexpected_file"),
    "a profile that is not of its form": ("profiles", "c_garbled", "does_not_open"),
    "a line of the ledger that is not sealed": ("erasures.ledger", "line 2", "does_not_open"),
}


@pytest.mark.parametrize("what", PLANTED)
def test_what_was_planted_is_named_with_place_and_row(
    planted: tuple[Verification, Verification], what: str
) -> None:
    place, row, kind = PLANTED[what]
    for done in planted:
        assert set(found_at(done, place, row)) == {kind}


@pytest.mark.parametrize(
    ("place", "row"),
    [
        ("profiles", "c_without_key"),
        ("profiles", "c_with_key"),
        ("erasures.ledger", "line 1"),
        (f"{DAY_FOLDER}/g_copied.arrow", "copied"),
        ("handoff/g_1.handoff", None),
    ],
)
def test_what_another_zone_sealed_is_named_with_the_zone_whose_keys_open_it(
    planted: tuple[Verification, Verification], place: str, row: str | None
) -> None:
    together, alone = planted
    if row == "copied":
        [row] = {f.row for f in alone.findings if f.place == place}
    detail = found_at(together, place, row)["opens_elsewhere"]
    assert detail == "opens with the keys of zone eu"
    # With its own keys alone, a zone sees that it cannot open it; not whose it is.
    assert "does_not_open" in found_at(alone, place, row)
    assert "opens_elsewhere" not in found_at(alone, place, row)


def test_nothing_else_is_found_and_no_value_is_told(
    planted: tuple[Verification, Verification],
) -> None:
    together, alone = planted
    expected = {(place, row) for place, row, _ in PLANTED.values()} | {
        ("profiles", "c_without_key"),
        ("profiles", "c_with_key"),
        ("erasures.ledger", "line 1"),
        ("handoff/g_1.handoff", None),
    }
    found = {(f.place, f.row) for f in together.findings if "g_copied" not in f.place}
    assert found == expected
    assert {f.zone for f in together.findings} == {"us"}
    for done in planted:
        told = json.dumps(done.report)
        assert CANARY not in told
        assert GERMAN not in told
    assert alone.report["zones"]["us"]["keys"]["compared_with"] == []
    assert alone.report["zones_not_examined"] == ["eu"]
    assert {place["count_refused"] for place in alone.report["zones"]["us"]["keys"]["places"]} == {
        0
    }


def test_what_a_destroyed_key_sealed_counts_as_shredded(
    planted: tuple[Verification, Verification],
) -> None:
    for done in planted:
        places = done.report["zones"]["us"]["keys"]["places"]
        [profiles] = [place for place in places if place["place"] == "profiles"]
        assert profiles["count_shredded"] == 1


def test_one_person_in_two_zones_is_told_where_both_zones_keys_are_at_hand(
    planted: tuple[Verification, Verification],
) -> None:
    together, alone = planted
    pair = {"zones": ["eu", "us"], "count_handles": 1}
    assert together.report["customers_of_two_zones"]["pairs"] == [pair]
    assert alone.report["customers_of_two_zones"]["pairs"] == []


def test_a_row_of_a_german_in_us_is_named_until_a_transfer_is_on_the_register(home: Home) -> None:
    home.insert("us", "i_stray", country="DE")
    assert home.found() == [("us", "person_of_another_zone", "core.interactions", "i_stray")]
    instrument = "standard_contractual_clauses"
    register = TransferRegister(home.eu)
    for recipient in ("Print Ltd", recipient_of(US)):
        register.file(
            Document(instrument, recipient, "US", "contracts/17", date(2026, 1, 1)), by="officer"
        )
        register.authorise(
            Transfer(recipient, "US", Purpose.SERVICE, ("contact_history",), 1),
            instrument=instrument,
            by="officer",
        )
        # A transfer to somebody else in that country is no leave for our zone.
        assert bool(home.found()) == (recipient == "Print Ltd")
    [covered] = home.verify().report["zones"]["us"]["persons"]["of_other_zones"]
    assert covered == {
        "zone": "eu",
        "count_persons": 1,
        "count_covered": 1,
        "transfers": [f"{instrument} contracts/17"],
    }
    home.insert("us", "i_second", country="FR")
    assert {row for _, _, _, row in home.found()} == {"i_stray", "i_second"}


def test_a_zone_alone_takes_leave_from_its_own_receipts(home: Home) -> None:
    home.insert("us", "i_stray", country="DE")
    assert home.found("us")
    receipt = Receipt(
        ZoneId("eu"), "m_1", "adequacy", None, Purpose.SERVICE, ("contact_history",), 1
    )
    assert TransferRegister(home.us).receive(receipt, by="officer")
    assert not TransferRegister(home.us).receive(receipt, by="officer")
    assert home.found("us") == []
    with home.us.store.begin() as connection:
        line = connection.scalar(select(TRANSFER_LINES.c.line))
        more = line.replace('"count_persons": 1', '"count_persons": 9')
        assert more != line
        connection.execute(update(TRANSFER_LINES).values(line=more))
    assert home.found("us") == [
        ("us", "damaged", "transfer_lines", "line 1"),
        ("us", "person_of_another_zone", "core.interactions", "i_stray"),
    ], "a register that somebody changed gives no leave"


def test_who_was_known_here_before_is_told_and_not_faulted_for_a_foreign_country(
    home: Home,
) -> None:
    landed, subject = item_of(home.us), subject_of(home.us)
    for place, routed_by in enumerate(("known_handle", "operator", "default")):
        segment, row = f"g_{place}", f"i_{routed_by}"
        add_handle(home.us, subject, segment, routed_by)
        planted = {"subject_id": subject, "segment_id": segment, "country": "DE"}
        home.insert("us", row, item_id=landed["item_id"], **planted)
        # What never landed has no such evidence, whatever its segment says.
        home.insert("us", f"{row}_planted", **planted)
    done = home.verify()
    assert {found.row for found in done.findings} == {
        "i_default",
        "i_default_planted",
        "i_known_handle_planted",
        "i_operator_planted",
    }
    told = done.report["zones"]["us"]["persons"]["placed_before_country"]
    assert [(each["country_of_zone"], each["count"]) for each in told] == [("eu", 1), ("eu", 1)]


def test_an_unencrypted_warehouse_in_the_warehouses_place_is_named(home: Home) -> None:
    home.us.layout.warehouse.unlink()
    with duckdb.connect(str(home.us.layout.warehouse)) as plain:
        plain.execute("create table interactions as select 'i_1' as interaction_id")
    assert {kind for _, kind, _, _ in home.found()} == {"not_sealed", "does_not_open"}


def test_the_warehouse_of_another_zone_is_named(home: Home) -> None:
    shutil.copy(home.eu.layout.warehouse, home.us.layout.warehouse)
    assert set(home.found()) == {
        ("us", "opens_elsewhere", "warehouse", None),
        ("us", "does_not_open", "warehouse", None),
    }


def test_two_zones_under_one_key_encryption_key_are_told(home: Home) -> None:
    shutil.copytree(home.eu.layout.keys, home.path / "zones" / "uk" / "keys")
    with create_zone(home.path, "uk") as uk:
        found = verify_residency([home.eu, uk], by="officer").findings
        assert {(f.zone, f.place) for f in found} == {
            ("eu", "wrapped keys"),
            ("uk", "wrapped keys"),
        }
        assert {f.kind for f in found} == {"opens_elsewhere"}


class TestBackups:
    """A backup is held to what the zone is held to."""

    @pytest.fixture
    def backup(self, home: Home, tmp_path: Path) -> Path:
        folder = tmp_path / "monday"
        folder.mkdir()
        home.eu.close()
        for name in ("store.sqlite", "warehouse.duckdb"):
            shutil.copy(home.eu.layout.root / name, folder / name)
        shutil.copytree(home.eu.layout.landing, folder / "landing")
        return folder

    def test_a_backup_opens_with_the_zones_keys_and_is_left_as_it_was(
        self, home: Home, backup: Path
    ) -> None:
        before = {path: path.read_bytes() for path in backup.rglob("*") if path.is_file()}
        done = home.verify(backups={ZoneId("eu"): [backup]})
        assert done.findings == []
        tried = {
            place["place"]: (place["count"], place["count_opened"], place["count_refused"])
            for place in done.report["zones"]["eu"]["keys"]["places"]
            if place["place"].startswith("backup monday: ")
        }
        for place in ("warehouse", "core.originals", "landing", "profiles"):
            assert tried[f"backup monday: {place}"] == (1, 1, 1), place
        assert before == {path: path.read_bytes() for path in backup.rglob("*") if path.is_file()}

    def test_another_zones_backup_is_named(self, home: Home, backup: Path) -> None:
        found = home.verify(backups={ZoneId("us"): [backup]}).findings
        assert {f.kind for f in found} == {"opens_elsewhere", "does_not_open"}
        assert all(f.zone == "us" and f.place.startswith("backup monday: ") for f in found)

    def test_a_backup_whose_generation_has_ended_opens_for_nobody_and_says_so(
        self, home: Home, backup: Path
    ) -> None:
        rotation = home.eu.rotation
        rotation.rotate()
        rotation._secrets.rewrap()
        rotation._epochs.end(1)
        rotation._provider.end_generation("1")
        done = home.verify(backups={ZoneId("eu"): [backup]})
        assert done.findings == []
        [reason] = done.report["zones"]["eu"]["not_reached"].values()
        assert "opens for nobody" in reason

    def test_what_a_backup_lacks_is_not_reached_and_what_is_damaged_is_said(
        self, home: Home, backup: Path
    ) -> None:
        (backup / "warehouse.duckdb").unlink()
        [reason] = (
            home.verify("eu", backups={ZoneId("eu"): [backup]})
            .report["zones"]["eu"]["not_reached"]
            .values()
        )
        assert reason == "there is none"
        shutil.copy(home.us.layout.warehouse, backup / "warehouse.duckdb")
        found = home.found("eu", backups={ZoneId("eu"): [backup]})
        assert found == [("eu", "does_not_open", "backup monday: warehouse", None)]
        (backup / "store.sqlite").write_bytes(b"no database" * 100)
        done = home.verify("eu", backups={ZoneId("eu"): [backup]})
        [reason] = done.report["zones"]["eu"]["not_reached"].values()
        assert "cannot be read" in reason

    def test_a_folder_without_a_store_is_not_reached(self, home: Home, tmp_path: Path) -> None:
        done = home.verify("eu", backups={ZoneId("eu"): [tmp_path]})
        [reason] = done.report["zones"]["eu"]["not_reached"].values()
        assert "no store.sqlite" in reason


def test_a_warehouse_that_is_in_use_is_not_reached_and_the_rest_is_examined(home: Home) -> None:
    with warehouse_lock(home.eu.layout):
        done = home.verify("eu", wait_seconds=0)
    eu = done.report["zones"]["eu"]
    assert "in use" in eu["not_reached"]["warehouse"]
    assert "landing" in {place["place"] for place in eu["keys"]["places"]}


def test_a_zone_that_never_ran_has_little_to_examine(tmp_path: Path) -> None:
    with create_zone(tmp_path, "uk") as uk:
        done = verify_residency([uk], by="officer")
        assert done.findings == []
        assert not uk.layout.warehouse.exists()


def test_a_store_on_postgresql_is_examined_alike(tmp_path: Path, postgresql_url: str) -> None:
    with create_zone(tmp_path, "uk", store_url=postgresql_url) as uk:
        uk.keyring.ensure_keys(["c_one", "c_two"])
        for customer, country in (("c_one", "GB"), ("c_two", "DE")):
            add_profile(uk, customer, country, keys=uk)
        [found] = verify_residency([uk], by="officer").findings
        assert (found.place, found.row) == ("profiles", "c_two")


def test_people_are_compared_by_address_and_number_only() -> None:
    shared = SharedPeople()
    handles = (
        Handle(HandleKind.EMAIL, "no address"),
        Handle(HandleKind.VENDOR_USER, "35436", "zendesk"),
        Handle(HandleKind.EMAIL, "Mia@Example.org"),
    )
    for zone in ("eu", "us"):
        shared.see(ZoneId(zone), [Participant(handles)])
    assert shared.counts() == {"eu": 1, "us": 1}
    assert shared.pairs() == {("eu", "us"): 1}


def test_people_who_share_a_customer_or_a_handle_count_once() -> None:
    def stray(row: str, person: str | None, *handles: str) -> Stray:
        return Stray("landing", row, US, person, "", handles)

    strays = [
        stray("1", "s_a", "phone"),
        stray("2", "s_b", "phone", "email"),
        stray("3", "s_c"),
        stray("4", None),
        stray("5", None),
    ]
    assert count_people(strays, {}) == 4
    assert count_people(strays, {"s_a": "c_1", "s_c": "c_1"}) == 3


def test_a_hand_over_is_no_leave_for_people_of_the_zone_it_came_from(home: Home) -> None:
    home.insert("us", "i_stray", country="DE")
    for name in ("h_" + "a" * 26, "m_1"):
        receipt = Receipt(
            ZoneId("eu"), name, "adequacy", None, Purpose.SERVICE, ("interactions",), 5
        )
        TransferRegister(home.us).receive(receipt, by="landing")
        assert bool(home.found("us")) == name.startswith("h_")


def test_zones_are_given_and_each_once(home: Home) -> None:
    with pytest.raises(ConfigurationError, match="each once"):
        verify_residency([home.eu, home.eu], by="officer")


def test_a_country_of_no_zone_and_a_word_that_is_no_country_are_nobodys() -> None:
    policies = load_policies()
    jurisdictions = Jurisdictions(US, policies)
    assert jurisdictions.claim(["JP"])[0] == "no_zones"
    assert jurisdictions.claim(["ZZ", None, "unknown"])[0] == "none"
    assert jurisdictions.claim(["DE", "US"])[0] == "ours"
    assert jurisdictions.claim(["JP", "KR"])[0] == "no_zones"
    assert jurisdictions.claim(["DE", "JP", "GB"]) == ("anothers", "eu")
    assert jurisdictions.of_people([], "DE") == ("anothers", "eu", "country it was routed by")
