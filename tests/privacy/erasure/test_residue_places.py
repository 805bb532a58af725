"""Whatever is planted is found: in every encoding, packed in every way, in every place we own.

One zone, one search: each planted piece holds a value of its own, so that the report tells which
of them were found where.
"""

import base64
import bz2
import gzip
import io
import json
import quopri
import sqlite3
import tarfile
import urllib.parse
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pytest
from sqlalchemy import insert

from pipelines.landing.chunks import Candidate
from pipelines.landing.held import packed
from pipelines.landing.segments import COLUMN, TABLE, SealedItem, write_segment
from privacy.erasure import verify as verification
from privacy.erasure.execute import execute
from privacy.erasure.needles import Value
from privacy.erasure.plan import plan
from privacy.erasure.verify import Verification, verify
from privacy.ids import ZoneId
from privacy.keys.handoff_file import Header, write_file
from privacy.records import tables
from privacy.store import tables as store

ENCODINGS: Mapping[str, Callable[[str], bytes]] = {
    "plain": lambda v: v.encode(),
    "upper": lambda v: v.upper().encode(),
    "lower": lambda v: v.lower().encode(),
    "decomposed": lambda v: v.replace("ö", "o\u0308").encode(),
    "utf-16-le": lambda v: f" {v} ".encode("utf-16-le"),
    "utf-16-be": lambda v: f" {v} ".encode("utf-16-be"),
    "latin-1": lambda v: v.encode("latin-1"),
    "hex": lambda v: v.encode().hex().encode(),
    "base64 at 0": lambda v: base64.b64encode(f"xx {v} ".encode()),
    "base64 at 1": lambda v: base64.b64encode(f"xxx {v} ".encode()),
    "base64 at 2": lambda v: base64.b64encode(f"xxxx {v} ".encode()),
    "base64 of utf-16": lambda v: base64.b64encode(f" {v} ".encode("utf-16-le")),
    "base64 for urls": lambda v: base64.urlsafe_b64encode(f"?? {v} ??".encode()),
    "base64 folded": lambda v: base64.encodebytes(f"{'x' * 45} {v} {'y' * 70}".encode()),
    "json": lambda v: json.dumps({"email": v}).encode(),
    "url": lambda v: urllib.parse.quote(v, safe="").encode(),
    "form": lambda v: urllib.parse.urlencode({"q": v, "r": 1}).encode(),
    "quoted-printable": lambda v: quopri.encodestring(f"{'x' * 60} {v} {'y' * 60}".encode()),
}


def _archive(content: bytes) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        member = tarfile.TarInfo("member")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return held.getvalue()


def _zip(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("member", content)
    return held.getvalue()


def _compressed(codec: str) -> Callable[[bytes], bytes]:
    def compress(content: bytes) -> bytes:
        held = pa.BufferOutputStream()
        with pa.CompressedOutputStream(held, codec) as stream:
            stream.write(content)
        return bytes(held.getvalue().to_pybytes())

    return compress


def _parquet(codec: str) -> Callable[[bytes], bytes]:
    def write(content: bytes) -> bytes:
        held = io.BytesIO()
        pyarrow.parquet.write_table(pa.table({"x": [content]}), held, compression=codec)
        return held.getvalue()

    return write


def _arrow(content: bytes) -> bytes:
    held = io.BytesIO()
    table = pa.table({"x": [content]})
    options = pyarrow.ipc.IpcWriteOptions(compression="zstd")
    with pyarrow.ipc.new_file(held, table.schema, options=options) as writer:
        writer.write_table(table)
    return held.getvalue()


def _sqlite(content: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table t (x blob)")
        connection.execute("insert into t values (?)", (zlib.compress(content),))
        connection.commit()
        return connection.serialize()


CONTAINERS: Mapping[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "gzip": gzip.compress,
    "zstd": _compressed("zstd"),
    "lz4": _compressed("lz4"),
    "bzip2": bz2.compress,
    "zlib": lambda content: zlib.compress(content, 1),
    "zip": _zip,
    "tar": _archive,
    "tar.gz": lambda content: gzip.compress(_archive(content)),
    "arrow": _arrow,
    "sqlite": _sqlite,
    **{f"parquet {c}": _parquet(c) for c in ("none", "snappy", "gzip", "brotli", "lz4", "zstd")},
}

KINDS = {
    f"{encoding}, {container}": (encoding, container)
    for container in CONTAINERS
    for encoding in ENCODINGS
}
VALUES = {
    kind: Value(kind, f"Jörg.canary.{number}@example-shop.de") for number, kind in enumerate(KINDS)
}


def _contents() -> dict[str, bytes]:
    """Give what is planted, by container: a line for each encoding."""
    lines: dict[str, list[bytes]] = defaultdict(list)
    for kind, (encoding, container) in KINDS.items():
        lines[container].append(ENCODINGS[encoding](VALUES[kind].text))
    return {name: CONTAINERS[name](b" \n ".join(lines[name])) for name in CONTAINERS}


PLANTED = tuple(_contents().values())


# --- how each place is planted -------------------------------------------------------------------


def _in_files(folder: str) -> Callable[[Any], None]:
    def plant(world: Any) -> None:
        path = world.zone.layout.home / folder
        path.mkdir(parents=True, exist_ok=True)
        for number, content in enumerate(PLANTED):
            (path / f"planted{number}.log").write_bytes(content)

    return plant


def _in_warehouse(world: Any) -> None:
    with world.warehouse() as warehouse:
        connection = warehouse.connection
        connection.execute("create table marts.planted (body blob)")
        connection.executemany("insert into marts.planted values (?)", [[c] for c in PLANTED])


def _in_originals(world: Any) -> None:
    owners = list(world.bobs) * len(PLANTED)
    sealed = world.zone.keyring.seal_many(
        owners, table="originals", column="sealed", values=PLANTED
    )
    rows = [
        {"interaction_id": f"i_{n}", "subject_id": owner, "segment_id": "g_1", "sealed": blob}
        for n, (owner, blob) in enumerate(zip(owners, sealed, strict=True))
    ]
    with world.warehouse() as warehouse:
        warehouse.append("originals", pa.Table.from_pylist(rows, tables.ORIGINALS.arrow))


def _in_landing(world: Any) -> None:
    zone = world.zone
    owners = list(world.bobs) * len(PLANTED)
    sealed = zone.keyring.seal_many(owners, table=TABLE, column=COLUMN, values=PLANTED)
    items = [
        SealedItem(f"l_{n}", "email", owner, "country", "DE", zone.clock(), blob)
        for n, (owner, blob) in enumerate(zip(owners, sealed, strict=True))
    ]
    write_segment(zone.layout, "g_planted", date(2026, 5, 6), items)


def _in_handoff(name: str) -> Callable[[Any], None]:
    """Leave a file as another zone does, sealed to this one: a frame for each piece."""

    def plant(world: Any) -> None:
        keys = world.zone.keyring.public_keys
        header = Header(f"h_{'a' * 32}", ZoneId("uk"), keys.zone, len(PLANTED))
        with (world.zone.layout.handoff / name).open("wb") as file:
            write_file(file, header, PLANTED, public=keys.handoff_key, sign=world.zone.keyring.sign)

    return plant


def _in_store_cells(world: Any) -> None:
    with closing(sqlite3.connect(world.zone.layout.store)) as connection, connection:
        connection.execute("create table planted (body blob)")
        connection.executemany("insert into planted values (?)", [[c] for c in PLANTED])


def _in_timelines(world: Any) -> None:
    sealed = world.zone.keyring.seal_many(
        [world.bob] * len(PLANTED),
        table="timeline_pages",
        column="sealed",
        values=[zlib.compress(content, 1) for content in PLANTED],
    )
    rows = [
        {
            "customer_id": world.bob,
            "page": 1 + number,
            "digest": "0" * 64,
            "sealed": blob,
            "count_entries": 1,
            "published_at": world.zone.clock(),
        }
        for number, blob in enumerate(sealed)
    ]
    with world.zone.store.begin() as connection:
        connection.execute(insert(store.TIMELINE_PAGES), rows)


def _in_audit(world: Any) -> None:
    sealed = world.zone.keyring.seal_many(
        [world.bob] * len(PLANTED), table="audit_entries", column="sealed", values=PLANTED
    )
    rows = [
        {
            "entry_id": f"planted{number}",
            "action": "read_context",
            "caller_id": "agent",
            "outcome": "allowed",
            "customer_id": world.bob,
            "commitment": b"",
            "sealed": blob,
            "happened_at": world.zone.clock(),
        }
        for number, blob in enumerate(sealed)
    ]
    with world.zone.store.begin() as connection:
        connection.execute(insert(store.AUDIT_ENTRIES), rows)


def _in_quarantine(world: Any) -> None:
    held = [packed(Candidate("email", f"inbox/{n}", content)) for n, content in enumerate(PLANTED)]
    sealed = world.zone.keyring.seal_many(
        [None] * len(held), table="quarantine", column="sealed", values=held
    )
    rows = [
        {
            "quarantine_id": f"q_planted{number}",
            "source": "email",
            "place": "",
            "reason": "broken_archive",
            "detail": "x",
            "stage": "landed",
            "sealed": blob,
            "status": "held",
            "created_at": world.zone.clock(),
        }
        for number, blob in enumerate(sealed)
    ]
    with world.zone.store.begin() as connection:
        connection.execute(insert(store.QUARANTINE), rows)


def _in_dagster(world: Any) -> Any:
    """Write events as Dagster does; nothing of them has reached the database file itself."""
    folder = world.zone.layout.dagster / "history" / "runs"
    folder.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(folder / "events.db")
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma wal_autocheckpoint = 0")
    with connection:
        connection.execute("create table event_logs (id integer primary key, event blob)")
        connection.executemany("insert into event_logs (event) values (?)", [[c] for c in PLANTED])
    return connection


def _in_duckdb(world: Any) -> None:
    path = world.zone.layout.home / "exports" / "tables.duckdb"
    path.parent.mkdir(exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create table t (body blob)")
        connection.executemany("insert into t values (?)", [[c] for c in PLANTED])


PLACES: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "warehouse table": (_in_warehouse, "marts.planted"),
    "texts": (_in_originals, "core.originals"),
    "landed segment": (_in_landing, "landing/2026-05-06/g_planted"),
    "hand-off": (_in_handoff("h_planted.handoff"), "handoff/h_planted.handoff"),
    "hand-off laid aside": (_in_handoff(".uk.h_.handoff"), "handoff/.uk.h_.handoff"),
    "customer who moves": (_in_handoff("m_planted.move"), "handoff/m_planted.move"),
    "store cell": (_in_store_cells, "zones/eu/store.sqlite"),
    "timelines": (_in_timelines, "timeline_pages"),
    "audit payloads": (_in_audit, "audit_entries"),
    "quarantine": (_in_quarantine, "quarantine"),
    "dagster's events": (_in_dagster, "dagster/history/runs/events.db"),
    "dagster's logs": (_in_files("dagster/storage/run"), "dagster/storage/run/"),
    "dbt target": (_in_files("zones/eu/dbt/target"), "zones/eu/dbt/target/"),
    "dbt logs": (_in_files("zones/eu/dbt/logs"), "zones/eu/dbt/logs/"),
    "spill files": (_in_files("zones/eu/temporary"), "zones/eu/temporary/"),
    "keys": (_in_files("zones/eu/keys"), "zones/eu/keys/"),
    "zone's folder": (_in_files("zones/eu"), "zones/eu/planted"),
    "hand-off folder": (_in_files("handoff/eu"), "handoff/eu/planted"),
    "exports": (_in_files("exports/files"), "files/"),
    "exported database": (_in_duckdb, "tables.duckdb"),
}


@pytest.fixture(scope="module")
def found(
    make_world: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Verification]:
    """Search for everything that was planted, everywhere, at once."""
    world = make_world(tmp_path_factory.mktemp("planted"))
    planned = plan(world.zone, world.anna, "x")
    execute(world.zone, planned.erasure_id, values=[Value("email", world.email)])
    planted = [plant(world) for plant, _ in PLACES.values()]
    with pytest.MonkeyPatch.context() as patched:
        # Kinds of our own, so that each value can be told from the others.
        patched.setattr(verification, "identifying", tuple)
        yield verify(
            world.zone,
            planned.erasure_id,
            values=VALUES.values(),
            also=[world.zone.layout.home / "exports"],
        )
    for connection in filter(None, planted):
        connection.close()
    world.zone.close()


@pytest.mark.parametrize("place", PLACES)
def test_every_encoding_packed_in_every_way_is_found(found: Verification, place: str) -> None:
    _, prefix = PLACES[place]
    kinds = {residue.kind for residue in found.scan.residues if residue.place.startswith(prefix)}
    assert sorted(KINDS.keys() - kinds) == []


def test_the_report_names_places_kinds_and_encodings_and_no_value(found: Verification) -> None:
    assert not found.is_complete
    assert found.scan.not_searched == ()
    assert {residue.encoding for residue in found.scan.residues} >= {
        "plain",
        "utf-16-le",
        "utf-16-be",
        "latin-1",
        "hex",
        "base64",
        "json",
        "url",
        "quoted-printable",
    }
    assert "canary" not in json.dumps(found.to_json()).lower()
