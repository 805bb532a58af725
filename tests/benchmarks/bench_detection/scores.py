"""What was found against what is true: by characters, and mark by mark."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from privacy.detection.spans import Span
from tests.benchmarks.bench_detection.marked import Mark, Marked, kind_of

LEAST_OVERLAP = 0.5
"""Of intersection over union, in characters, for a find to be a mark's."""


@dataclass(slots=True)
class Tally:
    """Counts of one kind of entity, or of all."""

    marked: int = 0
    matched: int = 0
    predicted: int = 0
    marked_characters: int = 0
    hit_characters: int = 0
    predicted_characters: int = 0
    right_characters: int = 0

    @property
    def recall(self) -> float | None:
        """Give the share of marks that were found."""
        return self.matched / self.marked if self.marked else None

    @property
    def precision(self) -> float | None:
        """Give the share of finds that are a mark's."""
        return self.matched / self.predicted if self.predicted else None

    @property
    def character_recall(self) -> float | None:
        """Give the share of marked characters any find covers."""
        return self.hit_characters / self.marked_characters if self.marked_characters else None

    @property
    def character_precision(self) -> float | None:
        """Give the share of covered characters that are marked, as whatever."""
        if not self.predicted_characters:
            return None
        return self.right_characters / self.predicted_characters


@dataclass(slots=True)
class Scores:
    """Tallies by kind, and of all kinds together.

    Attributes:
        count_silent: Texts in which nobody is named.
        count_alarms: Those of them that got a PERSON all the same.
    """

    by_kind: dict[str, Tally] = field(default_factory=dict)
    every: Tally = field(default_factory=Tally)
    count_texts: int = 0
    count_silent: int = 0
    count_alarms: int = 0

    @property
    def alarm_share(self) -> float | None:
        """Give the share of texts naming nobody that got a PERSON."""
        return self.count_alarms / self.count_silent if self.count_silent else None

    def of(self, kind: str) -> Tally:
        """Give the tally of a kind."""
        return self.by_kind.setdefault(kind, Tally())


def score(
    texts: Sequence[Marked],
    found: Sequence[Sequence[Span]],
    kinds: Collection[str] | None = None,
) -> Scores:
    """Compare finds with the truth.

    Args:
        kinds: Those the texts are marked for. Finds of other kinds are no mistakes there, and
            count for covered characters only. None for all kinds.
    """
    scores = Scores()
    for text, spans in zip(texts, found, strict=True):
        marks = [mark._replace(entity=kind_of(mark.entity)) for mark in text.marks]
        finds = [Mark(span.start, span.end, kind_of(span.entity)) for span in spans]
        _count_characters(scores, text, marks, finds, kinds)
        _count_marks(scores, text, marks, finds, kinds)
        scores.count_texts += 1
        if not any(mark.entity == "PERSON" for mark in (*marks, *text.blurred)):
            scores.count_silent += 1
            scores.count_alarms += any(find.entity == "PERSON" for find in finds)
    return scores


def _count_characters(
    scores: Scores,
    text: Marked,
    marks: Sequence[Mark],
    finds: Sequence[Mark],
    kinds: Collection[str] | None,
) -> None:
    covered, true, blurred = _characters(finds), _characters(marks), _characters(text.blurred)
    for mark in marks:
        hit = len(covered & set(range(mark.start, mark.end)))
        for tally in (scores.of(mark.entity), scores.every):
            tally.marked_characters += mark.end - mark.start
            tally.hit_characters += hit
    for find in finds:
        if kinds is not None and find.entity not in kinds:
            continue
        characters = set(range(find.start, find.end)) - (blurred - true)
        for tally in (scores.of(find.entity), scores.every):
            tally.predicted_characters += len(characters)
            tally.right_characters += len(characters & true)


def _count_marks(
    scores: Scores,
    text: Marked,
    marks: Sequence[Mark],
    finds: Sequence[Mark],
    kinds: Collection[str] | None,
) -> None:
    pairs = sorted(
        (
            (-_overlap(mark, find), i, j)
            for i, mark in enumerate(marks)
            for j, find in enumerate(finds)
            if mark.entity == find.entity and _overlap(mark, find) >= LEAST_OVERLAP
        ),
    )
    taken_marks: set[int] = set()
    taken_finds: set[int] = set()
    for _, i, j in pairs:
        if i not in taken_marks and j not in taken_finds:
            taken_marks.add(i)
            taken_finds.add(j)
    for i, mark in enumerate(marks):
        for tally in (scores.of(mark.entity), scores.every):
            tally.marked += 1
            tally.matched += i in taken_marks
    for j, find in enumerate(finds):
        if kinds is not None and find.entity not in kinds:
            continue
        if j not in taken_finds and any(_overlap(find, one) > 0 for one in text.blurred):
            continue
        for tally in (scores.of(find.entity), scores.every):
            tally.predicted += 1


def _characters(marks: Sequence[Mark]) -> set[int]:
    return {at for mark in marks for at in range(mark.start, mark.end)}


def _overlap(one: Mark, other: Mark) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    if shared <= 0:
        return 0.0
    return shared / (max(one.end, other.end) - min(one.start, other.start))


def kinds_marked(texts: Sequence[Marked]) -> Counter[str]:
    """Give how often each kind is marked."""
    return Counter(kind_of(mark.entity) for text in texts for mark in text.marks)
