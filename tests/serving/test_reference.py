"""The reference pages say what the code does, all of it."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from serving import reference
from serving.cli import app
from serving.settings import SETTINGS

COMMANDS = list(reference.commands_of(get_command(app)))


@pytest.mark.parametrize("name", sorted(reference.PAGES))
def test_every_generated_page_is_current(name: str) -> None:
    written = (reference.FOLDER / name).read_text("utf-8")
    assert written == reference.PAGES[name](), f"docs/reference/{name}: run `make docs`"


def test_every_setting_is_documented() -> None:
    page = reference.settings_page()
    for setting in SETTINGS:
        assert f"`{setting.name}`" in page
        assert setting.description in page


def test_every_setting_that_is_read_anywhere_is_documented() -> None:
    root = Path(reference.__file__).parents[1]
    known = {setting.name.replace("<ZONE>", "") for setting in SETTINGS}
    doors = [*root.glob("serving/**/*.py"), root / "pipelines" / "defs" / "resources.py"]
    for path in doors:
        for name in re.findall(r'environ[^\n]*"(C360_[A-Z_]+)', path.read_text("utf-8")):
            assert name in known, f"{path.name} reads {name}"


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=[" ".join(w) for w, _ in COMMANDS])
def test_every_command_and_option_says_what_it_is_for(
    words: tuple[str, ...], command: object
) -> None:
    page = reference.cli_page()
    assert f"## c360 {' '.join(words)}\n" in page
    assert command.help
    for parameter in command.params:
        assert parameter.name == "help" or parameter.help, f"{' '.join(words)} {parameter.name}"


def test_a_stale_page_fails_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "FOLDER", tmp_path)
    assert reference.main(["--check"]) == 1
    assert reference.main([]) == 0
    assert reference.main(["--check"]) == 0


def test_the_guides_name_only_commands_there_are() -> None:
    known = {" ".join(words) for words, _ in COMMANDS}
    for path in (reference.FOLDER.parent / "how-to").glob("*.md"):
        for words in re.findall(r"c360 ([a-z]+(?: [a-z]+)?)", path.read_text("utf-8")):
            first = words.split()[0]
            assert words in known or first in known, f"{path.name}: c360 {words}"
