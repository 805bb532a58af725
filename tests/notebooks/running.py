"""Runs notebooks as programs and reads what they say."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
NAMES = ("a_day_in_one_zone", "an_audit_of_one_customer", "a_look_at_the_kpis")
ZONE = "eu"


def run(
    *arguments: object, home: Path, expect: int | None = 0
) -> "subprocess.CompletedProcess[str]":
    """Run this interpreter on a home, with nothing else set."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("C360_", "MARIMO_"))}
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=environ | {"C360_HOME": str(home), "MARIMO_SKIP_UPDATE_CHECK": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if expect is not None:
        assert done.returncode == expect, done.stderr[-2000:]
    return done


@dataclass(frozen=True)
class Page:
    """A notebook that was run: the figures it gave as a program, and the page as it was rendered."""

    figures: dict[str, Any]
    html: str


def figures_of(printed: str) -> dict[str, Any]:
    """Read the key figures a notebook prints, a JSON value a line."""
    lines = (line.split(": ", 1) for line in printed.splitlines() if ": " in line)
    return {name: json.loads(value) for name, value in lines}


def files_of(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder, Python's own caches left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
