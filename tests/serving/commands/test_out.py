"""A file that cannot be written is refused before anything is done that cannot be undone."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from serving.cli import app

COMMANDS = (
    ("erase", "--zone", "eu", "--customer", "c_x", "--execute", "--yes"),
    ("residency", "verify", "--zone", "eu"),
    ("residency", "move", "--zone", "eu", "--to", "uk", "--customer", "c_x"),
    ("certificate", "write", "r_x", "--zone", "eu"),
    ("audit", "consistency", "--zone", "eu", "--from", "1"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:2]))
def test_where_a_file_cannot_be_written_nothing_is_begun(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    for out, why in ((tmp_path / "nowhere" / "c.json", "there is no folder"), (tmp_path, "folder")):
        # There is no zone in this home either: that would be said first, were it looked at first.
        line = ("--home", str(tmp_path / "home"), *command, "--out", str(out))
        done = CliRunner().invoke(app, line, env={"C360_TOKEN": "", "COLUMNS": "300"})
        assert done.exit_code == 2
        assert why in done.stderr
        assert "--out" in done.stderr
