"""What a worker process does: loads a reader, answers blocks of text, leaves when it is too large."""

import gc
import os
import resource
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from privacy.detection.config import DetectionConfig
from privacy.detection.spans import Span
from privacy.errors import PrivacyError

_MEGABYTE = 1 << 20
_STATEMENT = Path("/proc/self/statm")
_COLLECTED_AFTER = 50_000, 20, 100
"""New objects, and rounds, after which cycles are looked for: reading a text makes hardly any."""
_FEWEST_ANSWERS = 50
"""A worker that is too large from the start would be replaced for ever."""


class WorkerSettings(NamedTuple):
    """What travels to a worker at its start.

    Attributes:
        config: What to look for.
        warm: Languages to load before the first text.
        most_megabytes: Resident memory above which it leaves after an answer.
    """

    config: DetectionConfig
    warm: tuple[str, ...]
    most_megabytes: int


class Answer(NamedTuple):
    """Of each block of a task, what was found; and whether the worker leaves now."""

    spans: list[list[Span]]
    is_last: bool


class Unread(NamedTuple):
    """A task that holds a block on which reading fails, with the error's type and nothing of the text."""

    error: str


def serve(pipe: Connection, settings: WorkerSettings) -> None:
    """Answer tasks until the other end of the pipe is closed; runs in a worker."""
    from threadpoolctl import threadpool_limits

    from privacy.detection.block_reader import BlockReader

    threadpool_limits(1)
    try:
        reader = BlockReader(settings.config)
        if settings.warm:
            reader.warm(settings.warm)
    except PrivacyError as refused:
        pipe.send(refused)
        return
    # Models are millions of objects that stay: looking through them for cycles finds none.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)
    pipe.send(os.getpid())
    count_answers = 0
    while True:
        try:
            blocks: Sequence[tuple[str, str]] = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            spans = reader.read(blocks)
        except PrivacyError as refused:
            pipe.send(refused)
            continue
        except Exception as error:  # noqa: BLE001 - its message may hold the text
            pipe.send(Unread(type(error).__name__))
            continue
        count_answers += 1
        is_last = (
            count_answers >= _FEWEST_ANSWERS
            and resident_bytes() > settings.most_megabytes * _MEGABYTE
        )
        pipe.send(Answer(spans, is_last))
        if is_last:
            return


def resident_bytes() -> int:
    """Give this process's resident memory; its highest so far where the system does not tell."""
    try:
        return int(_STATEMENT.read_text().split()[1]) * resource.getpagesize()
    except OSError:
        highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return highest if sys.platform == "darwin" else highest * 1024
