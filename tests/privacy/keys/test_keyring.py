"""A keyring seals, opens and shreds, in batches, beside other processes."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, func, select, update

from privacy.errors import ConfigurationError, KeyDestroyed, Tampered, WrongKey
from privacy.ids import ZoneId
from privacy.keys.handoff import seal_to
from privacy.keys.public import read_public_keys
from privacy.opened import OpenZone, create_zone, open_zone
from privacy.store.engine import scrub
from privacy.store.tables import DATA_KEYS, EPOCHS, ZONE_SECRETS

PLACE = {"table": "originals", "column": "sealed"}


def test_values_of_many_owners_open_again_in_order(zone: OpenZone) -> None:
    owners = ["s_a", None, "s_b", "s_a", None]
    values = [b"1", b"2", b"", b"4", b"5" * 5000]
    sealed = zone.keyring.seal_many(owners, **PLACE, values=values)
    assert zone.keyring.open_many(owners, **PLACE, sealed=sealed) == values
    assert {one[0] for one in sealed} == {zone.keyring.suite.version}


def test_another_process_opens_them_too(zone: OpenZone, reopened: OpenZone) -> None:
    sealed = zone.keyring.seal("s_a", **PLACE, value=b"x")
    assert reopened.keyring.open("s_a", **PLACE, sealed=sealed) == b"x"
    nobodys = zone.keyring.seal(None, **PLACE, value=b"x")
    assert reopened.keyring.open(None, **PLACE, sealed=nobodys) == b"x"


def test_an_empty_batch_is_an_empty_list(zone: OpenZone) -> None:
    assert zone.keyring.seal_many([], **PLACE, values=[]) == []
    assert zone.keyring.open_many([], **PLACE, sealed=[]) == []
    zone.keyring.ensure_keys([])
    assert zone.keyring.destroy([]) == 0


def test_a_value_opens_for_no_other_subject_column_or_table(zone: OpenZone) -> None:
    keyring = zone.keyring
    keyring.ensure_keys(["s_a", "s_b"])
    sealed = keyring.seal("s_a", **PLACE, value=b"x")
    with pytest.raises(WrongKey):
        keyring.open("s_b", **PLACE, sealed=sealed)
    with pytest.raises(WrongKey):
        keyring.open(None, **PLACE, sealed=sealed)
    with pytest.raises(Tampered):
        keyring.open("s_a", table="originals", column="other", sealed=sealed)
    with pytest.raises(Tampered):
        keyring.open("s_a", table="handles", column="sealed", sealed=sealed)


def test_a_value_opens_in_no_other_zone(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as eu, create_zone(tmp_path, "uk") as uk:
        sealed = eu.keyring.seal("s_a", **PLACE, value=b"x")
        uk.keyring.ensure_keys(["s_a"])
        with pytest.raises(WrongKey):
            uk.keyring.open("s_a", **PLACE, sealed=sealed)


def test_a_data_key_moved_to_another_owners_row_is_noticed(zone: OpenZone) -> None:
    zone.keyring.ensure_keys(["s_a", "s_b"])
    with zone.store.begin() as connection:
        wrapped = connection.scalar(
            select(DATA_KEYS.c.wrapped).where(DATA_KEYS.c.owner_id == "s_a")
        )
        moved = update(DATA_KEYS).where(DATA_KEYS.c.owner_id == "s_b").values(wrapped=wrapped)
        connection.execute(moved)
    with pytest.raises(Tampered):
        zone.keyring.seal("s_b", **PLACE, value=b"x")


def test_an_error_names_the_place_and_not_the_value(zone: OpenZone) -> None:
    sealed = zone.keyring.seal("s_a", **PLACE, value=b"canary")
    with pytest.raises(Tampered, match=r"originals\.sealed of s_a") as refused:
        zone.keyring.open("s_a", **PLACE, sealed=sealed[:-1])
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("owner_id", ["", "-", "a|b", "s_a|originals"])
def test_an_owner_id_that_could_be_misread_gets_no_key(zone: OpenZone, owner_id: str) -> None:
    with pytest.raises(Tampered):
        zone.keyring.seal(owner_id, **PLACE, value=b"x")


@given(
    st.lists(
        st.tuples(st.one_of(st.none(), st.sampled_from(["s_1", "s_2", "s_3"])), st.binary()),
        max_size=20,
    )
)
def test_any_batch_opens_to_what_it_was(shared: OpenZone, batch: list[tuple[str, bytes]]) -> None:
    owners, values = [one for one, _ in batch], [value for _, value in batch]
    sealed = shared.keyring.seal_many(owners, **PLACE, values=values)
    assert shared.keyring.open_many(owners, **PLACE, sealed=sealed) == values


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> OpenZone:
    return create_zone(tmp_path_factory.mktemp("shared"), "eu")


# --- shredding ------------------------------------------------------------------------------------


def test_a_shredded_owners_values_never_open_again(zone: OpenZone) -> None:
    sealed = zone.keyring.seal("s_a", **PLACE, value=b"x")
    assert not zone.keyring.is_destroyed("s_a")
    assert zone.keyring.destroy(["s_a"]) == 1
    assert zone.keyring.is_destroyed("s_a")
    with pytest.raises(KeyDestroyed):
        zone.keyring.open("s_a", **PLACE, sealed=sealed)
    with pytest.raises(KeyDestroyed):
        zone.keyring.seal("s_a", **PLACE, value=b"y")
    with pytest.raises(KeyDestroyed):
        zone.keyring.ensure_keys(["s_b", "s_a"])


def test_another_process_notices_at_its_next_call(zone: OpenZone, reopened: OpenZone) -> None:
    sealed = zone.keyring.seal_many(["s_a", "s_b"], **PLACE, values=[b"a", b"b"])
    other = reopened.keyring
    assert other.open_many(["s_a", "s_b"], **PLACE, sealed=sealed) == [b"a", b"b"]
    zone.keyring.destroy(["s_a"])
    with pytest.raises(KeyDestroyed):
        other.open_many(["s_a", "s_b"], **PLACE, sealed=sealed)
    opened = other.open_many(["s_a", "s_b"], **PLACE, sealed=sealed, missing="none")
    assert opened == [None, b"b"]
    with pytest.raises(KeyDestroyed):
        other.seal("s_a", **PLACE, value=b"x")


def test_only_keys_destroyed_now_are_counted(zone: OpenZone) -> None:
    zone.keyring.ensure_keys(["s_a", "s_b"])
    assert zone.keyring.destroy(["s_a", "s_a", "s_never"]) == 1
    assert zone.keyring.destroy(["s_a", "s_b", "s_never"]) == 1


def test_an_owner_erased_before_having_a_key_gets_none(zone: OpenZone) -> None:
    zone.keyring.destroy(["s_never"])
    assert zone.keyring.is_destroyed("s_never")
    with pytest.raises(KeyDestroyed):
        zone.keyring.ensure_keys(["s_never"])


def test_an_owner_without_a_key_is_not_destroyed_but_opens_nothing(zone: OpenZone) -> None:
    sealed = zone.keyring.seal("s_a", **PLACE, value=b"x")
    assert not zone.keyring.is_destroyed("s_b")
    with pytest.raises(KeyDestroyed):
        zone.keyring.open("s_b", **PLACE, sealed=sealed)


def test_the_destroyed_ones_of_many_are_told_at_once(zone: OpenZone) -> None:
    zone.keyring.ensure_keys(["s_a", "s_b"])
    zone.keyring.destroy(["s_a", "s_never"])
    asked = ["s_a", "s_b", "s_c", "s_never"]
    assert zone.keyring.destroyed_among(asked) == {"s_a", "s_never"}


def test_the_time_of_destruction_is_kept(zone: OpenZone) -> None:
    zone.keyring.ensure_keys(["s_a"])
    zone.keyring.destroy(["s_a"])
    with zone.store.connect() as connection:
        row = connection.execute(select(DATA_KEYS)).one()
    assert row.wrapped is None
    assert row.destroyed_at >= row.created_at


def test_no_file_of_the_zone_holds_a_shredded_key(zone: OpenZone) -> None:
    owners = [f"s_{number}" for number in range(300)]
    zone.keyring.ensure_keys(owners)
    with zone.store.connect() as connection:
        wrapped = connection.scalars(select(DATA_KEYS.c.wrapped)).all()
    zone.keyring.destroy(owners)
    scrub(zone.store)
    files = [file.read_bytes() for file in zone.layout.root.rglob("*") if file.is_file()]
    assert not any(key in content for content in files for key in wrapped)


# --- beside others --------------------------------------------------------------------------------


def test_the_provider_is_called_once_for_each_key_of_the_zones_own(
    zone: OpenZone, count_provider_calls: Callable[[], int]
) -> None:
    owners = [f"s_{number}" for number in range(1000)]
    sealed = zone.keyring.seal_many(owners, **PLACE, values=[b"x"] * 1000)
    count_provider_calls()
    with open_zone(zone.layout.home, zone.zone) as other:
        for _ in range(3):
            assert other.keyring.open_many(owners, **PLACE, sealed=sealed) == [b"x"] * 1000
            other.keyring.ensure_keys(f"c_{number}" for number in range(1000))
        assert count_provider_calls() == 2  # the suite it was made for, and the epoch's key
        for _ in range(3):
            other.keyring.index.of("email", "a@b")
            other.keyring.secret("landing")
        assert count_provider_calls() == 2


def test_a_batch_takes_as_many_statements_as_a_single_value(zone: OpenZone) -> None:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(zone.store, "before_cursor_execute", note)

    def statements_for(count: int, prefix: str) -> list[str]:
        owners = [f"{prefix}_{number}" for number in range(count)]
        statements.clear()
        sealed = zone.keyring.seal_many(owners, **PLACE, values=[b"x"] * count)
        zone.keyring.open_many(owners, **PLACE, sealed=sealed)
        return list(statements)

    statements_for(1, "warm")
    assert statements_for(1, "one") == statements_for(5000, "many")


def test_more_keys_than_are_kept_in_memory_still_open(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as zone:
        zone.keyring._data_keys._kept = 10
        owners = [f"s_{number}" for number in range(50)]
        sealed = zone.keyring.seal_many(owners, **PLACE, values=[b"x"] * 50)
        assert zone.keyring.open_many(owners, **PLACE, sealed=sealed) == [b"x"] * 50
        assert len(zone.keyring._data_keys._opened) == 10


def test_threads_and_processes_that_make_the_same_keys_agree(
    tmp_path: Path, either_url: str
) -> None:
    zones = [create_zone(tmp_path, "eu", store_url=either_url) for _ in range(4)]
    owners = [f"s_{number}" for number in range(500)]
    sealed: dict[int, list[bytes]] = {}

    def seal(place: int) -> None:
        sealed[place] = zones[place].keyring.seal_many(owners, **PLACE, values=[b"x"] * 500)

    threads = [threading.Thread(target=seal, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for zone in zones:
        for values in sealed.values():
            assert zone.keyring.open_many(owners, **PLACE, sealed=values) == [b"x"] * 500
    for zone in zones:
        zone.close()


def test_a_key_that_another_process_shreds_while_it_is_made_is_refused(
    zone: OpenZone, reopened: OpenZone, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = zone.keyring._data_keys
    make = keys._make

    def overtaken(owner_ids: list[str]) -> object:
        reopened.keyring.destroy(owner_ids[:1])
        return make(owner_ids)

    monkeypatch.setattr(keys, "_make", overtaken)
    with pytest.raises(KeyDestroyed):
        zone.keyring.ensure_keys(["s_a"])
    with pytest.raises(KeyDestroyed):
        zone.keyring.seal("s_b", **PLACE, value=b"x")


def test_keys_that_another_process_makes_first_are_the_ones_used(
    zone: OpenZone, reopened: OpenZone, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = zone.keyring._data_keys
    make = keys._make

    def overtaken(owner_ids: list[str]) -> object:
        reopened.keyring.ensure_keys(owner_ids[:1])
        return make(owner_ids)

    monkeypatch.setattr(keys, "_make", overtaken)
    zone.keyring.ensure_keys(["s_a", "s_b"])
    sealed = zone.keyring.seal_many(["s_c", "s_d"], **PLACE, values=[b"c", b"d"])
    assert reopened.keyring.open_many(["s_c", "s_d"], **PLACE, sealed=sealed) == [b"c", b"d"]


def test_a_secret_that_vanishes_while_it_is_made_is_named(
    zone: OpenZone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privacy.keys.zone_secrets.insert_if_absent", lambda *_: 0)
    with pytest.raises(ConfigurationError, match="landing"):
        zone.keyring.secret("landing")


_OTHER_PROCESS = """
import sys
from pathlib import Path
from privacy.opened import create_zone
with create_zone(Path(sys.argv[1]), "eu") as zone:
    owners = [f"s_{number}" for number in range(2000)]
    sealed = zone.keyring.seal_many(owners, table="t", column="c", values=[b"x"] * 2000)
    Path(sys.argv[2]).write_bytes(b"".join(sealed))
"""


def test_processes_that_make_a_zone_and_its_keys_at_once_agree(tmp_path: Path) -> None:
    home = tmp_path / "home"
    outputs = [tmp_path / f"sealed-{number}" for number in range(3)]
    running = [
        subprocess.Popen([sys.executable, "-c", _OTHER_PROCESS, home, output]) for output in outputs
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    owners = [f"s_{number}" for number in range(2000)]
    with open_zone(home, "eu") as zone:
        for output in outputs:
            raw = output.read_bytes()
            size = len(raw) // 2000
            sealed = [raw[start : start + size] for start in range(0, len(raw), size)]
            opened = zone.keyring.open_many(owners, table="t", column="c", sealed=sealed)
            assert opened == [b"x"] * 2000


def test_the_keyring_works_on_postgresql(tmp_path: Path, postgresql_url: str) -> None:
    with create_zone(tmp_path, "eu", store_url=postgresql_url) as zone:
        owners = [f"s_{number}" for number in range(100)]
        sealed = zone.keyring.seal_many(owners, **PLACE, values=[b"x"] * 100)
        assert zone.keyring.destroy(owners[:10]) == 10
        opened = zone.keyring.open_many(owners, **PLACE, sealed=sealed, missing="none")
        assert opened == [None] * 10 + [b"x"] * 90
        assert not zone.layout.store.exists()


# --- epochs ---------------------------------------------------------------------------------------


def test_new_keys_are_wrapped_under_the_newest_epoch_and_old_ones_stay_open(
    zone: OpenZone, reopened: OpenZone
) -> None:
    sealed = zone.keyring.seal("s_a", **PLACE, value=b"x")
    reopened.keyring.ensure_keys(["s_b"])
    assert zone.keyring._epochs.open_next() == 2
    reopened.keyring.ensure_keys(["s_c"])
    with zone.store.connect() as connection:
        query = select(DATA_KEYS.c.owner_id, DATA_KEYS.c.epoch)
        epochs = dict(tuple(row) for row in connection.execute(query))
    assert epochs == {"s_a": 1, "s_b": 1, "s_c": 2}
    assert reopened.keyring.open("s_a", **PLACE, sealed=sealed) == b"x"


def test_an_epoch_that_begins_while_keys_are_made_is_the_one_they_are_wrapped_under(
    zone: OpenZone, reopened: OpenZone, monkeypatch: pytest.MonkeyPatch
) -> None:
    epochs = zone.keyring._epochs
    key = epochs.key

    def slow(epoch: int) -> object:
        if epoch == 1:
            reopened.keyring._epochs.open_next()
        return key(epoch)

    monkeypatch.setattr(epochs, "key", slow)
    zone.keyring.ensure_keys(["s_a"])
    with zone.store.connect() as connection:
        assert connection.scalar(select(DATA_KEYS.c.epoch)) == 2


def test_a_destroyed_epoch_takes_its_keys_with_it(zone: OpenZone) -> None:
    sealed = zone.keyring.seal("s_a", **PLACE, value=b"x")
    zone.keyring._epochs.open_next()
    with zone.store.begin() as connection:
        connection.execute(update(EPOCHS).where(EPOCHS.c.epoch == 1).values(wrapped=None))
    with open_zone(zone.layout.home, zone.zone) as other, pytest.raises(KeyDestroyed):
        other.keyring.open("s_a", **PLACE, sealed=sealed)


# --- the zone's own keys --------------------------------------------------------------------------


def test_a_secret_is_the_same_for_every_process(zone: OpenZone, reopened: OpenZone) -> None:
    secret = zone.keyring.secret("warehouse")
    assert len(secret) == 32
    assert reopened.keyring.secret("warehouse") == secret
    assert zone.keyring.secret("landing") != secret


def test_processes_that_mint_a_secret_at_once_agree(tmp_path: Path, either_url: str) -> None:
    zones = [create_zone(tmp_path, "eu", store_url=either_url) for _ in range(4)]
    secrets: list[bytes] = []
    threads = [
        threading.Thread(target=lambda zone=zone: secrets.append(zone.keyring.secret("landing")))
        for zone in zones
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(secrets) == 4
    assert len(set(secrets)) == 1
    for zone in zones:
        zone.close()


@pytest.mark.parametrize("name", ["signing", "handoff", "index", "suppression", "suite"])
def test_keys_that_are_only_used_are_not_given_out(zone: OpenZone, name: str) -> None:
    with pytest.raises(ConfigurationError):
        zone.keyring.secret(name)


@pytest.mark.parametrize("name", ["", "Warehouse", "a b", "x" * 41, "a|b", "1", "é"])
def test_a_malformed_name_mints_no_secret(zone: OpenZone, name: str) -> None:
    with pytest.raises(ConfigurationError):
        zone.keyring.secret(name)


def test_a_secret_moved_to_another_name_is_noticed(zone: OpenZone) -> None:
    zone.keyring.secret("landing")
    zone.keyring.secret("warehouse")
    with zone.store.begin() as connection:
        query = select(ZONE_SECRETS.c.wrapped).where(ZONE_SECRETS.c.name == "landing")
        moved = update(ZONE_SECRETS).where(ZONE_SECRETS.c.name == "warehouse")
        connection.execute(moved.values(wrapped=connection.scalar(query)))
    with open_zone(zone.layout.home, zone.zone) as other, pytest.raises(Tampered):
        other.keyring.secret("warehouse")


def test_the_index_and_the_suppression_index_do_not_compare(zone: OpenZone) -> None:
    index, suppression = zone.keyring.index, zone.keyring.suppression
    assert index.of("email", "a@b") != suppression.of("email", "a@b")


def test_zones_index_the_same_handle_differently(tmp_path: Path) -> None:
    with create_zone(tmp_path, "eu") as eu, create_zone(tmp_path, "uk") as uk:
        assert eu.keyring.index.of("email", "a@b") != uk.keyring.index.of("email", "a@b")


def test_a_signature_is_checked_with_the_published_key(zone: OpenZone) -> None:
    published = read_public_keys(zone.layout.public_keys, zone.zone)
    assert published.verify_key == zone.keyring.verify_key
    Ed25519PublicKey.from_public_bytes(published.verify_key).verify(
        zone.keyring.sign(b"certificate"), b"certificate"
    )


def test_a_hand_off_sealed_to_the_published_key_opens(zone: OpenZone, reopened: OpenZone) -> None:
    published = read_public_keys(zone.layout.public_keys, zone.zone)
    sealed = seal_to(published.handoff_key, b"record", zone=zone.zone)
    assert reopened.keyring.open_handoff(sealed) == b"record"
    with pytest.raises(Tampered):
        zone.keyring.open_handoff(seal_to(published.handoff_key, b"x", zone=ZoneId("us")))


def test_no_key_lies_in_the_store_in_the_clear(zone: OpenZone) -> None:
    secrets = [zone.keyring.secret(name) for name in ("warehouse", "landing")]
    with zone.store.connect() as connection:
        count = connection.scalar(select(func.count()).select_from(ZONE_SECRETS))
    scrub(zone.store)
    content = zone.layout.store.read_bytes()
    assert count == 8
    assert not any(secret in content for secret in secrets)
