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
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, Protocol, Self

from privacy.detection.chunks import MOST_TEXTS, Chunk, Known, Row, chunks_of
from privacy.detection.config import DetectionConfig
from privacy.detection.spans import Span
from privacy.detection.worker import Unread, WorkerSettings, serve
from privacy.errors import ConfigurationError, PrivacyError

_FEWEST_TEXTS = 32
_ATTEMPTS = 2
_CHUNKS_AHEAD = 3
_PATIENCE_SECONDS = 900.0
"""How long a chunk may take before its worker counts as dead; a million characters take seconds."""

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
    """Detection in this process; the models are loaded at the first text."""

    def __init__(self, config: DetectionConfig) -> None:
        self._config = config
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


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    chunk: Chunk | None = None
    since: float = 0.0


class Workers:
    """Detection in processes of their own, each with its models loaded once.

    A worker is sent a chunk of texts only when it has answered the one before, and texts are taken
    from the input only a few chunks ahead: memory is bounded however long the input is, and the two
    ends can never wait for each other to read. A worker that dies is replaced and its chunk is read
    again; a chunk that stops two workers is halved until the text that does it is alone, and that is
    an error which says where the text stands. A worker that has grown too large ends after its
    answer and is replaced.

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
        with self._lock:
            is_done = False
            try:
                yield from self._answers(chunks)
                is_done = True
            finally:
                if not is_done:
                    self.close()  # what workers still hold belongs to a call that is over

    def _answers(self, chunks: Iterator[Chunk]) -> Iterator[list[Span]]:
        waiting: deque[Chunk] = deque()
        answered: dict[int, list[list[Span]]] = {}
        place, is_more = 0, True
        while True:
            while is_more and len(waiting) + len(answered) < self._count * _CHUNKS_AHEAD:
                following = next(chunks, None)
                if following is None:
                    is_more = False
                else:
                    waiting.append(following)
            if waiting:
                self._fill()
            for worker in self._workers:
                if waiting and worker.chunk is None:
                    self._hand(worker, waiting.popleft())
            if not any(worker.chunk for worker in self._workers):
                return
            self._collect(waiting, answered)
            while place in answered:
                found = answered.pop(place)
                place += len(found)
                yield from found

    def _collect(self, waiting: deque[Chunk], answered: dict[int, list[list[Span]]]) -> None:
        """Take in what workers that are done answer; halve or hand on what the dead leave."""
        busy = {worker.pipe: worker for worker in self._workers if worker.chunk}
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
            chunk, worker.chunk = worker.chunk, None
            assert chunk is not None
            if isinstance(found, Unread):
                waiting.extendleft(
                    reversed(self._smaller(chunk, f"cannot be read ({found.error})"))
                )
                continue
            answered[chunk.first] = found.spans
            if found.is_last:
                self._workers.remove(worker)
                self._stop(worker)
        for worker in gone:
            if worker in self._workers and worker.chunk is not None:
                waiting.extendleft(reversed(self._bury(worker)))

    @staticmethod
    def _hand(worker: _Worker, chunk: Chunk) -> None:
        worker.chunk = chunk
        worker.since = time.monotonic()
        # A dead worker is noticed where its answer is awaited.
        with contextlib.suppress(OSError):
            worker.pipe.send(chunk.rows)

    def _bury(self, worker: _Worker) -> Sequence[Chunk]:
        """Take a dead worker away and give what is to be read again."""
        self._workers.remove(worker)
        self._stop(worker)
        chunk = worker.chunk
        assert chunk is not None
        chunk.attempts += 1
        if chunk.attempts < _ATTEMPTS:
            return [chunk]
        return self._smaller(chunk, f"stopped {_ATTEMPTS} workers")

    @staticmethod
    def _smaller(chunk: Chunk, what: str) -> Sequence[Chunk]:
        if len(chunk.rows) > 1:
            return chunk.halves()
        raise PrivacyError(f"detection: text {chunk.first} of the batch {what}")

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
