"""Migrations make exactly the tables that the code declares, on SQLite and PostgreSQL."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from privacy.store.engine import open_store
from privacy.store.migrate import HEAD, revision_of, scripts, upgrade
from privacy.store.tables import METADATA


def test_migrations_make_the_declared_tables(either_url: str) -> None:
    engine = open_store(either_url)
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, METADATA) == []
    engine.dispose()


def test_a_store_without_tables_stands_at_no_version(either_url: str) -> None:
    engine = open_store(either_url)
    assert revision_of(engine) is None
    engine.dispose()


def test_upgrading_twice_changes_nothing(either_url: str) -> None:
    engine = open_store(either_url)
    upgrade(engine)
    upgrade(engine)
    assert revision_of(engine) == HEAD
    engine.dispose()


def test_two_processes_may_upgrade_at_once(either_url: str) -> None:
    engines = [open_store(either_url) for _ in range(4)]
    failures: list[Exception] = []

    def run(place: int) -> None:
        try:
            upgrade(engines[place])
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=run, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for engine in engines:
        assert revision_of(engine) == HEAD
        engine.dispose()


def test_the_newest_script_is_the_one_the_code_asks_for() -> None:
    assert scripts().get_current_head() == HEAD


def test_the_migrations_can_be_taken_back(either_url: str) -> None:
    engine = open_store(either_url)
    upgrade(engine)
    with engine.begin() as connection:
        context = MigrationContext.configure(connection)
        newest_first = list(scripts().walk_revisions())
        assert newest_first[0].revision == HEAD
        with Operations.context(context):
            for revision in newest_first:
                revision.module.downgrade()
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_a_database_error_while_upgrading_leaves_the_store_as_it_was(either_url: str) -> None:
    engine = open_store(either_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("create table quarantine (something integer)")
    with pytest.raises(Exception, match="quarantine"):
        upgrade(engine)
    assert revision_of(engine) is None
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["quarantine"]
    engine.dispose()
