"""A small world, and what the connectors read in its inboxes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.connectors.connector import Malformed, SourceFile
from pipelines.connectors.registry import CONNECTORS
from pipelines.synthetic.world import WorldReport, generate
from privacy.errors import WireFormatError
from privacy.records.canonical import Parsed

UNTIL = date(2026, 11, 21)


@dataclass
class Read:
    """What the connectors made of a world."""

    parsed: list[tuple[str, str, str, Parsed]] = field(default_factory=list)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    doubles: Counter[tuple[str, str]] = field(default_factory=Counter)
    unread: list[str] = field(default_factory=list)


def read(report: WorldReport) -> Read:
    result = Read()
    for zone in sorted(path.name for path in report.inbox.iterdir()):
        seen: set[tuple[str, str | None, bytes]] = set()
        for path in sorted((report.inbox / zone).rglob("*.*")):
            head = path.read_bytes()[:4096]
            name = path.relative_to(report.inbox / zone).as_posix()
            source = next((c for c in CONNECTORS.values() if c.recognises(name, head)), None)
            if source is None or source.name != path.parent.name:
                result.unread.append(f"{zone}/{name}")
                continue
            for item in source.items(SourceFile(name, lambda p=path: p.open("rb"))):
                if isinstance(item, Malformed):
                    result.refused[zone, source.name] += 1
                    continue
                key = (source.name, item.vendor_id, item.compared or item.payload)
                if key in seen:
                    result.doubles[zone, source.name] += 1
                    continue
                seen.add(key)
                try:
                    parsed = source.parse(item.payload)
                except WireFormatError:
                    result.refused[zone, source.name] += 1
                    continue
                result.parsed.append((zone, source.name, item.vendor_id or "", parsed))
    return result


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> WorldReport:
    """Some 4,000 messages in five zones."""
    folder: Path = tmp_path_factory.mktemp("world")
    return generate(folder, seed=7, messages=4000, until=UNTIL)


@pytest.fixture(scope="session")
def truth(world: WorldReport) -> dict[str, list[dict[str, Any]]]:
    """The truth's tables as rows."""
    return {path.stem: pq.read_table(path).to_pylist() for path in world.truth.glob("*.parquet")}


@pytest.fixture(scope="session")
def seen(world: WorldReport) -> Read:
    """What the connectors read."""
    return read(world)
