"""Input that is meant to hurt: how long it takes, and whether what stands behind it is found."""

import multiprocessing
import time
from multiprocessing.connection import Connection

from privacy.detection.config import DetectionConfig
from tests.benchmarks.bench_detection.run import Run
from tests.benchmarks.bench_detection.tables import Section, Table

_BEHIND = "\nwrite to ada.lovelace@mail.example.com today"
_ADDRESS = "ada.lovelace@mail.example.com"
_LIMIT_SECONDS = 60
_SENTENCE = "My name is Ada Lovelace and order 4711 went to 12 Castle Street, Leeds LS1 4DY. "


def cases() -> dict[str, str]:
    """Give the inputs by what they are."""
    million = 1_000_000
    quotes = "\n".join(f"{'>' * (1 + at % 1_000)} line {at}" for at in range(10_000))
    return {
        "a million characters of letters to a shop": _SENTENCE * (million // len(_SENTENCE)),
        "a million letters without a blank": "a" * million,
        "a million digits": "4111111111111111" * (million // 16),
        "a million ideographs": "我的卡号是四一一一请查" * (million // 11),
        "10,000 nested quotes": quotes,
        "100,000 at signs": "a@" * 100_000,
        "100,000 dots between letters": "a." * 100_000,
        "50,000 hyphens and digits": "1-2 " * 50_000,
        "100,000 blanks": "name:" + " " * 100_000,
        "50,000 brackets": "(" * 25_000 + ")" * 25_000,
        "100,000 newlines": "\n" * 100_000,
        "50,000 slashes of an address": "http://" + "a/" * 50_000,
        "50,000 capital words": "Mr " + "Aa " * 50_000,
        "100,000 combining marks": "e" + "\u0301" * 100_000,
        "50,000 zero-width joiners": "a\u200d" * 50_000,
        "right-to-left overrides": "\u202e\u202d\u2066" * 20_000,
        "broken surrogates": "\ud83d a \udc00 " * 20_000,
        "ligatures that fold to eighteen letters": "\ufdfa" * 20_000,
        "100,000 emoji": "👩‍👩‍👧‍👦" * 14_000,
        "unclosed markup": "<a href='" * 20_000,
        "50,000 spelled digits": "four one one " * 17_000,
    }


def hostile(run: Run) -> Section:
    """Time each in a process of its own, with a mail address behind it that must be found."""
    title = f"Hostile input, one process, given up after {_LIMIT_SECONDS} s"
    section = Section("hostile", title)
    table = Table("", ("input", "characters", "seconds", "found behind it"), digits=2)
    reader: _Reader | None = None
    for name, text in cases().items():
        whole = text + _BEHIND
        reader = reader or _Reader(run.config)
        seconds, answer = reader.ask(whole)
        table.add(name, len(whole), seconds, answer)
        if seconds is None:
            reader.close()
            reader = None
    if reader is not None:
        reader.close()
    section.tables.append(table)
    return section


class _Reader:
    """A process that reads one text after another and can be stopped."""

    def __init__(self, config: DetectionConfig) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, config), daemon=True)
        self._process.start()
        theirs.close()
        self._pipe.recv()

    def ask(self, text: str) -> tuple[float | None, str]:
        """Give the seconds a text took, None for too many, and what came of it."""
        try:
            self._pipe.send_bytes(text.encode("utf-32-le", "surrogatepass"))
            if not self._pipe.poll(_LIMIT_SECONDS):
                return None, "given up"
            answer: tuple[float, str] = self._pipe.recv()
        except (EOFError, OSError):
            return None, "the process died"
        return answer

    def close(self) -> None:
        """Stop it."""
        self._pipe.close()
        self._process.kill()
        self._process.join()


def _serve(pipe: Connection, config: DetectionConfig) -> None:
    from privacy.detection.engine import Detector

    detector = Detector(config)
    detector.detect(["warm up"], ["en"])
    pipe.send(True)
    while True:
        try:
            text = pipe.recv_bytes().decode("utf-32-le", "surrogatepass")
        except (EOFError, OSError):
            return
        began = time.perf_counter()
        try:
            spans = detector.detect([text], ["en"])[0]
        except Exception as error:  # noqa: BLE001 - any crash is a result here
            pipe.send((time.perf_counter() - began, type(error).__name__))
            continue
        seconds = time.perf_counter() - began
        is_found = any(
            span.entity == "EMAIL_ADDRESS" and _ADDRESS in text[span.start : span.end]
            for span in spans
        )
        pipe.send((seconds, "yes" if is_found else "NO"))
