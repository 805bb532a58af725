"""One recorded message per vendor, written by ourselves, and how to read it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.connectors.connector import Connector, Malformed, SourceFile
from pipelines.connectors.registry import CONNECTORS
from privacy.records.canonical import Item, Parsed

Read = Callable[..., list[Item | Malformed]]


@pytest.fixture(scope="session")
def samples() -> dict[str, Path]:
    """The recorded message of each connector, by its name."""
    return {path.stem: path for path in (Path(__file__).parent / "samples").iterdir()}


@pytest.fixture(scope="session")
def items_of() -> Read:
    """Read bytes as a file of a connector."""

    def read(connector: Connector, content: bytes, name: str = "file") -> list[Item | Malformed]:
        return list(connector.items(SourceFile(name, lambda: io.BytesIO(content), len(content))))

    return read


@pytest.fixture(scope="session")
def parsed(samples: dict[str, Path], items_of: Read) -> Callable[[str], list[Parsed]]:
    """Read and parse the recorded message of a connector."""

    def read(name: str) -> list[Parsed]:
        connector = CONNECTORS[name]
        items = items_of(connector, samples[name].read_bytes(), samples[name].name)
        return [connector.parse(item.payload) for item in items]

    return read
