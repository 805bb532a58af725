"""How much memory the languages take, and how long each takes to load."""

import multiprocessing
import time
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from privacy.detection.config import DetectionConfig
from privacy.detection.executor import Workers
from tests.benchmarks.bench_detection.run import Run
from tests.benchmarks.bench_detection.tables import Section, Table

_MEBIBYTE = 2**20
_CHUNKS = 12


def memory(run: Run) -> Section:
    """Load every language in two workers; then, in a new process, one after another."""
    by_language = run.world(400)
    section = Section("memory", f"Memory: {len(by_language)} languages loaded")
    tags = list(by_language)
    # Every chunk a worker is handed holds every language.
    texts = [by_language[tags[at % len(tags)]][at // len(tags)] for at in range(64 * _CHUNKS)]
    table = Table("", ("process", "RSS MiB", "PSS MiB"))
    with Workers(2, run.config) as workers:
        workers.detect([one.text for one in texts], [one.language for one in texts])
        children = [
            child
            for child in psutil.Process().children(recursive=True)
            if "resource_tracker" not in " ".join(child.cmdline())
        ]
        sizes = [(child.memory_info().rss / _MEBIBYTE, _pss(child.pid)) for child in children]
    for at, (rss, pss) in enumerate(sizes, 1):
        table.add(f"worker {at}", round(rss), pss and round(pss))
    known = [pss for _, pss in sizes if pss is not None]
    table.add(
        "both",
        round(sum(rss for rss, _ in sizes)),
        round(sum(known)) if len(known) == len(sizes) else None,
    )
    section.tables.append(table)
    loading = Table(
        "Loading in a new process, one language after another",
        ("language", "seconds to the first answer", "RSS MiB more"),
        digits=2,
    )
    samples = [(tag, by_language[tag][0].text, by_language[tag][1].text) for tag in tags]
    for tag, seconds, grown in _loaded(run.config, samples):
        loading.add(tag, seconds, round(grown))
    section.tables.append(loading)
    return section


def _pss(pid: int) -> float | None:
    """Give the proportional set size, where the system tells it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return None


def _loaded(
    config: DetectionConfig, samples: list[tuple[str, str, str]]
) -> list[tuple[str, float, float]]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_load, args=(theirs, config, samples))
    process.start()
    theirs.close()
    answer: list[tuple[str, float, float]] = ours.recv()
    process.join()
    return answer


def _load(pipe: Connection, config: DetectionConfig, samples: list[tuple[str, str, str]]) -> None:
    """Answer, of each language, seconds and MiB; runs in a process of its own."""
    own = psutil.Process()
    began, before = time.perf_counter(), own.memory_info().rss
    from privacy.detection.engine import Detector

    detector = Detector(config)
    detector.detect(["1"], ["und"])
    answers = [
        (
            "(detector)",
            time.perf_counter() - began,
            (own.memory_info().rss - before) / _MEBIBYTE,
        )
    ]
    for tag, first, second in samples:
        before, began = own.memory_info().rss, time.perf_counter()
        detector.detect([first], [tag])
        seconds = time.perf_counter() - began
        began = time.perf_counter()
        detector.detect([second], [tag])
        seconds = max(0.0, seconds - (time.perf_counter() - began))
        answers.append((tag, seconds, (own.memory_info().rss - before) / _MEBIBYTE))
    pipe.send(answers)
