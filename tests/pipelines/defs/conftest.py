"""The definitions of the five zones, built once, with nothing there to open."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import dagster as dg
import pytest

from pipelines.definitions import build_defs
from privacy.ids import ZoneId
from privacy.zones.loader import load_policies

ZONES = tuple(sorted(load_policies()))


@pytest.fixture(scope="session")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, dg.Definitions]]:
    """Build all five in an empty folder and without any variable of ours."""
    folder = tmp_path_factory.mktemp("nothing")
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(("C360_", "DBT_", "DAGSTER_")):
                patch.delenv(name)
        patch.chdir(folder)
        yield {zone: build_defs(ZoneId(zone)) for zone in ZONES}
    assert not list(Path(folder).iterdir()), "loading definitions wrote something"


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def defs(definitions: Mapping[str, dg.Definitions], zone: str) -> dg.Definitions:
    return definitions[zone]


@pytest.fixture(scope="session")
def repository(definitions: Mapping[str, dg.Definitions]) -> dg.RepositoryDefinition:
    """Give what the United States' code location holds."""
    return definitions["us"].get_repository_def()
