"""Readers of Chinese, Japanese, Korean and Thai load in silence, from what is installed."""

import subprocess
import sys

import pytest

LOAD = """
import socket, sys, tempfile
from pathlib import Path

def refuse(*_):
    raise AssertionError("no network")

socket.socket.connect = refuse
before = set(Path(tempfile.gettempdir()).iterdir())
import importlib
reader = importlib.import_module(sys.argv[1]).reader()
reader.read(["", "王伟 山田太郎です 김민수입니다 นายสมชาย ใจดี"])
assert set(Path(tempfile.gettempdir()).iterdir()) <= before, "wrote a file"
"""


@pytest.mark.parametrize("module", ["chinese", "japanese", "korean", "thai"])
def test_loading_warns_of_nothing_and_reaches_no_network(module: str, tmp_path: object) -> None:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", LOAD, f"privacy.detection.readers.{module}"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": ".", "TMPDIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
