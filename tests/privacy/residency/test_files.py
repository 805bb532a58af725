"""What a file is, by its first bytes; and how it is classed by where it lies."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from privacy.ids import ZoneId
from privacy.residency.files import form_of, sweep_files
from privacy.residency.findings import MOST_NAMED, FindingKind, Findings
from privacy.zones.layout import ZoneLayout


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"SQLite format 3\0...", "a SQLite database"),
        (b"PAR1....", "a Parquet file"),
        (b"\x1f\x8b\x08", "a gzip file"),
        (b"\0\0\0\0\0\0\0\0DUCK and nothing more", "a DuckDB database"),
        ("name,straße\n".encode(), "text"),
        (b"a" * 4095 + "ß".encode(), "text"),
        (bytes(range(256)), None),
        (b"\xff\xfe\xfd", None),
        (b"", None),
    ],
)
def test_what_anybody_can_read_is_told_from_what_is_sealed(
    tmp_path: Path, content: bytes, form: str | None
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert form_of(path, content[:4096]) == form


@pytest.fixture
def layout(tmp_path: Path) -> ZoneLayout:
    made = ZoneLayout(tmp_path, ZoneId("eu"))
    made.make()
    return made


def test_a_sealed_file_that_nobody_expects_is_told_apart_from_a_readable_one(
    layout: ZoneLayout,
) -> None:
    (layout.root / "blob").write_bytes(bytes(range(256)))
    (layout.handoff / "note.txt").write_text("hello")
    (layout.handoff / "g_1.handoff").write_text("an item that was not sealed")
    findings = Findings(layout.zone)
    tally = sweep_files(layout, findings)
    assert {(f.place, f.kind) for f in findings.named} == {
        ("blob", FindingKind.UNEXPECTED_FILE),
        ("handoff/note.txt", FindingKind.NOT_SEALED),
        ("handoff/g_1.handoff", FindingKind.NOT_SEALED),
    }
    assert tally.kinds == {"unexpected": 2, "hand-off": 1}


def test_an_address_across_two_blocks_is_seen(
    layout: ZoneLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("privacy.residency.files._SWEPT_BYTES", 16)
    (layout.root / "transfers.jsonl").write_text("x" * 10 + " mia@example.org " + "x" * 30)
    findings = Findings(layout.zone)
    sweep_files(layout, findings)
    assert [f.place for f in findings.named] == ["transfers.jsonl"]


def test_what_cannot_be_read_is_told(layout: ZoneLayout, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("store.sqlite", "warehouse.duckdb"):
        (layout.root / name).touch()

    def refused(path: Path, *_: Any, **__: Any) -> Any:
        raise FileNotFoundError if path.name == "store.sqlite" else PermissionError

    monkeypatch.setattr(Path, "open", refused)
    tally = sweep_files(layout, Findings(layout.zone))
    assert tally.not_read == {"warehouse.duckdb": "PermissionError"}
    assert +tally.kinds == {"warehouse": 1}


def test_a_folder_that_cannot_be_listed_is_told(
    layout: ZoneLayout, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walk(folder: Path, onerror: Callable[[OSError], None]) -> Iterator[Any]:
        onerror(PermissionError(13, "denied", str(folder / "landing")))
        yield from ()

    monkeypatch.setattr("privacy.residency.files.os.walk", walk)
    assert sweep_files(layout, Findings(layout.zone)).not_read == {"landing": "PermissionError"}


def test_of_very_many_findings_of_one_kind_the_rest_are_counted() -> None:
    findings = Findings(ZoneId("eu"))
    for number in range(MOST_NAMED + 5):
        findings.add(FindingKind.DOES_NOT_OPEN, "landing", str(number), "")
    assert len(findings.named) == MOST_NAMED
    assert findings.counts[FindingKind.DOES_NOT_OPEN] == MOST_NAMED + 5
