import os
import signal
import threading
import time
from collections.abc import Iterator

import psutil
import pytest

from privacy.detection.assembly import Asked
from privacy.detection.chunks import chunks_of
from privacy.detection.config import PATTERNS_ONLY, DetectionConfig
from privacy.detection.executor import InProcess, Workers, _Task, _Worker
from privacy.detection.readers.model_files import ModelChoice
from privacy.detection.worker import resident_bytes
from privacy.errors import ConfigurationError, PrivacyError

CONFIG = DetectionConfig(models=PATTERNS_ONLY, cached_texts=0)
TEXTS = [f"mail a{number}@example.com to Ada" for number in range(300)]
LANGUAGES = ["en"] * len(TEXTS)
KNOWN = [[("PERSON", "Ada Lovelace")]] * len(TEXTS)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Two workers for all tests that leave two."""
    with Workers(2, CONFIG) as started:
        yield started


def pids(workers: Workers) -> set[int | None]:
    return {worker.process.pid for worker in workers._workers}


@pytest.mark.slow
def test_workers_find_what_one_process_finds(workers: Workers) -> None:
    here = InProcess(CONFIG)
    assert workers.detect(TEXTS, LANGUAGES, KNOWN) == here.detect(TEXTS, LANGUAGES, KNOWN)
    assert workers.detect([], [], []) == []
    assert workers.detect(TEXTS[:1], ["en"]) == here.detect(TEXTS[:1], ["en"])


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost(workers: Workers) -> None:
    here = InProcess(CONFIG).detect(TEXTS, LANGUAGES)
    victim = workers._workers[0].process.pid
    assert victim

    def kill() -> None:
        time.sleep(0.01)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    assert workers.detect(TEXTS, LANGUAGES) == here
    killer.join()
    assert workers.detect(TEXTS, LANGUAGES) == here
    assert victim not in pids(workers)
    assert len(workers._workers) == 2


@pytest.mark.slow
def test_a_missing_model_is_told_by_the_worker_that_lacks_it() -> None:
    config = DetectionConfig(models={"en": (ModelChoice("no_such_package_at_all", "1"),)})
    with pytest.raises(ConfigurationError, match="not installed"), Workers(1, config):
        pass


def test_no_workers_is_a_setting_gone_wrong() -> None:
    with pytest.raises(ConfigurationError):
        Workers(0, CONFIG)


def rows(texts):
    return [(text, "en", ()) for text in texts]


def test_texts_are_cut_into_chunks_that_cover_them_once() -> None:
    texts = ["a" * 50_000, "b" * 50_000, *["c"] * 200]
    chunks = list(chunks_of(rows(texts), 64))
    assert [text for chunk in chunks for text, _, _ in chunk.rows] == texts
    assert max(len(chunk.rows) for chunk in chunks) <= 64
    assert [chunk.first for chunk in chunks] == [0, 2, 66, 130, 194]


def test_a_task_that_stops_two_workers_is_halved_until_one_text_is_left() -> None:
    workers = Workers(1, CONFIG)
    asked = [Asked(40 + at, "en", text, text.encode()) for at, text in enumerate("abc")]
    waiting = [_Task(asked)]
    deaths = 0
    with pytest.raises(PrivacyError, match=r"text 42 of the batch stopped 2 workers"):
        while True:
            task = waiting.pop()  # the last text is the one that kills
            worker = _dead_worker(task)
            workers._workers.append(worker)
            waiting.extend(workers._bury(worker))
            deaths += 1
    assert deaths < 2 + 2


@pytest.mark.slow
def test_a_text_that_cannot_be_read_is_named_by_its_place_alone(workers: Workers) -> None:
    processes = pids(workers)
    answers = workers.stream([*rows(["a@example.com"] * 70), (None, "en", ())])
    with pytest.raises(PrivacyError, match=r"text 70 of the batch cannot be read"):
        list(answers)
    assert processes
    assert not any(map(psutil.pid_exists, processes)), "workers outlived a call that failed"


@pytest.mark.slow
def test_texts_are_taken_only_a_few_chunks_ahead() -> None:
    taken = 0

    def endless():
        nonlocal taken
        while True:
            taken += 1
            yield (f"mail a{taken}@example.com", "en", ())

    with Workers(1, CONFIG) as workers:
        processes = pids(workers)
        stream = workers.stream(endless())
        assert [len(next(stream)) for _ in range(100)] == [1] * 100
        assert taken <= 256 * 4
        stream.close()
        assert InProcess(CONFIG).detect(TEXTS[:2], ["en"] * 2) == workers.detect(
            TEXTS[:2], ["en"] * 2
        )
        processes |= pids(workers)
    assert not any(map(psutil.pid_exists, processes)), "a worker outlived the block"


@pytest.mark.slow
def test_a_worker_that_has_grown_too_large_is_replaced() -> None:
    texts = [f"mail a{number}@example.com" for number in range(32 * 52)]
    with Workers(1, CONFIG, warm=["en"], most_megabytes=1) as workers:
        first = workers._workers[0].process.pid
        for at in range(0, len(texts), 32):
            assert all(workers.detect(texts[at : at + 32], ["en"] * 32))
        assert workers._workers[0].process.pid != first


def test_a_worker_knows_how_much_memory_it_takes() -> None:
    assert resident_bytes() == pytest.approx(psutil.Process().memory_info().rss, rel=0.2)


def _dead_worker(task):
    import multiprocessing

    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    theirs.close()

    class Ended:
        def join(self, timeout=None):
            pass

        def is_alive(self):
            return False

        def close(self):
            pass

    return _Worker(Ended(), ours, task)
