"""How fast: texts a second beside Presidio, by language, and where the time goes."""

import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from random import Random
from types import FrameType

import psutil

from privacy.detection.executor import Executor, InProcess, Workers
from privacy.detection.language import LANGUAGES
from tests.benchmarks.bench_detection import corpora
from tests.benchmarks.bench_detection.engines import WARM_UP, Found, Timed
from tests.benchmarks.bench_detection.marked import Marked
from tests.benchmarks.bench_detection.run import Run
from tests.benchmarks.bench_detection.tables import Section, Table

_EVERY_SECONDS = 0.002
_STREAM_TEXTS = 3_000
_STREAM_CANNED, _STREAM_QUOTING = 0.20, 0.35
_PER_LANGUAGE = 1_500

_CANNED = (
    "Thank you for contacting us. We have received your message and will answer within two days.",
    "You can return most items within 30 days. Print the label from your account, please.",
    "We are sorry for the inconvenience. Your case has been forwarded to the team in charge.",
    "As we have not heard back from you, we are closing this request. Reply to reopen it.",
    "Your refund has been released. Depending on your bank it takes three to five working days.",
)

_OURS = (
    ("folding.py", "folding"),
    ("context.py", "context"),
    ("spans.py", "mapping and merging"),
    ("language.py", "language"),
    ("known.py", "known values"),
    ("assembly.py", "caches, pieces, mapping"),
    ("block_reader.py", "caches, pieces, mapping"),
    ("engine.py", "caches, pieces, mapping"),
    ("executor.py", "caches, pieces, mapping"),
)
_VANILLA = (
    ("nlp_engine", "models and lexicons"),
    ("context_aware_enhancers", "context"),
    ("phone_recognizer.py", "phone numbers"),
    ("predefined_recognizers", "patterns"),
    ("pattern_recognizer.py", "patterns"),
)


def speed(run: Run) -> Section:
    """Measure unique English texts, then a stream that repeats itself, beside Presidio."""
    unique = list(
        dict.fromkeys(
            one.text
            for one in run.limited([*corpora.presidio_synth(run.data), *corpora.wnut17(run.data)])
        )
    )
    section = Section("speed", f"Speed: {len(unique):,} unique English texts, and a stream")
    section.tables.append(
        _compared(run, "Unique texts (pii_presidio_synth, pii_wnut17_en)", unique)
    )
    title = f"A stream: {_STREAM_CANNED:.0%} canned, {_STREAM_QUOTING:.0%} quote an earlier message"
    section.tables.append(_compared(run, title, _stream(unique, _STREAM_TEXTS)))
    return section


def _compared(run: Run, title: str, texts: Sequence[str]) -> Table:
    table = Table(title, ("engine", "texts/s", "texts/s of processor time", "times vanilla"))
    languages = ["en"] * len(texts)
    timed: dict[str, Timed] = {}
    if run.vanilla is not None:
        vanilla = run.vanilla
        timed["vanilla batch 64, one process"] = Timed(lambda: vanilla.detect(texts), len(texts))
    with InProcess(run.config, warm=LANGUAGES) as here:
        _warm(here, LANGUAGES)
        timed["c360 in process"] = Timed(lambda: here.detect(texts, languages), len(texts))
    with Workers(2, run.config, warm=LANGUAGES) as workers:
        _warm(workers, LANGUAGES)
        timed["c360 two workers"] = Timed(lambda: workers.detect(texts, languages), len(texts))
    slow = timed.get("vanilla batch 64, one process")
    for name, one in timed.items():
        table.add(
            name,
            round(one.rate),
            round(len(texts) / one.processor_seconds),
            one.rate / slow.rate if slow else None,
        )
    return table


def _warm(executor: Executor, languages: Sequence[str]) -> None:
    """Make every worker read something in every language, so that none is loaded while timed."""
    texts = [f"{WARM_UP} {at}" for at in range(256 * 4)]
    executor.detect(texts, [languages[at % len(languages)] for at in range(len(texts))])


def _stream(texts: Sequence[str], count: int) -> list[str]:
    """Make messages as they come: fixed answers, answers that quote, and new ones."""
    rng = Random(5)
    made: list[str] = []
    fresh = iter(texts)
    while len(made) < count:
        luck = rng.random()
        new = next(fresh, None)
        if new is None:
            break
        if luck < _STREAM_CANNED:
            made.append(rng.choice(_CANNED))
        elif luck < _STREAM_CANNED + _STREAM_QUOTING and made:
            quoted = "\n".join(f"> {line}" for line in rng.choice(made[-50:]).splitlines()[:40])
            made.append(f"{new}\n\nOn Tue, Nov 17, 2026 the shop wrote:\n{quoted}")
        else:
            made.append(new)
    return made


def languages(run: Run) -> Section:
    """Measure every language with two workers, on messages of the synthetic world."""
    by_language = run.world(_PER_LANGUAGE)
    section = Section("languages", "Speed by language: two workers, unique messages, warmed")
    table = Table(
        "",
        ("language", "messages", "characters each", "texts/s", "texts/s of processor time"),
    )
    with Workers(2, run.config) as workers:
        _warm(workers, list(by_language))
        for tag, texts in by_language.items():
            chosen = run.limited(texts)
            workers.detect(
                [f"{one.text} .." for one in chosen[:130]], [tag] * min(130, len(chosen))
            )
            timed = Timed(_job(workers, chosen), len(chosen))
            length = sum(len(one.text) for one in chosen) / len(chosen)
            table.add(
                tag,
                len(chosen),
                round(length),
                round(timed.rate),
                round(len(chosen) / timed.processor_seconds),
            )
    section.tables.append(table)
    rates = [int(row[3]) for row in table.rows if isinstance(row[3], int)]
    section.notes.append(
        f"Slowest {min(rates):,} texts/s. On two idle cores the workers give at most twice what one"
        " gives for its processor time."
    )
    return section


def _job(executor: Executor, texts: Sequence[Marked]) -> Callable[[], Found]:
    return lambda: executor.detect([one.text for one in texts], [one.language for one in texts])


# --- where the time goes -------------------------------------------------------------------------


def shares(run: Run) -> Section:
    """Sample what runs, on English texts, in both engines, and on every language in ours."""
    section = Section("shares", "Where the time goes (share of processor time, sampled)")
    english = run.limited(corpora.presidio_synth(run.data))
    columns: dict[str, Counter[str]] = {}
    config = replace(run.config, cached_texts=0)
    if run.vanilla is not None:
        with _sampled(_VANILLA, "presidio_analyzer") as counts:
            run.vanilla.detect([one.text for one in english])
        columns["vanilla, en"] = counts
    with InProcess(config) as here:
        here.detect([WARM_UP], ["en"])
        with _sampled(_OURS, "privacy/detection") as counts:
            _job(here, english)()
        columns["c360, en"] = counts
        everything = [text for texts in run.world(400).values() for text in texts[:150]]
        _job(here, everything)()
        with _sampled(_OURS, "privacy/detection") as counts:
            _job(here, everything)()
        columns["c360, all languages"] = counts
    table = Table("", ("part", *columns))
    names = Counter[str]()
    for counts in columns.values():
        names.update(counts)
    for name, _ in names.most_common():
        table.add(name, *(counts[name] / counts.total() for counts in columns.values()))
    section.tables.append(table)
    return section


@contextmanager
def _sampled(parts: Sequence[tuple[str, str]], within: str) -> Iterator[Counter[str]]:
    """Count, every two milliseconds of processor time, in which part of the code we are."""
    counts: Counter[str] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        while frame is not None:
            path = frame.f_code.co_filename
            if within in path:
                part = _part_of(path, parts)
                if part:
                    counts[part] += 1
                    return
            frame = frame.f_back
        counts["other"] += 1

    before = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, _EVERY_SECONDS, _EVERY_SECONDS)
    try:
        yield counts
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _part_of(path: str, parts: Sequence[tuple[str, str]]) -> str:
    folder = PurePath(path).parent.name
    if folder == "readers":
        return "models and lexicons"
    for piece, part in parts:
        if piece in path:
            return part
    return "patterns" if folder == "recognizers" else ""


def load_average() -> float:
    """Give how many processes wanted a core in the last minute."""
    return psutil.getloadavg()[0]
