"""Answers and reports as tables on a terminal, or as JSON for a program."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pydantic_core

from serving.answers import Answer, OpenThread, TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

COLUMNS: Mapping[type[Answer], tuple[str, ...]] = {
    TimelineEntry: (
        "occurred_at",
        "channel",
        "speaker",
        "event_kind",
        "value",
        "amount",
        "currency",
        "text_redacted",
    ),
    OpenThread: ("last_message_at", "channel", "reason", "status", "opened_at", "thread_id"),
}
"""What a table has room for; the rest is there with ``--json``."""


def console() -> "Console":
    """Give a console on standard output that is never narrower than a table needs."""
    from rich.console import Console

    # Into a file or a pipe, rich assumes 80 columns and would cut ids apart.
    return Console(highlight=False, width=None if sys.stdout.isatty() else 160)


def show_json(value: Any) -> None:
    """Write a value as JSON, one document a call."""
    sys.stdout.write(pydantic_core.to_json(value, indent=2, fallback=str).decode() + "\n")


def show(rows: Sequence[Mapping[str, Any]], *, title: str, as_json: bool = False) -> None:
    """Write rows that all have the same keys."""
    if as_json:
        show_json(list(rows))
        return
    from rich.markup import escape
    from rich.table import Table

    if not rows:
        console().print(f"{escape(title)}: none")
        return
    count = f"{len(rows):,} {'row' if len(rows) == 1 else 'rows'}"
    table = Table(title=title, title_justify="left", caption=count, caption_justify="left")
    for name in rows[0] if rows else ():
        table.add_column(escape(name), overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell(value)) for value in row.values()))
    console().print(table)


def show_facts(facts: Mapping[str, Any], *, title: str, as_json: bool = False) -> None:
    """Write names and values, one a line."""
    if as_json:
        show_json(dict(facts))
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table(title=title, title_justify="left", show_header=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    for name, value in facts.items():
        table.add_row(escape(name.replace("_", " ")), escape(cell(value)))
    console().print(table)


def show_answer(answer: Answer, *, as_json: bool = False) -> None:
    """Write one of the query API's answers: its facts, then each list in it as a table."""
    if as_json:
        show_json(answer)
        return
    given = {name: getattr(answer, name) for name in type(answer).model_fields}
    given = {name: value for name, value in given.items() if name in answer.model_fields_set}
    lists = {
        name: value
        for name, value in given.items()
        if isinstance(value, list) and all(isinstance(each, Answer) for each in value) and value
    }
    facts = {name: value for name, value in given.items() if name not in lists}
    show_facts(facts, title=type(answer).__name__)
    for name, items in lists.items():
        chosen = COLUMNS.get(type(items[0]), tuple(type(items[0]).model_fields))
        names = [
            field for field in chosen if any(getattr(item, field) is not None for item in items)
        ]
        show(
            [{field: getattr(item, field) for field in names} for item in items],
            title=name.replace("_", " "),
        )


def cell(value: Any) -> str:
    """Write one value for a person: nothing as a dash, instants to the second in UTC."""
    match value:
        case None | [] | ():
            return "–"
        case bool():
            return "yes" if value else "no"
        case datetime():
            return f"{value:%Y-%m-%d %H:%M:%S}Z"
        case float():
            return f"{value:.3g}"
        case int():
            return f"{value:,}"
        case list() | tuple() | set():
            return ", ".join(cell(each) for each in value)
        case dict():
            return ", ".join(f"{name} {cell(each)}" for name, each in value.items())
    return str(value)


@contextmanager
def stages_shown() -> Iterator["Callable[[str, int], None]"]:
    """Show how far each stage of a run has come, on standard error; gives the callback."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TextColumn("{task.completed:,.0f}"),
        TimeElapsedColumn(),
    )
    target = Console(stderr=True)
    with Progress(*columns, console=target, disable=not target.is_terminal) as progress:
        tasks: dict[str, Any] = {}

        def advance(stage: str, count: int) -> None:
            if stage not in tasks:
                tasks[stage] = progress.add_task(stage, total=None)
            progress.advance(tasks[stage], count)

        yield advance


@contextmanager
def messages_shown(total: int) -> Iterator["Callable[[int, int], None]"]:
    """Show how many of a known number are done, on standard error; gives the callback."""
    from rich.console import Console
    from rich.progress import Progress

    target = Console(stderr=True)
    with Progress(console=target, disable=not target.is_terminal, transient=True) as progress:
        task = progress.add_task("messages", total=total)
        yield lambda done, _: progress.update(task, completed=done)


@contextmanager
def bytes_shown(total: int) -> Iterator["Callable[[int], None]"]:
    """Show how much of a file is read, on standard error; gives the callback.

    Args:
        total: Bytes of the file; 0 where that is not known.
    """
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TimeRemainingColumn

    target = Console(stderr=True)
    columns = (BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=target, disable=not target.is_terminal) as progress:
        task = progress.add_task("read", total=total or None)
        yield lambda count: progress.advance(task, count)
