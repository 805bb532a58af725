"""What lies in an inbox is opened safely: archives, exports of several files, and what is neither."""

import bz2
import gzip
import io
import os
import tarfile
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.connectors.registry import CONNECTORS
from pipelines.landing import sources
from pipelines.landing.quarantine import list_held
from pipelines.landing.report import LandingReport
from pipelines.landing.sources import Broken, Found, Left, walk
from privacy.opened import OpenZone

Write = Callable[..., bytes]
Land = Callable[..., LandingReport]

TICKETS = b"id,requester_id,submitter_id,created_at\n1,5,5,2026-03-01 10:00:00\n"
COMMENTS = b"id,ticket_id,user_id,created,body\n9,1,5,2026-03-01 10:00:00,hello\n"


def _names(inbox: Path) -> dict[str, bytes]:
    found = {}
    for entry in walk(inbox, gatherers=[CONNECTORS["zendesk"]]):  # type: ignore[list-item]
        assert isinstance(entry, Found), entry
        if entry.file.members:
            found[entry.file.name] = b",".join(n.encode() for n in sorted(entry.file.members))
        else:
            with entry.file.open() as stream:
                found[entry.file.name] = stream.read()
    return found


def _tar(members: dict[str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_files_and_members_of_archives_are_found_by_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"A")
    (tmp_path / "b.json.gz").write_bytes(gzip.compress(b"B"))
    (tmp_path / "c.tar.gz").write_bytes(gzip.compress(_tar({"x/1": b"C1", "./2": b"C2"})))
    (tmp_path / "d.zip").write_bytes(_zip({"3": b"D3", "in.tar": _tar({"4": b"D4"})}))
    (tmp_path / "e.tgz").write_bytes(gzip.compress(_tar({"5.gz": gzip.compress(b"E5")})))
    (tmp_path / "f.docx").write_bytes(_zip({"word": b"F"}))
    found = _names(tmp_path)
    assert found.pop("f.docx")
    assert found == {
        "a.json": b"A",
        "b.json": b"B",
        "c.tar!x/1": b"C1",
        "c.tar!2": b"C2",
        "d.zip!3": b"D3",
        "d.zip!in.tar!4": b"D4",
        "e.tar!5": b"E5",
    }


def test_a_single_file_is_an_inbox(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"A")
    assert _names(tmp_path / "a.json") == {"a.json": b"A"}


def test_members_too_large_for_memory_are_read_again_from_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_HELD_BYTES", 10)
    content = {"1": b"a" * 50, "2": b"b" * 5, "3": b"c" * 60}
    (tmp_path / "c.tar.gz").write_bytes(gzip.compress(_tar(content)))
    (tmp_path / "d.zip").write_bytes(_zip(content))
    found = _names(tmp_path)
    assert set(found.values()) == set(content.values())
    assert len(found) == 6


@pytest.mark.parametrize("form", ["folder", "tar", "zip", "gz"])
def test_an_export_of_several_tables_is_one_source_wherever_it_lies(
    form: str, tmp_path: Path
) -> None:
    files = {"z/tickets.csv": TICKETS, "z/comments.csv": COMMENTS, "z/other.csv": b"a\n1\n"}
    match form:
        case "tar":
            (tmp_path / "e.tar.gz").write_bytes(gzip.compress(_tar(files)))
            prefix = "e.tar!z"
        case "zip":
            (tmp_path / "e.zip").write_bytes(_zip(files))
            prefix = "e.zip!z"
        case _:
            (tmp_path / "z").mkdir()
            prefix = "z"
            for name, content in files.items():
                is_packed = form == "gz"
                path = tmp_path / (f"{name}.gz" if is_packed else name)
                path.write_bytes(gzip.compress(content) if is_packed else content)
    assert _names(tmp_path) == {
        prefix: b"comments.csv,tickets.csv",
        f"{prefix}/other.csv": b"a\n1\n",
    }


def test_an_export_of_several_tables_lands_and_is_consumed_whole(
    zone: OpenZone, inbox: Path, land: Land
) -> None:
    (inbox / "z").mkdir()
    (inbox / "z" / "tickets.csv").write_bytes(TICKETS)
    (inbox / "z" / "comments.csv").write_bytes(COMMENTS)
    report = land(zone, default_zone="eu", consume=True)
    assert report.count("sealed", "zendesk") == 1
    assert not list((inbox / "z").iterdir())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.json.gz", gzip.compress(b'{"a": 1}' * 5000)[:-20]),
        ("changed.gz", b"\x1f\x8b\x08" + b"\x00" * 40),
        ("cut.tar", _tar({"1": b"x" * 5000})[:2000]),
        ("cut.tar.gz", gzip.compress(_tar({"1": bytes(range(256)) * 900}))[:-300]),
        ("cut.zip", _zip({"1": b"x" * 5000})[:-30]),
        ("deep.gz", gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x"))))),
    ],
    ids=["cut.json.gz", "changed.gz", "cut.tar", "cut.tar.gz", "cut.zip", "deep.gz"],
)
def test_a_damaged_archive_is_held_whole_with_its_reason(
    name: str, content: bytes, zone: OpenZone, inbox: Path, land: Land
) -> None:
    (inbox / name).write_bytes(content)
    report = land(zone)
    assert {reason for _, reason in report.reasons} == {"broken_archive"}
    assert list_held(zone)[0].place.startswith(name.partition(".")[0])
    assert land(zone).count_landed == 0


def test_a_gzip_that_breaks_off_late_gives_none_of_its_items(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    lines = b"".join(message(i, text="%032x" % (i * 7919**5)) for i in range(3000))
    packed = gzip.compress(lines)
    (inbox / "a.jsonl.gz").write_bytes(packed[: len(packed) - 2000])
    report = land(zone)
    assert report.count("sealed") == 0
    assert {reason for _, reason in report.reasons} == {"broken_archive"}
    (inbox / "a.jsonl.gz").write_bytes(packed)
    assert land(zone).count("sealed") == 3000


def test_what_unpacks_to_an_unsafe_size_is_refused(
    zone: OpenZone, inbox: Path, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_ALWAYS_ALLOWED_BYTES", 100_000)
    bomb = gzip.compress(b"\x00" * 5_000_000)
    (inbox / "a.gz").write_bytes(bomb)
    (inbox / "b.zip").write_bytes(_zip({"x": b"\x00" * 5_000_000}))
    (inbox / "c.gz").write_bytes(gzip.compress(_tar({"x": b"\x00" * 5_000_000})))
    report = land(zone)
    assert report.reasons == {("unrecognised", "broken_archive"): 3}
    assert all("unsafe size" in held.detail for held in list_held(zone))


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    content = bytearray(_zip({"x": b"hello"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(bytes(content))
    (broken,) = walk(tmp_path)
    assert isinstance(broken, Broken)
    assert broken.detail == "archive is encrypted"


def test_names_in_archives_lead_nowhere(
    zone: OpenZone, inbox: Path, land: Land, message: Write, tmp_path: Path
) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name in ("../../escaped.jsonl", "/etc/escaped.jsonl"):
            info = tarfile.TarInfo(name)
            info.size = len(message(1))
            archive.addfile(info, io.BytesIO(message(1)))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        pipe = tarfile.TarInfo("pipe")
        pipe.type = tarfile.FIFOTYPE
        archive.addfile(pipe)
    (inbox / "a.tar").write_bytes(buffer.getvalue())
    report = land(zone)
    assert (report.count("sealed"), report.count("duplicate")) == (1, 1)
    assert not list(tmp_path.rglob("escaped*"))


def test_other_compressions_are_unrecognised_not_opened(
    zone: OpenZone, inbox: Path, land: Land
) -> None:
    (inbox / "a.bz2").write_bytes(bz2.compress(b"x" * 1000))
    assert land(zone).reasons == {("unrecognised", "unrecognised_file"): 1}


def test_undecodable_names_are_taken_like_others(
    zone: OpenZone, inbox: Path, land: Land, message: Write
) -> None:
    name = b"caf\xe9 \xff.jsonl".decode("utf-8", "surrogateescape")
    (inbox / name).write_bytes(message(1) + b"broken\n")
    report = land(zone)
    assert (report.count("sealed"), report.count("quarantined")) == (1, 1)


def test_an_unrecognised_file_too_large_to_hold_is_left(
    zone: OpenZone, inbox: Path, land: Land, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.landing.land._HELD_BYTES", 1000)
    (inbox / "a.bin").write_bytes(b"\x00" * 2000)
    report = land(zone, consume=True)
    assert dict(report.left) == {"too_large_to_hold": 1}
    assert (inbox / "a.bin").exists()


def _sparse_tar(size: int) -> bytes:
    """Give an archive of 2 KiB whose only member says of itself that it is `size` bytes long."""

    def number(value: int) -> bytes:
        return b"%011o\0" % value if value < 8**11 else b"\x80" + value.to_bytes(11, "big")

    info = tarfile.TarInfo("a.eml")
    info.size = 512
    header = bytearray(info.tobuf(tarfile.GNU_FORMAT))
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[386:398], header[398:410], header[483:495] = (
        number(size - 512),
        number(512),
        number(size),
    )
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + b"a" * 512 + bytes(1024)


def test_a_member_with_holes_is_refused_whatever_size_it_claims(tmp_path: Path) -> None:
    (tmp_path / "a.tar").write_bytes(_sparse_tar(1 << 40))
    (found,) = walk(tmp_path)
    assert isinstance(found, Broken)
    assert found.detail == "archive has a member with holes"


def test_a_damaged_archive_of_any_compression_is_broken_not_an_error(tmp_path: Path) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.eml", b"From: a@b.example\r\n\r\nhello" * 50)
    content = bytearray(whole.getvalue())
    content[50:70] = b"\xff" * 20
    (tmp_path / "a.zip").write_bytes(content)
    nameless = _zip({"a": b"x"})
    # In the directory at the end, the name has no length.
    at = nameless.rindex(b"PK\x01\x02") + 28
    (tmp_path / "b.zip").write_bytes(nameless[:at] + b"\0\0" + nameless[at + 2 :])
    assert [type(entry) for entry in walk(tmp_path)] == [Broken, Broken]


def test_two_large_members_of_one_name_are_each_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "_HELD_BYTES", 4)
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.eml", b"first one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.eml", b"second one")
    found = [entry.file.open().read() for entry in walk(tmp_path) if isinstance(entry, Found)]
    assert found == [b"first one", b"second one"]


def test_a_file_that_goes_while_the_inbox_is_walked_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.eml", "b.eml"):
        (tmp_path / name).write_bytes(b"From: a@b.example\r\n\r\nhello")
    lstat = Path.lstat

    def raced(self: Path) -> os.stat_result:
        if self.name == "a.eml":
            self.unlink(missing_ok=True)
        return lstat(self)

    monkeypatch.setattr(Path, "lstat", raced)
    assert [entry.file.name for entry in walk(tmp_path) if isinstance(entry, Found)] == ["b.eml"]


def test_a_file_with_a_time_far_in_the_future_is_not_still_being_written(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"From: a@b.example\r\n\r\nhello")
    os.utime(tmp_path / "a.eml", (4_000_000_000, 4_000_000_000))
    now = datetime(2026, 11, 3, tzinfo=UTC)
    assert not [e for e in walk(tmp_path, now=now, settle_seconds=60) if isinstance(e, Left)]
