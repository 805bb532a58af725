"""A product in which nothing is encrypted, to measure what encryption costs; for benchmarks only.

The switch is here and nowhere else: no setting of the product turns encryption off.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import duckdb

from pipelines.defs.dbt_project import project_directory
from privacy.warehouse.open import ALIAS


@contextmanager
def nothing_encrypted(folder: Path) -> Iterator[None]:
    """Leave values, keys and the warehouse file in the clear until the block ends.

    Args:
        folder: For a copy of the dbt project whose profile has no key.
    """
    project = folder / "dbt"
    shutil.copytree(project_directory(), project, ignore=shutil.ignore_patterns("target", "logs"))
    profile = project / "profiles.yml"
    written = profile.read_text("utf-8")
    changed = re.sub(r"\n +options:\n +encryption_key:.*\n +encryption_cipher:.*", "", written)
    if changed == written:
        raise SystemExit("the dbt profile has changed: its key was not found")
    profile.write_text(changed.replace("temp_file_encryption: true", "temp_file_encryption: false"))
    replaced = {
        "privacy.keys.keyring.Keyring.seal_many": _seal_many,
        "privacy.keys.keyring.Keyring.open_many": _open_many,
        "privacy.keys.keyring.Keyring.ensure_keys": lambda *_: None,
        "privacy.warehouse.open.attach": _attach,
        "pipelines.defs.dbt_project.project_directory": lambda: project,
        "pipelines.defs.transformed.project_directory": lambda: project,
    }
    with ExitStack() as stack:
        for name, instead in replaced.items():
            stack.enter_context(patch(name, instead))
        yield


def _seal_many(*_: Any, values: Sequence[bytes], **__: Any) -> list[bytes]:
    return list(values)


def _open_many(*_: Any, sealed: Sequence[bytes], **__: Any) -> list[bytes]:
    return list(sealed)


def _attach(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    _file_key: bytes,
    *,
    alias: str = ALIAS,
    read_only: bool = False,
) -> None:
    quoted = str(path).replace("'", "''")
    connection.execute(f"attach '{quoted}' as {alias}{' (read_only)' if read_only else ''}")
