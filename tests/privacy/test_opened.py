"""A zone is made once, opened by many, and refused clearly when something is wrong."""

import stat
from pathlib import Path

import pytest
from sqlalchemy import update

from privacy.errors import (
    ConfigurationError,
    KeyDestroyed,
    UnknownZone,
    WrongKey,
)
from privacy.keys.local import KEYSTORE_NAME, LocalProvider
from privacy.opened import create_zone, open_zone
from privacy.store.tables import METADATA
from privacy.zones.loader import POLICIES


def test_a_zone_that_was_made_can_be_opened(tmp_path: Path) -> None:
    create_zone(tmp_path, "eu").close()
    with open_zone(tmp_path, "eu") as zone:
        assert (zone.zone, zone.policy.id, zone.keyring.zone) == ("eu", "eu", "eu")


def test_making_it_again_changes_no_key(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as first, create_zone(tmp_path, "eu") as second:
        assert first.keyring.secret("warehouse") == second.keyring.secret("warehouse")
        assert first.keyring.public_keys == second.keyring.public_keys


def test_a_zones_folder_is_closed_to_others(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone:
        assert stat.S_IMODE(zone.layout.root.stat().st_mode) == 0o700


def test_a_zone_that_was_not_made_names_the_command_that_makes_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="c360 zone create --zone eu"):
        open_zone(tmp_path, "eu")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("zone_id", ["atlantis", "", "../eu", "eu/../uk"])
def test_a_zone_without_a_policy_is_unknown(tmp_path: Path, zone_id: str) -> None:
    with pytest.raises(UnknownZone):
        open_zone(tmp_path, zone_id)
    with pytest.raises(UnknownZone):
        create_zone(tmp_path, zone_id)


def test_a_store_of_an_older_version_names_the_command(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone, zone.store.begin() as connection:
        connection.exec_driver_sql("update alembic_version set version_num = '0000'")
    with pytest.raises(ConfigurationError, match="c360 zone create"):
        open_zone(tmp_path, "eu")


def test_an_empty_store_names_the_command(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone, zone.store.begin() as connection:
        METADATA.drop_all(connection)
        connection.exec_driver_sql("drop table alembic_version")
    with pytest.raises(ConfigurationError, match="c360 zone create"):
        open_zone(tmp_path, "eu")


def test_a_store_without_keys_names_what_is_missing(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone, zone.store.begin() as connection:
        connection.execute(METADATA.tables["zone_secrets"].delete())
    with pytest.raises(ConfigurationError, match="has no keys"):
        open_zone(tmp_path, "eu")


def test_a_store_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone:
        path = zone.layout.store
    for file in path.parent.glob("store.sqlite*"):
        file.unlink()
    path.write_bytes(b"not a database, whatever its name says" * 100)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        open_zone(tmp_path, "eu")


def test_a_server_that_does_not_answer_is_one_clear_line(tmp_path: Path) -> None:
    create_zone(tmp_path, "eu").close()
    with pytest.raises(ConfigurationError, match="cannot be read"):
        open_zone(tmp_path, "eu", store_url=f"postgresql://c360@/x?host={tmp_path}")


def test_another_keystore_is_the_wrong_key(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone:
        (zone.layout.keys / KEYSTORE_NAME).unlink()
        LocalProvider(zone.layout.keys).create()
    for opening in (open_zone, create_zone):
        with pytest.raises(WrongKey):
            opening(tmp_path, "eu")


def test_a_lost_keystore_is_not_replaced_by_a_new_one(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone:
        (zone.layout.keys / KEYSTORE_NAME).unlink()
    for opening in (open_zone, create_zone):
        with pytest.raises(ConfigurationError, match=KEYSTORE_NAME):
            opening(tmp_path, "eu")


def test_a_passphrase_is_asked_for_at_every_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privacy.keys.keystore.SCRYPT_LOG2_COST", 4)
    create_zone(tmp_path, "eu", passphrase="correct horse").close()
    open_zone(tmp_path, "eu", passphrase="correct horse").close()
    for passphrase in (None, "wrong"):
        with pytest.raises(WrongKey):
            open_zone(tmp_path, "eu", passphrase=passphrase)


def test_a_destroyed_key_encryption_key_closes_the_zone_for_good(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone:
        LocalProvider(zone.layout.keys).destroy()
    for opening in (open_zone, create_zone):
        with pytest.raises(KeyDestroyed):
            opening(tmp_path, "eu")


def test_a_policy_that_changes_the_suite_does_not_open_the_zone(tmp_path: Path) -> None:
    policies = tmp_path / "policies"
    policies.mkdir()
    content = (POLICIES / "eu.yaml").read_text()
    (policies / "eu.yaml").write_text(content)
    create_zone(tmp_path, "eu", policies_directory=policies).close()
    (policies / "eu.yaml").write_text(content.replace("aes-256-gcm", "sm4-gcm"))
    for opening in (open_zone, create_zone):
        with pytest.raises(ConfigurationError, match="suite"):
            opening(tmp_path, "eu", policies_directory=policies)


def test_a_key_uri_of_no_provider_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="local"):
        create_zone(tmp_path, "eu", key_uri="carrier-pigeon:")


def test_a_zone_can_keep_its_store_elsewhere(tmp_path: Path, either_url: str) -> None:
    home = tmp_path / "home"
    with create_zone(home, "eu", store_url=either_url) as zone:
        sealed = zone.keyring.seal("s_a", table="t", column="c", value=b"x")
        assert not zone.layout.store.exists()
    with open_zone(home, "eu", store_url=either_url) as zone:
        assert zone.keyring.open("s_a", table="t", column="c", sealed=sealed) == b"x"


def test_a_frozen_zone_cannot_be_given_other_keys(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone, pytest.raises(AttributeError):
        zone.keyring = None  # type: ignore[misc, assignment]


def test_public_keys_that_were_replaced_are_put_right(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone:
        path = zone.layout.public_keys / "eu.json"
    honest = path.read_text()
    path.write_text("{}")
    create_zone(tmp_path, "eu").close()
    assert path.read_text() == honest


def test_a_data_key_row_without_its_epoch_does_not_open(tmp_path: Path) -> None:
    table = METADATA.tables["data_keys"]
    with create_zone(tmp_path, "eu") as zone:
        sealed = zone.keyring.seal("s_a", table="t", column="c", value=b"x")
        with zone.store.begin() as connection:
            connection.execute(update(table).values(epoch=9))
    with open_zone(tmp_path, "eu") as zone, pytest.raises(KeyDestroyed):
        zone.keyring.open("s_a", table="t", column="c", sealed=sealed)
