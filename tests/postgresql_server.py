"""A real PostgreSQL server for the tests of every room that keeps something in the store."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_WAIT_SECONDS = 30


def _programs() -> Path:
    # Not imported: as root, that package would add a system account and open up folders. Its
    # server is started here instead, by an account that there is anyway.
    spec = find_spec("pgserver")
    if spec is None or spec.origin is None:
        pytest.skip("no PostgreSQL: the package pgserver is not installed")
    return Path(spec.origin).parent / "pginstall" / "bin"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """URL of an empty server, without a database's name."""
    programs = _programs()
    account: dict[str, Any] = {}
    folder = Path(tempfile.mkdtemp(prefix="c360-pg-"))
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    try:
        subprocess.run(
            [
                programs / "initdb",
                "-D",
                folder / "d",
                "-U",
                "c360",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "-N",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            **account,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(folder)
        pytest.skip(f"PostgreSQL cannot be run here: {type(error).__name__}")
    server = subprocess.Popen(
        [
            *(programs / "postgres", "-D", folder / "d", "-k", folder),
            *("-c", "listen_addresses=", "-c", "fsync=off"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        **account,
    )
    try:
        _wait(programs, folder)
        yield f"postgresql://c360@/{{}}?host={folder}"
    finally:
        server.send_signal(signal.SIGINT)  # fast shutdown: does not wait for clients
        server.wait(_WAIT_SECONDS)
        shutil.rmtree(folder)


def _wait(programs: Path, folder: Path) -> None:
    ends = time.monotonic() + _WAIT_SECONDS
    while subprocess.run(
        [programs / "pg_isready", "-q", "-h", folder, "-U", "c360", "-d", "postgres"], check=False
    ).returncode:
        if time.monotonic() > ends:
            pytest.fail("PostgreSQL did not start")
        time.sleep(0.1)


@pytest.fixture(scope="session")
def _new_database(postgresql: str) -> Callable[[], str]:
    import psycopg

    numbers = count()

    def make() -> str:
        name = f"c360_{next(numbers)}"
        with psycopg.connect(postgresql.format("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name}".encode())
        return postgresql.format(name)

    return make


@pytest.fixture
def postgresql_url(_new_database: Callable[[], str]) -> str:
    """URL of an empty PostgreSQL database."""
    return _new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty store, of either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.sqlite'}"
    url: str = request.getfixturevalue("postgresql_url")
    return url
