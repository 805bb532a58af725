"""The store's engine: durable, private, and safe beside other writers."""

import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, select, text, update
from sqlalchemy.exc import IntegrityError

from privacy.clock import now
from privacy.errors import ConfigurationError, ErasureIncomplete
from privacy.store.engine import open_store, rewrite_pages, scrub, snapshot
from privacy.store.migrate import upgrade
from privacy.store.tables import CALLERS, DATA_KEYS
from tests.sqlite_pages import plant_in_a_page


def _sqlite(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


def test_sqlite_connections_are_durable_and_overwrite_what_they_delete(tmp_path: Path) -> None:
    engine = open_store(_sqlite(tmp_path))
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"pragma {name}").scalar()
            for name in (
                "journal_mode",
                "synchronous",
                "secure_delete",
                "foreign_keys",
                "busy_timeout",
            )
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }
    engine.dispose()


def test_the_store_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    open_store(_sqlite(tmp_path)).dispose()
    assert stat.S_IMODE((tmp_path / "store.sqlite").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "url", ["mysql://h/d", "oracle://h/d", "sqlite+x://", "postgresql+x://h/d", "not a url", ""]
)
def test_a_store_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError):
        open_store(url)


def test_a_url_with_a_password_is_not_repeated_in_the_message() -> None:
    with pytest.raises(ConfigurationError) as refused:
        open_store("mysql://user:hunter2@host/d")
    assert "hunter2" not in str(refused.value)


def test_writers_that_read_first_wait_for_each_other(either_url: str) -> None:
    engine = open_store(either_url)
    counter = Table("counter", MetaData(), Column("n", Integer, primary_key=True))
    counter.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(counter.insert(), [{"n": 0}])
    failures: list[Exception] = []

    def add() -> None:
        try:
            for _ in range(20):
                with engine.begin() as connection:
                    n = connection.scalar(select(counter.c.n).with_for_update())
                    connection.execute(update(counter).values(n=n + 1))
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with engine.connect() as connection:
        assert (failures, connection.scalar(select(counter.c.n))) == ([], 80)
    engine.dispose()


def test_a_reader_is_not_blocked_by_a_writer(either_url: str) -> None:
    engine = open_store(either_url)
    upgrade(engine)
    with engine.begin() as writer:
        writer.execute(text("delete from callers"))
        with engine.connect() as reader:
            assert reader.execute(select(CALLERS)).all() == []
    engine.dispose()


def test_a_snapshot_does_not_see_what_is_committed_meanwhile(either_url: str) -> None:
    engine = open_store(either_url)
    upgrade(engine)
    row = {"owner_id": "s_a", "epoch": 1, "created_at": now()}
    with snapshot(engine) as reader:
        assert reader.execute(select(DATA_KEYS)).all() == []
        with engine.begin() as writer:
            writer.execute(DATA_KEYS.insert(), [row])
        assert reader.execute(select(DATA_KEYS)).all() == []
    engine.dispose()


def test_an_error_in_a_write_transaction_undoes_all_of_it(either_url: str) -> None:
    engine = open_store(either_url)
    upgrade(engine)
    row = {"owner_id": "s_a", "epoch": 1, "created_at": now()}
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(DATA_KEYS.insert(), [row])
        connection.execute(DATA_KEYS.insert(), [row])
    with engine.connect() as connection:
        assert connection.execute(select(DATA_KEYS)).all() == []
    engine.dispose()


def test_an_error_message_of_the_database_holds_no_value(either_url: str) -> None:
    engine = open_store(either_url)
    upgrade(engine)
    row = {"owner_id": "s_a", "epoch": 1, "wrapped": b"canary-7f3a", "created_at": now()}
    with pytest.raises(IntegrityError) as refused, engine.begin() as connection:
        connection.execute(DATA_KEYS.insert(), [row])
        connection.execute(DATA_KEYS.insert(), [row])
    assert "canary" not in str(refused.value)
    engine.dispose()


def test_scrubbing_takes_overwritten_bytes_out_of_every_file(tmp_path: Path) -> None:
    engine = open_store(_sqlite(tmp_path))
    upgrade(engine)
    canary = b"canary-" + b"k" * 80
    rows = [
        {"owner_id": f"s_{n}", "epoch": 1, "wrapped": canary, "created_at": now()}
        for n in range(500)
    ]
    with engine.begin() as connection:
        connection.execute(DATA_KEYS.insert(), rows)
    with engine.begin() as connection:
        connection.execute(update(DATA_KEYS).values(wrapped=None))
    assert any(canary in file.read_bytes() for file in tmp_path.iterdir())
    scrub(engine)
    assert not any(canary in file.read_bytes() for file in tmp_path.iterdir())
    engine.dispose()


def test_bytes_between_the_rows_of_a_page_go_when_pages_are_written_anew(tmp_path: Path) -> None:
    engine = open_store(_sqlite(tmp_path))
    upgrade(engine)
    scrub(engine)
    file = tmp_path / "store.sqlite"
    plant_in_a_page(file, b"left-behind-1")
    scrub(engine)
    assert b"left-behind-1" in file.read_bytes()
    rewrite_pages(engine)
    assert b"left-behind-1" not in file.read_bytes()
    with engine.connect() as connection:
        assert connection.execute(text("pragma integrity_check")).scalar_one() == "ok"
    engine.dispose()


def test_scrubbing_says_so_when_a_reader_holds_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privacy.store.engine.BUSY_TIMEOUT_SECONDS", 0)
    engine = open_store(_sqlite(tmp_path))
    upgrade(engine)
    with engine.connect() as reader:
        reader.execute(select(CALLERS)).all()
        with engine.begin() as writer:
            writer.execute(
                DATA_KEYS.insert(), [{"owner_id": "s_a", "epoch": 1, "created_at": now()}]
            )
        with pytest.raises(ErasureIncomplete):
            scrub(engine)
    scrub(engine)
    engine.dispose()


def test_scrubbing_works_on_postgresql(postgresql_url: str) -> None:
    engine = open_store(postgresql_url)
    upgrade(engine)
    scrub(engine)
    engine.dispose()
