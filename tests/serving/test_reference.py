"""The reference pages say what the code does, all of it."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines.landing.reasons import LEFT, MEANINGS
from privacy.detection.recognizers.registry import COUNTRIES, GENERIC
from privacy.erasure.targets import NOT_REACHED, STAYS, TARGETS
from privacy.records.tables import TABLES
from quality.registry import SUITES
from serving import reference
from serving.cli import app
from serving.reference_data import marts
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


def test_every_table_and_mart_has_its_key_and_every_column() -> None:
    page = reference.tables_page()
    for table in TABLES.values():
        section = page.partition(f"## core.{table.name}\n")[2].partition("\n## ")[0]
        assert all(f"| `{field.name}` |" in section for field in table.fields), table.name
    assert {mart["name"] for mart in marts()} >= {"agent_context", "consent_lineage"}
    for mart in marts():
        section = page.partition(f"## marts.{mart['name']}\n")[2].partition("\n## ")[0]
        assert "Key: `" in section, mart["name"]
        assert all(f"| `{column['name']}` |" in section for column in mart["columns"])


def test_every_recognizer_says_how_it_decides() -> None:
    page = reference.recognizers_page()
    for name, make in {**GENERIC, **COUNTRIES}.items():
        assert f": {name}\n" in page or f"## {name}\n" in page
        assert all(f"| `{one.entity}` | `{one.label}` | " in page for one in make())
    assert "|  |" not in page


def test_every_rule_reason_and_place_is_on_its_page() -> None:
    quality = reference.quality_page()
    for suite in SUITES.values():
        assert f"## {suite.name}\n" in quality
        assert all(f"| `{rule.column}` | `{rule.expectation}` |" in quality for rule in suite.rules)
    quarantine = reference.quarantine_page()
    assert all(
        f"| `{code}` | {said} |" in quarantine for code, said in ({**MEANINGS, **LEFT}).items()
    )
    erasure = reference.erasure_page()
    assert all(f"| `{target.place}` |" in erasure for target in TARGETS)
    assert all(place in erasure for place in (*STAYS, *NOT_REACHED))


def test_no_generated_page_has_a_path_of_this_machine() -> None:
    root = str(Path(reference.__file__).parents[1])
    assert not [name for name, page in reference.PAGES.items() if root in page()]


def test_links_between_documents_lead_somewhere() -> None:
    documents = reference.FOLDER.parent
    for path in documents.rglob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text("utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
