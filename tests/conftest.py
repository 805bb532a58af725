"""Fixtures for every room: real input, where there is some, PostgreSQL, hypothesis kept quick."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ("tests.postgresql_server",)

settings.register_profile(
    "c360", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("c360")


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
