"""Bring a store's tables to the present form, with the migrations beside this module.

Alembic is configured here and nowhere else, so that it works from an installed package too.
"""

from pathlib import Path

from alembic.config import Config
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, StampStep
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from privacy.store.batches import queue_up

HEAD = "0003"
"""The newest migration; known here so that opening a store needs no look at the scripts."""


def scripts() -> ScriptDirectory:
    """Give the migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return ScriptDirectory.from_config(config)


def upgrade(engine: Engine) -> None:
    """Run the migrations a store still lacks; none where it is up to date.

    All of them in one transaction, which a second process waits for.
    """
    directory = scripts()

    def missing(present: tuple[str, ...], _context: MigrationContext) -> list[StampStep]:
        return directory._upgrade_revs("head", present)  # type: ignore[arg-type, return-value]

    with engine.begin() as connection:
        queue_up(connection, "migrate")
        context = MigrationContext.configure(connection, opts={"fn": missing})
        with Operations.context(context):
            context.run_migrations()


def revision_of(engine: Engine) -> str | None:
    """Give the migration a store stands at; nothing where it has no tables yet."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("select version_num from alembic_version"))
        return revision
