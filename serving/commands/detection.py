"""`c360 detect`: find personal data in texts of your own, and see why."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from privacy.errors import WireFormatError
from serving.commands.state import State, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from privacy.detection.config import DetectionConfig
    from privacy.detection.executor import Executor

_TOLD_LINES = 20
_SHARE = "-"
_SMALL_BYTES = 200_000
"""Of a file that is read before worker processes have their models."""


def detect(
    context: typer.Context,
    jsonl: Annotated[
        Path | None,
        typer.Option("--jsonl", help='Lines {"id", "text", "language"?}; - for standard input.'),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Where the found spans go, a line a text; - or absent: output."),
    ] = None,
    explain: Annotated[
        Path | None,
        typer.Option("--explain", help="A text to show marked up; - for standard input."),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option("--html", help="With --explain: write it as a page, too.", dir_okay=False),
    ] = None,
    zone: Annotated[
        str | None,
        typer.Option("--zone", "-z", help="Detect as this zone's policy says; absent: everything."),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", help="Of texts that name none, BCP 47; absent: told from them."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option("--workers", min=0, help="Processes; 0 detects in the main one."),
    ] = None,
) -> None:
    """Find personal data in texts of your own; offsets count code points."""
    if page is not None and explain is None:
        raise typer.BadParameter("--html goes with --explain")
    if out is not None and jsonl is None:
        raise typer.BadParameter("--out goes with --jsonl")
    state = state_of(context)
    config, allowed = _configured(state, zone)
    if language is not None:
        allowed = (language.split("-")[0].lower(),)
    if explain is not None and jsonl is None:
        _explain(explain, page, config, allowed, language)
    elif jsonl is not None and explain is None:
        if workers is None:
            workers = 0 if _is_small(jsonl) else state.settings.workers
        unread = _detect_lines(jsonl, out, config, allowed, workers)
        if unread:
            lines = "line was" if unread == 1 else "lines were"
            raise WireFormatError(f"{unread:,} {lines} not read; all others were")
    else:
        raise typer.BadParameter("give one of --jsonl and --explain")


def _configured(state: State, zone: str | None) -> "tuple[DetectionConfig, tuple[str, ...]]":
    """Give what to look for, and the languages to tell apart."""
    from privacy.detection.config import DetectionConfig, config_for
    from privacy.detection.language import LANGUAGES

    if zone is None:
        return DetectionConfig(), LANGUAGES
    from privacy.zones.loader import POLICIES, load_policy

    policy = load_policy(zone, directory=state.settings.policies or POLICIES)
    return config_for(policy), tuple(policy.languages)


def _explain(
    path: Path,
    page: Path | None,
    config: "DetectionConfig",
    allowed: tuple[str, ...],
    language: str | None,
) -> None:
    from privacy.detection.executor import InProcess
    from privacy.detection.language import detect_languages
    from serving.explained import as_html, on_terminal, rows
    from serving.present import console, show

    with _opened(path) as file:
        text = file.read().decode("utf-8", "replace")
    told = language or detect_languages([text], allowed)[0]
    [spans] = InProcess(config).detect([text], [told])
    console().print(on_terminal(text, spans), soft_wrap=True)
    show(rows(spans), title=f"Found, read as {told}")
    if page is not None:
        page.write_text(as_html(text, spans, language=told, title="What was found"), "utf-8")
        # The page repeats the text: for its owner only, like the text itself.
        page.chmod(0o600)
        typer.echo(f"c360: written to {page}", err=True)


def _detect_lines(
    path: Path,
    out: Path | None,
    config: "DetectionConfig",
    allowed: tuple[str, ...],
    workers: int,
) -> int:
    """Detect line by line; gives how many lines could not be read."""
    from serving.detection import Unread, find, read_lines, write_line
    from serving.present import bytes_shown

    unread = 0
    size = 0 if str(path) == _SHARE else path.stat().st_size
    with (
        _opened(path) as lines,
        _written(out) as target,
        _executor(config, workers) as executor,
        bytes_shown(size) as progress,
    ):
        for one in find(read_lines(_counted(lines, progress)), executor, allowed):
            if not isinstance(one, Unread):
                write_line(one, target)
                continue
            unread += 1
            if unread <= _TOLD_LINES:
                typer.echo(f"c360: {one.reason}", err=True)
    return unread


def _is_small(path: Path) -> bool:
    return str(path) != _SHARE and path.stat().st_size < _SMALL_BYTES


def _counted(lines: IO[bytes], progress: "Callable[[int], None]") -> Iterator[bytes]:
    for line in lines:
        yield line
        progress(len(line))


@contextmanager
def _executor(config: "DetectionConfig", workers: int) -> "Iterator[Executor]":
    from privacy.detection.executor import InProcess, Workers

    with Workers(workers, config) if workers else InProcess(config) as executor:
        yield executor


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    if str(path) == _SHARE:
        yield sys.stdin.buffer
        return
    with path.open("rb") as file:
        yield file


@contextmanager
def _written(path: Path | None) -> Iterator[IO[str]]:
    """Open where the answer goes; a file is there whole, or not at all."""
    if path is None or str(path) == _SHARE:
        yield sys.stdout
        sys.stdout.flush()
        return
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            yield file
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
