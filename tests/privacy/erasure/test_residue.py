"""The scanner finds what is there, wherever and however it was written, and nothing else."""

import base64
import bz2
import gzip
import io
import json
import lzma
import pickle
import quopri
import random
import sqlite3
import tarfile
import tracemalloc
import urllib.parse
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.erasure.needles import Needles, Value
from privacy.erasure.opening import Limits
from privacy.erasure.residue import Scanner, ScanReport, scan_files
from privacy.erasure.sealed import hits_among
from privacy.errors import ConfigurationError

EMAIL = "jörg.canary@example-shop.de"
PLAIN = Value("email", EMAIL)

ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "plain": lambda v: v.encode(),
    "upper case": lambda v: v.upper().encode(),
    "decomposed": lambda v: v.replace("ö", "o\u0308").encode(),
    "utf-16-le": lambda v: v.encode("utf-16-le"),
    "utf-16-be": lambda v: v.encode("utf-16-be"),
    "latin-1": lambda v: v.encode("latin-1"),
    "hex": lambda v: v.encode().hex().encode(),
    "hex in upper case": lambda v: v.encode().hex().upper().encode(),
    "hex of utf-16": lambda v: v.encode("utf-16-le").hex().encode(),
    "base64": lambda v: base64.b64encode(b"say " + v.encode() + b" again"),
    "base64 one on": lambda v: base64.b64encode(b"say: " + v.encode() + b" again"),
    "base64 two on": lambda v: base64.b64encode(b"say:: " + v.encode() + b" again"),
    "base64 of utf-16": lambda v: base64.b64encode(("x" + v + "y").encode("utf-16-le")),
    "base64 for urls": lambda v: base64.urlsafe_b64encode(b"??>" + v.encode()),
    "base64 folded": lambda v: base64.encodebytes(b"x" * 45 + v.encode() + b"y" * 70),
    "base64 folded in json": lambda v: json.dumps(
        {"body": base64.encodebytes(b"x" * 45 + v.encode() + b"y" * 70).decode()}
    ).encode(),
    "json": lambda v: json.dumps({"email": v}).encode(),
    "python repr": lambda v: ascii(v).encode(),
    "url": lambda v: urllib.parse.quote(v, safe="").encode(),
    "url in lower case": lambda v: urllib.parse.quote(v, safe="").lower().encode(),
    "form": lambda v: urllib.parse.urlencode({"q": v}).encode(),
    "quoted-printable": lambda v: quopri.encodestring(v.encode()),
    "quoted-printable folded": lambda v: quopri.encodestring(b"x" * 60 + v.encode() + b"y" * 60),
    "pickle": lambda v: pickle.dumps({"email": v}),
}


def _zstd(content: bytes) -> bytes:
    held = pa.BufferOutputStream()
    with pa.CompressedOutputStream(held, "zstd") as stream:
        stream.write(content)
    return bytes(held.getvalue().to_pybytes())


def _tar(content: bytes) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for number in range(2):
            member = tarfile.TarInfo(f"member{number}")
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return held.getvalue()


def _zip(content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("member", content)
    return held.getvalue()


def _table(content: bytes) -> pa.Table:
    return pa.table(
        {
            "id": pa.array([1, 2], pa.int64()),
            "binary": pa.array([None, content], pa.binary()),
            "nested": pa.array([[{"x": content}], []], pa.list_(pa.struct({"x": pa.binary()}))),
        }
    )


def _parquet(content: bytes) -> bytes:
    held = io.BytesIO()
    pyarrow.parquet.write_table(_table(content), held, compression="zstd")
    return held.getvalue()


def _arrow(content: bytes) -> bytes:
    held = io.BytesIO()
    table = _table(content)
    options = pyarrow.ipc.IpcWriteOptions(compression="lz4")
    with pyarrow.ipc.new_file(held, table.schema, options=options) as writer:
        writer.write_table(table)
    return held.getvalue()


def _arrow_stream(content: bytes) -> bytes:
    held = io.BytesIO()
    table = _table(content)
    options = pyarrow.ipc.IpcWriteOptions(compression="zstd")
    with pyarrow.ipc.new_stream(held, table.schema, options=options) as writer:
        writer.write_table(table)
    return held.getvalue()


def _sqlite(content: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table t (id integer, body blob)")
        # Larger than a page, so that it lies in overflow pages.
        connection.execute(
            "insert into t values (1, ?)", (b"\x80" * 4070 + content + b"\x80" * 9000,)
        )
        connection.commit()
        return connection.serialize()


def _sqlite_snapshot(content: bytes) -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("create table snapshots (body blob)")
        connection.execute("insert into snapshots values (?)", (zlib.compress(content),))
        connection.commit()
        return connection.serialize()


CONTAINERS: dict[str, Callable[[bytes], bytes]] = {
    "file": lambda c: b"before " + c + b" after",
    "gzip": gzip.compress,
    "two gzip members": lambda c: gzip.compress(b"first") + gzip.compress(c),
    "zstd": lambda c: _zstd(b"x" * 1000 + c),
    "two zstd frames": lambda c: _zstd(b"x" * 1000) + _zstd(c),
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zlib": zlib.compress,
    "zip": _zip,
    "tar": _tar,
    "tar.gz": lambda c: gzip.compress(_tar(c)),
    "tar.zst": lambda c: _zstd(_tar(c)),
    "zip of gzip": lambda c: _zip(gzip.compress(c)),
    "parquet": _parquet,
    "parquet in tar.zst": lambda c: _zstd(_tar(_parquet(c))),
    "arrow": _arrow,
    "arrow stream": _arrow_stream,
    "sqlite": _sqlite,
    "sqlite in zip": lambda c: _zip(_sqlite(c)),
    "zlib in sqlite": _sqlite_snapshot,
    "gzip in parquet": lambda c: _parquet(gzip.compress(c)),
}


def _scan(folder: Path, *values: Value, limits: Limits | None = None) -> ScanReport:
    return scan_files([folder], values or (PLAIN,), limits=limits)


@pytest.mark.parametrize("container", CONTAINERS)
def test_every_planted_encoding_is_found_in_every_kind_of_file(
    tmp_path: Path, container: str
) -> None:
    for number, encode in enumerate(ENCODINGS.values()):
        (tmp_path / f"{number}.bin").write_bytes(CONTAINERS[container](encode(EMAIL)))

    report = _scan(tmp_path)

    found = {residue.place for residue in report.residues}
    missed = [name for number, name in enumerate(ENCODINGS) if f"{number}.bin" not in found]
    assert missed == []
    assert report.not_searched == ()
    assert {residue.kind for residue in report.residues} == {"email"}


@pytest.mark.parametrize("container", CONTAINERS)
def test_nothing_planted_means_nothing_found(tmp_path: Path, container: str) -> None:
    for number, encode in enumerate(ENCODINGS.values()):
        (tmp_path / f"{number}.bin").write_bytes(
            CONTAINERS[container](encode("jane@other.example"))
        )

    report = _scan(tmp_path)

    assert report.is_clean
    assert report.count_files == len(ENCODINGS)


def test_a_duckdb_file_is_searched_cell_by_cell(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / "export.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.t as select i as id, "
            "case i when 77 then upper(?) else 'somebody else' end as note "
            "from range(200000) as r(i)",
            [EMAIL],
        )

    report = _scan(tmp_path)

    assert ("export.duckdb", "duckdb:marts.t.note") in {
        (residue.place, residue.inside) for residue in report.residues
    }


def test_a_number_kept_as_a_number_is_found(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pa.table({"phone": [4930123456789, 1]}), tmp_path / "n.parquet")

    report = _scan(tmp_path, Value("phone", "4930123456789"))

    assert [residue.inside for residue in report.residues] == ["parquet:phone"]


def test_the_end_of_one_cell_and_the_start_of_the_next_are_not_one_value(tmp_path: Path) -> None:
    table = pa.table({"a": ["x jörg.canary@ex", "ample-shop.de"]})
    pyarrow.parquet.write_table(table, tmp_path / "n.parquet", compression="zstd")

    assert _scan(tmp_path).is_clean


def test_a_value_across_two_chunks_is_found_once(tmp_path: Path) -> None:
    for shift in (3, 10, 26):
        content = b"x" * ((4 << 20) - shift) + EMAIL.encode() + b"x" * 100
        (tmp_path / str(shift)).write_bytes(content)

    report = _scan(tmp_path)

    assert [(r.place, r.count, r.encoding) for r in report.residues] == [
        (str(shift), 1, "plain") for shift in (10, 26, 3)
    ]
    assert {r.offset_bytes for r in report.residues} == {
        (4 << 20) - shift + len(EMAIL.encode()) for shift in (3, 10, 26)
    }


def test_no_report_and_no_representation_gives_the_value_back(tmp_path: Path) -> None:
    (tmp_path / f"letter from {EMAIL}.txt").write_text(EMAIL)

    report = _scan(tmp_path)

    assert {residue.inside for residue in report.residues} == {"", "file name"}
    assert EMAIL not in repr(report)
    assert EMAIL not in repr(PLAIN)
    assert EMAIL not in repr(Needles([PLAIN]))


def test_a_link_whose_target_names_the_person_is_found(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / f"{EMAIL}.txt")

    assert [residue.inside for residue in _scan(tmp_path).residues] == ["link"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("half.gz", gzip.compress(bytes(range(256)) * 400)[:-200]),
        ("half.zst", _zstd(bytes(range(256)) * 4000)[:-9]),
        ("half.zip", _zip(b"x" * 999)[:-30]),
        ("half.parquet", _parquet(b"x" * 999)[:-30]),
        ("half.sqlite", _sqlite(b"x" * 999)[:5000]),
    ],
    ids=["half.gz", "half.zst", "half.zip", "half.parquet", "half.sqlite"],
)
def test_a_damaged_file_is_reported_as_not_searched(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)

    report = _scan(tmp_path)

    assert [part.place for part in report.not_searched] == [name]
    assert not report.is_clean


def test_a_locked_archive_member_is_reported_as_not_searched(tmp_path: Path) -> None:
    content = bytearray(_zip(b"x" * 99))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(signature) + offset] |= 1
    (tmp_path / "locked.zip").write_bytes(content)

    assert [part.reason for part in _scan(tmp_path).not_searched] == ["encrypted archive member"]


def test_a_bomb_is_cut_off_and_reported(tmp_path: Path) -> None:
    (tmp_path / "bomb.gz").write_bytes(gzip.compress(b"\0" * (48 << 20)))

    tracemalloc.start()
    report = _scan(tmp_path, limits=Limits(expansion_bytes=16 << 20))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert [part.reason for part in report.not_searched] == ["larger than the limit"]
    assert peak < 64 << 20


def test_what_is_packed_too_deep_is_reported(tmp_path: Path) -> None:
    content = b"inside"
    for _ in range(9):
        content = gzip.compress(content)
    (tmp_path / "deep").write_bytes(content)

    assert [part.reason for part in _scan(tmp_path).not_searched] == ["packed too deep"]


def test_a_file_that_cannot_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").write_text("x")

    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)

    assert [part.reason for part in _scan(tmp_path).not_searched] == ["not read (PermissionError)"]


def test_values_too_short_to_tell_from_chance_are_named_by_kind() -> None:
    needles = Needles([Value("name", "Max"), PLAIN])

    report = Scanner(needles).report()

    assert report.kinds_too_short == ("name",)


def test_a_scan_without_values_is_refused() -> None:
    with pytest.raises(ConfigurationError):
        Needles([Value("name", "  ")])


@given(
    value=st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=8, max_size=40),
    before=st.binary(max_size=50),
    after=st.binary(max_size=50),
)
def test_any_value_is_found_in_any_surroundings(value: str, before: bytes, after: bytes) -> None:
    needles = Needles([Value("any", value)])

    assert needles.find(before + value.encode() + after)
    assert needles.find(before + value.encode("utf-16-le") + after)
    assert needles.find(base64.b64encode(before + value.encode() + after))
    assert needles.find(base64.encodebytes(b"0" * 60 + before + value.encode() + after + b"0" * 60))
    assert needles.find((before + value.encode() + after).hex().encode())
    assert needles.find(json.dumps(value).encode())


def _in_base64(before: str, after: str) -> list[bytes]:
    return [
        base64.b64encode((lead + before + "ann@x.example" + after).encode())
        for lead in ("", " ", "  ")
    ]


@pytest.mark.parametrize(
    "piece",
    [
        b"joann@x.example",
        b"ann@x.example.com",
        b"ann@x.examples",
        b"jo.ann@x.example, mail",
        "joann@x.example".encode("utf-16-le"),
        b'{"q": "jo%2eann@x.example-shop"}',
        *_in_base64("jo", ""),
        *_in_base64("jo", " and more"),
        *_in_base64("", "s and more"),
        *_in_base64("", ".com"),
    ],
)
def test_a_part_of_a_longer_word_is_not_the_value_where_text_was_opened(piece: bytes) -> None:
    needles = Needles([Value("email", "ann@x.example")])

    assert needles.find(piece)
    assert not needles.find(piece, whole=True)


@pytest.mark.parametrize(
    "piece",
    [
        b"ann@x.example",
        b"write to ann@x.example.",
        b'{"text": "mail\\nann@x.example\\nbye"}',
        b"q=%20ann@x.example%20",
        b"=0Aann@x.example=0A",
        "邮箱ann@x.example谢谢".encode(),
        " ann@x.example ".encode("utf-16-be"),
        b"ANN@X.EXAMPLE".hex().encode(),
        *_in_base64("", ""),
        *_in_base64("to: ", ", cc"),
        *_in_base64("<", ">"),
        b"x" * 50 + b'"' + base64.b64encode(b"ann@x.example") + b'"',
        base64.b64encode(b"ann@x.example")[:-1],
        base64.encodebytes(b"y" * 50 + b" ann@x.example " + b"z" * 50),
    ],
)
def test_a_word_of_its_own_is_the_value_however_it_is_written(piece: bytes) -> None:
    assert Needles([Value("email", "ann@x.example")]).find(piece, whole=True)


@given(before=st.binary(max_size=12), after=st.binary(max_size=12))
def test_no_surroundings_break_the_search_for_words(before: bytes, after: bytes) -> None:
    needles = Needles([Value("email", "ann@x.example")])
    for value in (
        b"ann@x.example",
        base64.b64encode(b" ann@x.example"),
        b"ann@x.example".hex().encode(),
    ):
        needles.find(before + value + after, whole=True)


LONG = random.Random(7).randbytes(9000) + EMAIL.encode()


@pytest.mark.parametrize(
    "damaged",
    [
        gzip.compress(EMAIL.encode() + b"." * 40)[:-9],
        gzip.compress(LONG + b"." * 5000)[:-30],
        bz2.compress(LONG) + bz2.compress(LONG[:3000])[:-9],
        lzma.compress(LONG + b"." * 90000)[:-40],
        _zstd(LONG) + _zstd(b"x" * 9000)[:-6],
    ],
    ids=["short gzip", "gzip", "bzip2", "xz", "zstd"],
)
def test_a_damaged_stream_is_searched_as_far_as_it_can_be_read(
    tmp_path: Path, damaged: bytes
) -> None:
    (tmp_path / "broken").write_bytes(damaged)

    report = _scan(tmp_path)

    assert [residue.place for residue in report.residues] == ["broken"]
    assert [part.place for part in report.not_searched] == ["broken"]


@pytest.mark.parametrize("container", ["gzip", "zip", "zstd", "tar.gz", "parquet in tar.zst"])
@pytest.mark.parametrize(
    "write",
    [
        lambda c: b'{"place": "inbox/x", "count": 7}\n' + c,
        lambda c: b"To: a\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(c),
        lambda c: json.dumps({"name": "x.zip", "body": base64.b64encode(c).decode()}).encode(),
        lambda c: json.dumps({"body": base64.encodebytes(c).decode()}).encode(),
    ],
    ids=["below a header", "attached", "in json", "folded in json"],
)
def test_what_is_packed_in_a_delivery_is_opened(
    container: str, write: Callable[[bytes], bytes]
) -> None:
    scanner, needles = Scanner(Needles([PLAIN])), Needles([PLAIN])
    delivery = write(CONTAINERS[container](f"to {EMAIL}!".encode()))

    scanner.scan_pieces("quarantine", [b"H4sI", delivery, b"UEsDBBQAAAAIAA"])

    assert {residue.kind for residue in scanner.report().residues} == {"email"}
    assert hits_among(needles, [b"H4sI", None, delivery, EMAIL.encode()]) == [2, 3]


@pytest.mark.parametrize(
    "written",
    ["4915155500123", "004915155500123", "+49 1515 5500123", "01515 5500123", "015155500123"],
)
def test_a_number_is_found_as_vendors_and_people_write_it(written: str) -> None:
    needles = Needles([Value("phone", "+4915155500123")])

    assert needles.find(f"wa: {written}, x".encode(), whole=True)
    assert needles.find(base64.b64encode(f" {written} ".encode()))


def test_the_digits_of_a_number_within_a_longer_number_are_another_one() -> None:
    needles = Needles([Value("phone", "+17723592001")])

    assert needles.find(b'{"wa_id": "17723592001"}')
    assert not needles.find(b'{"at": 1772359200123}')
    assert not needles.find(b'{"at": 91772359200.5}')
    assert Needles([Value("phone", "17723592001")]).find(b"177235920012026-05-06")


def test_a_part_of_the_values_is_looked_for_with_what_was_built_for_all() -> None:
    phone = Value("phone", "+4915155500123")
    needles = Needles([PLAIN, phone, Value("name", "Max")])
    part = needles.only([phone])

    assert [part.values[hit.value] for hit in part.find(f"{EMAIL} {phone.text}".encode())] == [
        phone
    ]
    assert len(needles.find(f"{EMAIL} {phone.text}".encode())) == 2
    assert Scanner(part).report().kinds_too_short == ()
    with pytest.raises(ConfigurationError):
        needles.only([Value("phone", "+491")])


@pytest.mark.parametrize("text", ["+nobody at all", "+49 1234567"])
def test_what_is_hardly_a_number_is_looked_for_as_it_is_written(text: str) -> None:
    needles = Needles([Value("phone", text)])

    assert needles.find(f"call {text}, please".encode())
    assert not needles.find(b"call 01234567, please")
