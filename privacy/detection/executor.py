"""Where detection runs: in this process, or in worker processes that stay warm.

A text's finds are the same whichever runs it. Both may be called from several threads; calls wait
for each other. Spark is a third place: `privacy.detection.batch`.
"""

import contextlib
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, Protocol, Self

from privacy.detection.config import DetectionConfig
from privacy.detection.spans import Span
from privacy.errors import ConfigurationError, PrivacyError

Known = Sequence[tuple[str, str]]
_CHUNK_TEXTS = 64
_CHUNK_CHARACTERS = 64_000
_ATTEMPTS = 3


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

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Free the models."""
        self._detector = None


@dataclass
class _Chunk:
    """Texts that travel to a worker together; `first` is their place in the whole."""

    first: int
    texts: Sequence[str]
    languages: Sequence[str | None]
    known: Sequence[Known] | None
    attempts: int = 0


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    chunk: _Chunk | None = None


class Workers:
    """Detection in processes of their own, each with its models loaded once.

    A worker is sent a chunk of texts only when it has answered the one before: memory is bounded
    however long the input is, and the two ends can never wait for each other to read. A worker that
    dies is replaced and its chunk is read again; a chunk that stops three workers is given up with
    an error.

    Args:
        count: Processes. About 500 MB each.
        config: Travels to each.

    Raises:
        ConfigurationError: Fewer than one worker; or, from `detect`, a model is missing.
    """

    def __init__(self, count: int, config: DetectionConfig) -> None:
        if count < 1:
            raise ConfigurationError("detection workers: at least one is needed")
        self._count = count
        self._config = config
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
            PrivacyError: Texts that stop every worker that reads them.
        """
        answers: list[list[Span]] = [[] for _ in texts]
        waiting = deque(self._chunks(texts, languages, known))
        with self._lock:
            try:
                self._run(waiting, answers)
            except BaseException:
                # What workers still hold belongs to a call that is over.
                self.close()
                raise
        return answers

    def _run(self, waiting: deque[_Chunk], answers: list[list[Span]]) -> None:
        while waiting or any(worker.chunk for worker in self._workers):
            self._fill()
            for worker in self._workers:
                if waiting and worker.chunk is None:
                    self._hand(worker, waiting.popleft())
            busy = {worker.pipe: worker for worker in self._workers if worker.chunk}
            for ready in wait(list(busy)):
                worker = busy[ready]  # type: ignore[index]
                try:
                    found = worker.pipe.recv()
                except (EOFError, OSError):
                    waiting.appendleft(self._bury(worker))
                    continue
                if isinstance(found, PrivacyError):
                    raise found
                chunk, worker.chunk = worker.chunk, None
                assert chunk is not None
                answers[chunk.first : chunk.first + len(chunk.texts)] = found

    @staticmethod
    def _hand(worker: _Worker, chunk: _Chunk) -> None:
        worker.chunk = chunk
        # A dead worker is noticed where its answer is awaited.
        with contextlib.suppress(OSError):
            worker.pipe.send((chunk.texts, chunk.languages, chunk.known))

    def _bury(self, worker: _Worker) -> _Chunk:
        """Take a dead worker away and give the chunk it leaves."""
        self._workers.remove(worker)
        self._stop(worker)
        chunk = worker.chunk
        assert chunk is not None
        chunk.attempts += 1
        if chunk.attempts >= _ATTEMPTS:
            raise PrivacyError(
                f"detection: texts {chunk.first} to {chunk.first + len(chunk.texts) - 1} of the"
                f" batch stopped {_ATTEMPTS} workers"
            )
        return chunk

    @staticmethod
    def _chunks(
        texts: Sequence[str], languages: Sequence[str | None], known: Sequence[Known] | None
    ) -> list[_Chunk]:
        chunks = []
        first = 0
        while first < len(texts):
            last, size = first, 0
            while last < len(texts) and last - first < _CHUNK_TEXTS and size < _CHUNK_CHARACTERS:
                size += len(texts[last])
                last += 1
            chunks.append(
                _Chunk(
                    first,
                    texts[first:last],
                    languages[first:last],
                    None if known is None else known[first:last],
                )
            )
            first = last
        return chunks

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
            target=_serve, args=(theirs, self._config), name="detection", daemon=True
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
        worker.process.close()


def _serve(pipe: Connection, config: DetectionConfig) -> None:
    """Answer chunks until the other end of the pipe is closed; runs in a worker."""
    from threadpoolctl import threadpool_limits

    from privacy.detection.engine import Detector

    threadpool_limits(1)
    try:
        detector = Detector(config)
    except PrivacyError as refused:
        pipe.send(refused)
        return
    pipe.send(os.getpid())
    while True:
        try:
            texts, languages, known = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send(detector.detect(texts, languages, known))
        except PrivacyError as refused:
            pipe.send(refused)  # a model that is not as chosen is found out at its first text
