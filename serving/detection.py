"""Detection on texts of a user's own, line by line: no zone's data, nothing kept.

What a line holds stays in memory: errors name the line, never what is written in it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from privacy.detection.executor import Executor
from privacy.detection.language import detect_languages
from privacy.detection.spans import Span
from privacy.errors import WireFormatError

_BATCH_LINES = 4_096
_BATCH_CHARACTERS = 4_000_000


@dataclass(frozen=True, slots=True)
class Text:
    """One line of input.

    Attributes:
        line: Counted from 1.
        id: As given; any JSON value. None when there is none.
        text: What to search.
        language: BCP 47, when the user knows it.
    """

    line: int
    id: Any
    text: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A line that is not of the documented form.

    Attributes:
        line: Counted from 1.
        reason: What is wrong with it; no value.
    """

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one text; `spans` are in code points of it, in order, without overlaps."""

    text: Text
    language: str
    spans: list[Span]


def read_line(line: int, written: bytes) -> Text:
    """Read ``{"id": …, "text": "…", "language": "…"}``; the language may be absent or null.

    Raises:
        WireFormatError: The line is of another form; names the line and the field.
    """
    try:
        record = json.loads(written)
    except (ValueError, RecursionError):
        raise WireFormatError(f"line {line} is not JSON") from None
    if not isinstance(record, dict):
        raise WireFormatError(f"line {line} is not an object")
    text, language = record.get("text"), record.get("language")
    if not isinstance(text, str):
        raise WireFormatError(f"line {line}: field text is absent or not a string")
    if language is not None and not isinstance(language, str):
        raise WireFormatError(f"line {line}: field language is not a string")
    return Text(line, record.get("id"), text, language or None)


def read_lines(lines: Iterable[bytes]) -> Iterator[Text | Unread]:
    """Read JSON lines; an empty line is nothing, a bad one is told and not in the way."""
    for number, written in enumerate(lines, 1):
        if not written.strip():
            continue
        try:
            yield read_line(number, written)
        except WireFormatError as error:
            yield Unread(number, str(error))


def find(
    texts: Iterable[Text | Unread], executor: Executor, allowed: tuple[str, ...]
) -> Iterator[Found | Unread]:
    """Search texts, in batches bounded in lines and in characters, in the order given.

    Args:
        texts: As read.
        executor: Where detection runs.
        allowed: BCP 47; what the language of a text is told from where it is not given.
    """
    batch: list[Text | Unread] = []
    characters = 0
    for text in texts:
        batch.append(text)
        characters += len(text.text) if isinstance(text, Text) else 0
        if len(batch) >= _BATCH_LINES or characters >= _BATCH_CHARACTERS:
            yield from _find_batch(batch, executor, allowed)
            batch, characters = [], 0
    yield from _find_batch(batch, executor, allowed)


def _find_batch(
    batch: list[Text | Unread], executor: Executor, allowed: tuple[str, ...]
) -> Iterator[Found | Unread]:
    texts = [one for one in batch if isinstance(one, Text)]
    untold = [one for one in texts if one.language is None]
    told = iter(detect_languages([one.text for one in untold], allowed) if untold else ())
    languages = [one.language or next(told) for one in texts]
    spans = executor.detect([one.text for one in texts], languages) if texts else []
    found = iter(zip(texts, languages, spans, strict=True))
    for one in batch:
        if isinstance(one, Unread):
            yield one
        else:
            yield Found(*next(found))


def write_line(found: Found, out: IO[str]) -> None:
    """Write ``{"id", "language", "spans": [{"start", "end", "entity", "score", "recognizer"}]}``.

    No text is written: whoever has the input has it.
    """
    spans = [
        {
            "start": span.start,
            "end": span.end,
            "entity": span.entity,
            "score": round(float(span.score), 4),
            "recognizer": span.recognizer,
        }
        for span in found.spans
    ]
    json.dump({"id": found.text.id, "language": found.language, "spans": spans}, out)
    out.write("\n")
