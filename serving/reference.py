"""Writes the reference pages from the code: commands, settings, REST, zones, tables, rules.

`python -m serving.reference` writes them; with ``--check`` it fails when one is out of date.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from serving.settings import SETTINGS

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "reference"
_MADE = "<!-- Written by `make docs` from the code. Do not edit. -->"


def settings_page() -> str:
    """Give the page of every setting."""
    lines = [
        "# Settings",
        "",
        _MADE,
        "",
        "Environment variables, read once when a command or a Dagster process starts. An empty"
        " value counts as not set. `c360 config` shows what holds; secrets are shown by nothing.",
        "",
        "`<ZONE>` is a zone's id in capitals: `C360_PASSPHRASE_EU`.",
        "",
        "| Setting | Default | What it is for |",
        "| --- | --- | --- |",
    ]
    for setting in SETTINGS:
        secret = " Secret." if setting.is_secret else ""
        lines.append(f"| `{setting.name}` | {setting.default} | {setting.description}{secret} |")
    return "\n".join(lines) + "\n"


def cli_page() -> str:
    """Give the page of every command, its arguments and its options."""
    from typer.main import get_command

    from serving.cli import EPILOG, app

    lines = ["# Command line", "", _MADE, "", EPILOG, ""]
    lines += [
        "Options of `c360` itself come before the command: `c360 --home DIR zones`.",
        "",
        *_parameters(get_command(app), ()),
    ]
    for names, command in commands_of(get_command(app)):
        lines += [f"## c360 {' '.join(names)}", "", _text(command.help), ""]
        lines += _parameters(command, names)
    return "\n".join(lines).rstrip() + "\n"


def rest_page() -> str:
    """Give the page of every REST path, and of every problem."""
    from serving.problems import TYPES
    from serving.rest.app import document

    api = document()
    lines = [
        "# REST",
        "",
        _MADE,
        "",
        "The whole document, with schemas and examples, is [openapi.json](openapi.json), and at"
        " `/openapi.json` of a running door.",
        "",
        "| Path | What it does |",
        "| --- | --- |",
    ]
    for path, methods in api["paths"].items():
        for method, operation in methods.items():
            said = _text(operation.get("description") or operation["summary"])
            lines.append(f"| `{method.upper()} {path}` | {said} |")
    lines += [
        "",
        "## Problems",
        "",
        "Errors are `application/problem+json` (RFC 9457); `type` is `/problems/<slug>`.",
        "",
        "| Slug | Status | Meaning | What to do |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| `{slug}` | {kind.status} | {kind.title} | {kind.advice} |"
        for slug, kind in sorted(TYPES.items())
    ]
    return "\n".join(lines) + "\n"


def openapi_file() -> str:
    """Give the OpenAPI document, for those who make clients from it."""
    from serving.rest.app import document

    return json.dumps(document(), indent=2, ensure_ascii=False) + "\n"


def zones_page() -> str:
    """Give the page of every zone's policy, rule by rule with its source."""
    from privacy.zones.loader import load_policies
    from privacy.zones.reference import as_markdown

    title, rest = as_markdown(load_policies()).split("\n", 1)
    return f"{title}\n\n{_MADE}\n{rest}"


def tables_page() -> str:
    """Give the page of every table and mart."""
    from serving.reference_data import tables_page as page

    return page(_MADE)


def erasure_page() -> str:
    """Give the page of every place an erasure goes to."""
    from serving.reference_data import erasure_page as page

    return page(_MADE)


def recognizers_page() -> str:
    """Give the page of every recognizer."""
    from serving.reference_rules import recognizers_page as page

    return page(_MADE)


def quality_page() -> str:
    """Give the page of every quality gate."""
    from serving.reference_rules import quality_page as page

    return page(_MADE)


def quarantine_page() -> str:
    """Give the page of every reason for quarantine."""
    from serving.reference_rules import quarantine_page as page

    return page(_MADE)


PAGES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "cli.md": cli_page,
        "settings.md": settings_page,
        "rest.md": rest_page,
        "openapi.json": openapi_file,
        "zones.md": zones_page,
        "tables.md": tables_page,
        "recognizers.md": recognizers_page,
        "quality.md": quality_page,
        "quarantine.md": quarantine_page,
        "erasure.md": erasure_page,
    }
)
"""Every generated page, by file name."""


def commands_of(group: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every command below a group with the words that call it, in order."""
    for name, command in sorted(group.commands.items()):
        words = (*above, name)
        if hasattr(command, "commands"):
            yield from commands_of(command, words)
        else:
            yield words, command


def main(arguments: list[str]) -> int:
    """Write the pages, or check them; give the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    stale = []
    for name, page in PAGES.items():
        path = FOLDER / name
        text = page()
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        sys.stderr.write(f"out of date, run `make docs`: {', '.join(stale)}\n")
    return 1 if stale else 0


def _parameters(command: Any, names: tuple[str, ...]) -> list[str]:
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
    usage = " ".join(
        [
            "c360",
            *names,
            *(_argument_name(a) for a in arguments),
            *(["[OPTIONS]"] if options else []),
        ]
    )
    lines = ["```", usage, "```", ""]
    if arguments or options:
        lines += ["| | |", "| --- | --- |"]
        lines += [f"| `{_argument_name(a)}` | {_text(a.help)} |" for a in arguments]
        lines += [f"| {_option_name(o)} | {_text(o.help)}{_default(o)} |" for o in options]
        lines.append("")
    return lines


def _argument_name(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper()).strip("[]<>").upper()


def _option_name(parameter: Any) -> str:
    return ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))


def _default(parameter: Any) -> str:
    if parameter.required:
        return " Required."
    if parameter.default in (None, False, ()) or callable(parameter.default):
        return ""
    return f" Default: `{parameter.default}`."


def _text(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
