"""`c360 detect`: lines in, spans out; a text marked up."""

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from privacy.detection.config import PATTERNS_ONLY, DetectionConfig
from serving.cli import app
from serving.commands import detection
from serving.detection import Found, Text, Unread, find, read_lines, write_line

Run = Callable[..., Any]
PLAIN = DetectionConfig(models=PATTERNS_ONLY)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command with patterns only: models have tests of their own."""
    configured = detection._configured
    monkeypatch.setattr(detection, "_configured", lambda *given: (PLAIN, configured(*given)[1]))
    monkeypatch.chdir(tmp_path)
    environment = {"C360_HOME": str(tmp_path), "C360_TOKEN": ""}
    return lambda *line, given=None: CliRunner().invoke(app, line, input=given, env=environment)


def written(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_line_gives_a_line_with_offsets_in_code_points(run: Run, tmp_path: Path) -> None:
    texts = ["🎁🎁 jo@example.org", "nobody here", "我的卡号4111111111111111请"]
    source = tmp_path / "in.jsonl"
    source.write_text("".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in enumerate(texts)))
    result = run("detect", "--jsonl", str(source), "--out", "out.jsonl")
    assert result.exit_code == 0, result.stderr
    lines = written(tmp_path / "out.jsonl")
    assert [line["id"] for line in lines] == [0, 1, 2]
    assert [set(span) for line in lines for span in line["spans"]] == [
        {"start", "end", "entity", "score", "recognizer"}
    ] * 2
    found = [
        (span["entity"], texts[line["id"]][span["start"] : span["end"]])
        for line in lines
        for span in line["spans"]
    ]
    assert found == [("EMAIL_ADDRESS", "jo@example.org"), ("CREDIT_CARD", "4111111111111111")]


def test_a_bad_line_is_named_and_the_others_are_read(run: Run, tmp_path: Path) -> None:
    given = '{"id": 1, "text": "secret-value"\n[]\n{"id": 3}\n\n{"id": 4, "text": "ok"}\n'
    result = run("detect", "--jsonl", "-", "--workers", "0", given=given)
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [4]
    assert result.stderr.splitlines() == [
        "c360: line 1 is not JSON",
        "c360: line 2 is not an object",
        "c360: line 3: field text is absent or not a string",
        "c360: 3 lines were not read; all others were",
    ]


def test_an_interrupted_run_leaves_no_half_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in.jsonl").write_text('{"text": "a"}\n')

    def broken(*_: Any) -> Iterator[Found]:
        raise OSError(28, "No space left on device")
        yield

    monkeypatch.setattr("serving.detection.find", broken)
    assert run("detect", "--jsonl", "in.jsonl", "--out", "out.jsonl").exit_code == 1
    assert not list(tmp_path.glob("out*"))


def test_explain_shows_the_text_and_writes_a_page_for_its_owner_only(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "text.txt").write_text("write to jo@example.org\n")
    result = run("detect", "--explain", "text.txt", "--html", "page.html")
    assert result.exit_code == 0, result.stderr
    assert "[jo@example.org EMAIL_ADDRESS]" in result.stdout
    page = tmp_path / "page.html"
    assert "jo@example.org<small>EMAIL_ADDRESS</small>" in page.read_text("utf-8")
    assert page.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "line",
    [
        (),
        ("--jsonl", "a", "--explain", "b"),
        ("--jsonl", "a", "--html", "b"),
        ("--explain", "a", "--out", "b"),
    ],
    ids=["neither", "both", "a page of lines", "lines of a text"],
)
def test_options_that_do_not_go_together_are_refused(run: Run, line: tuple[str, ...]) -> None:
    assert run("detect", *line).exit_code == 2


def test_a_zone_that_is_not_there_is_refused(run: Run) -> None:
    result = run("detect", "--explain", "x", "--zone", "mars")
    assert result.exit_code != 0
    assert result.stderr.startswith("c360: no policy for that zone")


class Counting:
    """An executor that finds nothing and counts its calls."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def detect(self, texts: Any, languages: Any, known: Any = None) -> list[list[Any]]:
        self.sizes.append(len(texts))
        return [[] for _ in texts]


def test_lines_are_searched_in_batches_and_come_back_in_order() -> None:
    executor = Counting()
    texts = [Text(n, n, "x" * 1_000, "en") if n % 3 else Unread(n, "bad") for n in range(9_000)]
    answers = list(find(texts, executor, ("en",)))
    assert max(executor.sizes) <= 4_096
    assert len(executor.sizes) > 2
    assert [one.line if isinstance(one, Unread) else one.text.line for one in answers] == list(
        range(9_000)
    )


def test_a_lone_surrogate_is_read_and_an_id_of_any_form_comes_back() -> None:
    [text] = read_lines([b'{"id": {"a": ["\\ud800"]}, "text": "\\ud800x"}'])
    assert isinstance(text, Text)
    assert text.text == "\ud800x"
    out = io.StringIO()
    write_line(Found(text, "und", []), out)
    assert json.loads(out.getvalue()) == {"id": {"a": ["\ud800"]}, "language": "und", "spans": []}


def test_a_line_nested_too_deep_is_not_read_and_stops_nothing() -> None:
    deep = b"[" * 100_000
    first, second = read_lines([deep, b'{"text": "a"}'])
    assert isinstance(first, Unread)
    assert isinstance(second, Text)
