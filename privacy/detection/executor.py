"""Where detection runs: in this process, or in worker processes that stay warm.

A text's finds are the same whichever runs it. Both may be called from several threads; calls wait
for each other. Spark is a third place: `privacy.detection.spark`.
"""

import contextlib
import multiprocessing
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, Protocol, Self

from privacy.detection.assembly import Asked, Assembler, Batch
from privacy.detection.chunks import MOST_TEXTS, Chunk, Row, chunks_of
from privacy.detection.config import DetectionConfig
from privacy.detection.spans import Known, Span
from privacy.detection.worker import Unread, WorkerSettings, serve
from privacy.errors import ConfigurationError, PrivacyError

_FEWEST_TEXTS = 32
_ATTEMPTS = 2
_CHUNKS_AHEAD = 3
_PATIENCE_SECONDS = 900.0
"""How long a task may take before its worker counts as dead; a million characters take seconds."""

_MOST_MEGABYTES = 1_500


class Executor(Protocol):
    """Runs detection."""

    def detect(
        self,
        texts: Sequence[str],
        languages: Sequence[str | None],
        known: Sequence[Known] | None = None,
    ) -> list[list[Span]]:
        """Find personal data; as `Detector.detect`."""


class InProcess:
    """Detection in this process; the models are loaded at the first text.

    Args:
        config: What to look for.
        warm: Languages whose readers are loaded then, too; others at their first text.
    """

    def __init__(self, config: DetectionConfig, *, warm: Sequence[str] = ()) -> None:
        self._config = config
        self._warm = tuple(warm)
        self._detector: Any = None
        self._lock = threading.Lock()

    def detect(
        self,
        texts: Sequence[str],
        languages: Sequence[str | None],
        known: Sequence[Known] | None = None,
    ) -> list[list[Span]]:
        """Find personal data; as `Detector.detect`."""
        with self._lock:
            if self._detector is None:
                from privacy.detection.engine import Detector

                self._detector = Detector(self._config)
                if self._warm:
                    self._detector.warm(self._warm)
            answers: list[list[Span]] = self._detector.detect(texts, languages, known)
        return answers

    def stream(self, rows: Iterable[Row]) -> Iterator[list[Span]]:
        """Find personal data in texts as they come; answers are in the order of the texts."""
        for chunk in chunks_of(rows):
            texts, languages, known = zip(*chunk.rows, strict=True)
            yield from self.detect(texts, languages, known)

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Free the models."""
        self._detector = None


@dataclass(slots=True)
class _Task:
    """Blocks that travel to a worker together.

    Attributes:
        attempts: Workers it has stopped.
    """

    asked: Sequence[Asked]
    attempts: int = 0

    def halves(self) -> tuple["_Task", "_Task"]:
        """Cut it in two, each of which may stop one worker before it is cut again."""
        middle = len(self.asked) // 2
        attempts = max(0, self.attempts - 1)
        return _Task(self.asked[:middle], attempts), _Task(self.asked[middle:], attempts)


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    task: _Task | None = None
    since: float = 0.0


@dataclass
class _Call:
    """What one call waits for: batches in the order of their texts, tasks nobody has yet."""

    batches: deque[Batch] = field(default_factory=deque)
    tasks: deque[_Task] = field(default_factory=deque)


class Workers:
    """Detection in processes of their own, each with its models loaded once.

    This process takes texts apart and remembers what was found; workers read the blocks that are
    new. A worker is sent a task only when it has answered the one before, and texts are taken from
    the input only a few chunks ahead: memory is bounded however long the input is, and the two ends
    can never wait for each other to read. A worker that dies is replaced and its task is read again;
    a task that stops two workers is halved until the block that does it is alone, and that is an
    error which says where its text stands. A worker that has grown too large ends after its answer
    and is replaced.

    Args:
        count: Processes. About 500 MB each.
        config: Travels to each.
        warm: Languages whose readers are loaded before a worker counts as ready; others are loaded
            at their first text.
        most_megabytes: Resident memory above which a worker is replaced.

    Raises:
        ConfigurationError: Fewer than one worker; or, from `detect`, a model is missing.
    """

    def __init__(
        self,
        count: int,
        config: DetectionConfig,
        *,
        warm: Sequence[str] = (),
        most_megabytes: int = _MOST_MEGABYTES,
    ) -> None:
        if count < 1:
            raise ConfigurationError("detection workers: at least one is needed")
        self._count = count
        self._settings = WorkerSettings(config, tuple(warm), most_megabytes)
        self._assembler = Assembler(config.cached_texts)
        self._workers: list[_Worker] = []
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        """Start every worker and wait until its models are loaded."""
        self._fill()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop every worker."""
        self.close()

    def close(self) -> None:
        """Stop every worker; a later `detect` starts new ones."""
        for worker in self._workers:
            self._stop(worker)
        self._workers.clear()

    def detect(
        self,
        texts: Sequence[str],
        languages: Sequence[str | None],
        known: Sequence[Known] | None = None,
    ) -> list[list[Span]]:
        """Find personal data; as `Detector.detect`.

        Raises:
            ConfigurationError: A model is not installed as configured.
            PrivacyError: A text that stops every worker that reads it, by its place.
        """
        rows = zip(texts, languages, known or [()] * len(texts), strict=True)
        # Several chunks for each worker, so that none waits long for the last.
        most_texts = max(_FEWEST_TEXTS, min(MOST_TEXTS, len(texts) // (4 * self._count)))
        return list(self._stream(chunks_of(rows, most_texts)))

    def stream(self, rows: Iterable[Row]) -> Iterator[list[Span]]:
        """Find personal data in texts as they come; answers are in the order of the texts.

        Close the iterator, or read it to its end: until then other calls wait.

        Raises:
            ConfigurationError: A model is not installed as configured.
            PrivacyError: A text that stops every worker that reads it, by its place.
        """
        return self._stream(chunks_of(rows))

    def _stream(self, chunks: Iterator[Chunk]) -> Iterator[list[Span]]:
        call = _Call()
        with self._lock:
            is_done = False
            try:
                yield from self._answers(chunks, call)
                is_done = True
            finally:
                if not is_done:
                    # What workers still hold belongs to a call that is over.
                    self.close()
                    for batch in call.batches:
                        self._assembler.drop(batch.asked)

    def _answers(self, chunks: Iterator[Chunk], call: _Call) -> Iterator[list[Span]]:
        is_more = True
        while True:
            # First what keeps workers busy, then what is to be done here meanwhile.
            self._hand_out(call)
            while call.batches and call.batches[0].is_answered:
                yield from self._assembler.give(call.batches.popleft())
            is_taken = False
            while is_more and len(call.batches) < self._count * _CHUNKS_AHEAD:
                following = next(chunks, None)
                if following is None:
                    is_more = False
                else:
                    self._take(following, call)
                    is_taken = True
            if is_taken:
                continue
            if not call.batches:
                return
            self._collect(call)

    def _take(self, chunk: Chunk, call: _Call) -> None:
        texts, languages, known = zip(*chunk.rows, strict=True)
        batch = self._assembler.take(texts, languages, known, first=chunk.first)
        call.batches.append(batch)
        if batch.asked:
            call.tasks.append(_Task(batch.asked))

    def _collect(self, call: _Call) -> None:
        """Take in what workers that are done answer; halve or hand on what the dead leave."""
        busy = {worker.pipe: worker for worker in self._workers if worker.task}
        ready = wait(list(busy), timeout=_PATIENCE_SECONDS)
        late = time.monotonic() - _PATIENCE_SECONDS
        gone = [worker for worker in busy.values() if worker.since < late]
        for pipe in ready:
            worker = busy[pipe]  # type: ignore[index]
            try:
                found = worker.pipe.recv()
            except (EOFError, OSError):
                gone.append(worker)
                continue
            if isinstance(found, PrivacyError):
                raise found
            task, worker.task = worker.task, None
            assert task is not None
            if isinstance(found, Unread):
                call.tasks.extendleft(
                    reversed(self._smaller(task, f"cannot be read ({found.error})"))
                )
                continue
            self._assembler.answer(task.asked, found.spans)
            if found.is_last:
                self._workers.remove(worker)
                self._stop(worker)
        for worker in gone:
            if worker in self._workers and worker.task is not None:
                call.tasks.extendleft(reversed(self._bury(worker)))

    def _hand_out(self, call: _Call) -> None:
        if call.tasks:
            self._fill()
        for worker in self._workers:
            if call.tasks and worker.task is None:
                self._hand(worker, call.tasks.popleft())

    @staticmethod
    def _hand(worker: _Worker, task: _Task) -> None:
        worker.task = task
        worker.since = time.monotonic()
        # A dead worker is noticed where its answer is awaited.
        with contextlib.suppress(OSError):
            worker.pipe.send([(one.language, one.text) for one in task.asked])

    def _bury(self, worker: _Worker) -> Sequence[_Task]:
        """Take a dead worker away and give what is to be read again."""
        self._workers.remove(worker)
        self._stop(worker)
        task = worker.task
        assert task is not None
        task.attempts += 1
        if task.attempts < _ATTEMPTS:
            return [task]
        return self._smaller(task, f"stopped {_ATTEMPTS} workers")

    @staticmethod
    def _smaller(task: _Task, what: str) -> Sequence[_Task]:
        if len(task.asked) > 1:
            return task.halves()
        raise PrivacyError(f"detection: text {task.asked[0].place} of the batch {what}")

    def _fill(self) -> None:
        missing = self._count - len(self._workers)
        started = [self._start() for _ in range(missing)]
        self._workers.extend(started)
        for worker in started:
            try:
                ready = worker.pipe.recv()
            except (EOFError, OSError):
                self.close()
                raise PrivacyError("detection: a worker ended before it was ready") from None
            if isinstance(ready, PrivacyError):
                self.close()
                raise ready

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve, args=(theirs, self._settings), name="detection", daemon=True
        )
        process.start()
        theirs.close()  # so that the worker's death is the end of our pipe
        return _Worker(process, ours)

    @staticmethod
    def _stop(worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.join(timeout=0.5)
        if worker.process.is_alive():
            worker.process.terminate()
            worker.process.join(timeout=5)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        worker.process.close()
