"""A second reading of a text in which numbers and addresses are spelled out.

``four one one one …``, ``double five``, ``4 1 1 1 - 1 1 1 1``, a number broken over quoted lines, and
``john dot smith (at) mail punkt de`` are written as what they spell, so that the same recognizers find
them; what is found there leads back to the words. Most texts have no second reading.
"""

from collections.abc import Iterable
from typing import NamedTuple

from privacy.detection.digit_runs import Run
from privacy.detection.folding import Folded, Rewriting
from privacy.detection.number_runs import runs_in
from privacy.detection.spans import Reason, Span
from privacy.detection.spelled_addresses import spelled_addresses

SPELLED_NUMBER = "SpelledNumbers"
_COUNTED_UP = "".join(map(str, range(30)))
_COUNTED_DOWN = "".join(map(str, reversed(range(30))))
_FEWEST_DIGITS, _MOST_DIGITS = 9, 19


class Change(NamedTuple):
    """Where a reading differs: ``[start, end)`` of the reading's own text."""

    start: int
    end: int
    is_number: bool


class Reading(NamedTuple):
    """A text as it spells itself out.

    Attributes:
        folded: What is read, with the way back to the text it was made from.
        changes: What differs from that text, in order.
    """

    folded: Folded
    changes: tuple[Change, ...]

    def back(self, spans: Iterable[Span]) -> list[Span]:
        """Keep the finds that need this reading, and say where they stand in the first text.

        A number of nine digits and more that was said digit by digit and is no recognizer's is
        taken for a telephone number: nobody dictates a price that way.
        """
        kept = [span for span in spans if any(_touch(span, change) for change in self.changes)]
        for change in self.changes:
            if change.is_number and not any(_touch(span, change) for span in kept):
                digits = self.folded.text[change.start : change.end]
                if _is_dictated(digits):
                    kept.append(
                        Span(
                            change.start,
                            change.end,
                            "PHONE_NUMBER",
                            0.5,
                            SPELLED_NUMBER,
                            Reason.PATTERN.value,
                        )
                    )
        return [
            span._replace(start=start, end=end)
            for span in kept
            for start, end in (self.folded.original(span.start, span.end),)
        ]


def readings(text: str) -> list[Reading]:
    """Give the other readings of a folded text: none, mostly; two where letters stand in numbers."""
    runs = runs_in(text)
    addresses = spelled_addresses(text)
    if not runs and not addresses:
        return []
    bare = [run.bare() for run in runs]
    made = [_rewritten(text, [*bare, *addresses])]
    lettered = [run for run, digits in zip(runs, bare, strict=True) if run != digits]
    if lettered:
        made.append(_rewritten(text, lettered))
    return made


def _rewritten(text: str, runs: list[Run]) -> Reading:
    writer = Rewriting(text)
    changes: list[Change] = []
    at = 0
    for run in sorted(runs, key=lambda one: one.start):
        if run.start < at:
            continue
        writer.write(text[at : run.start], at, run.start, is_even=True)
        start = writer.written
        for piece in run.pieces:
            writer.write(piece.text, piece.start, piece.end, is_even=False)
        changes.append(Change(start, writer.written, run.is_dictated))
        at = run.end
    writer.write(text[at:], at, len(text), is_even=True)
    return Reading(writer.folded(), tuple(changes))


def _touch(span: Span, change: Change) -> bool:
    return span.start < change.end and change.start < span.end


def _is_dictated(value: str) -> bool:
    if not _FEWEST_DIGITS <= sum(map(str.isdigit, value)) <= _MOST_DIGITS or len(set(value)) < 3:
        return False
    return value not in _COUNTED_UP and value not in _COUNTED_DOWN
