"""For every room: real input, where there is some, PostgreSQL, hypothesis kept quick, long files first."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.postgresql_server",)

settings.register_profile(
    "c360", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("c360")


LONGEST_FIRST = (
    "tests/pipelines/test_crash_recovery.py",
    "tests/notebooks/",
    "tests/test_canaries.py",
    "tests/dbt/",
    "tests/privacy/detection/test_executor.py",
    "tests/privacy/erasure/test_erasure.py",
    "tests/pipelines/test_run.py",
    "tests/pipelines/test_",
)
"""Files that take half a minute and more. Two workers that share the tests file by file end
together only if what is left at the end is short."""


def pytest_configure(config: pytest.Config) -> None:
    # pytest-xdist would begin with the files of many tests, which are those of quick ones.
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _place(item.nodeid))


def pytest_collection_finish() -> None:
    # What collecting the tests has made stays to the end: a seventh of the time went into looking
    # through it again and again.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


def _place(nodeid: str) -> int:
    places = (at for at, start in enumerate(LONGEST_FIRST) if nodeid.startswith(start))
    return next(places, len(LONGEST_FIRST))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--data",
        default=os.environ.get("C360_DATA"),
        help="Folder of real input made by others; tests marked `real` are skipped without it.",
    )


@pytest.fixture(scope="session")
def real_data(request: pytest.FixtureRequest) -> Path:
    """The folder given by --data or C360_DATA."""
    given = request.config.getoption("--data")
    if not given or not Path(given).is_dir():
        pytest.skip("no real input: give its folder with --data or C360_DATA")
    return Path(given)
