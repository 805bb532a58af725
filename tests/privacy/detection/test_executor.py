import os
import signal
import threading
import time

import psutil
import pytest

from privacy.detection.config import PATTERNS_ONLY, DetectionConfig
from privacy.detection.executor import InProcess, Workers
from privacy.detection.readers.model_files import ModelChoice
from privacy.errors import ConfigurationError, PrivacyError

CONFIG = DetectionConfig(models=PATTERNS_ONLY, cached_texts=0)
TEXTS = [f"mail a{number}@example.com to Ada" for number in range(300)]
LANGUAGES = ["en"] * len(TEXTS)
KNOWN = [[("PERSON", "Ada Lovelace")]] * len(TEXTS)


@pytest.mark.slow
def test_workers_find_what_one_process_finds() -> None:
    here = InProcess(CONFIG).detect(TEXTS, LANGUAGES, KNOWN)
    with Workers(2, CONFIG) as workers:
        assert workers.detect(TEXTS, LANGUAGES, KNOWN) == here
        assert workers.detect([], [], []) == []
        assert workers.detect(TEXTS[:1], ["en"]) == InProcess(CONFIG).detect(TEXTS[:1], ["en"])
        processes = [worker.process.pid for worker in workers._workers]
    assert not any(psutil.pid_exists(process) for process in processes)


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost() -> None:
    here = InProcess(CONFIG).detect(TEXTS, LANGUAGES)
    with Workers(2, CONFIG) as workers:
        victim = workers._workers[0].process.pid

        def kill() -> None:
            time.sleep(0.01)
            os.kill(victim, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        assert workers.detect(TEXTS, LANGUAGES) == here
        killer.join()
        assert workers.detect(TEXTS, LANGUAGES) == here
        assert victim not in [worker.process.pid for worker in workers._workers]
        assert len(workers._workers) == 2


@pytest.mark.slow
def test_a_missing_model_is_told_by_the_worker_that_lacks_it() -> None:
    config = DetectionConfig(models={"en": (ModelChoice("no_such_package_at_all", "1"),)})
    with pytest.raises(ConfigurationError, match="not installed"), Workers(1, config):
        pass


def test_no_workers_is_a_setting_gone_wrong() -> None:
    with pytest.raises(ConfigurationError):
        Workers(0, CONFIG)


def test_texts_are_cut_into_chunks_that_cover_them_once() -> None:
    texts = ["a" * 50_000, "b" * 50_000, *["c"] * 200]
    chunks = Workers._chunks(texts, ["en"] * 202, None)
    assert [text for chunk in chunks for text in chunk.texts] == texts
    assert max(len(chunk.texts) for chunk in chunks) <= 64


def test_a_chunk_that_stops_three_workers_is_given_up() -> None:
    workers = Workers(1, CONFIG)
    chunk = Workers._chunks(["x"], ["en"], None)[0]
    for attempt in range(3):
        worker = _dead_worker(chunk)
        workers._workers.append(worker)
        if attempt < 2:
            assert workers._bury(worker) is chunk
        else:
            with pytest.raises(PrivacyError, match="stopped 3 workers"):
                workers._bury(worker)


def _dead_worker(chunk):
    import multiprocessing

    from privacy.detection.executor import _Worker

    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    theirs.close()

    class Ended:
        def join(self, timeout=None):
            pass

        def is_alive(self):
            return False

        def close(self):
            pass

    return _Worker(Ended(), ours, chunk)
