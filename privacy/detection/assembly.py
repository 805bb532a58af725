"""Takes texts apart into blocks that were not read before, and puts their finds together again.

Between the two, somebody reads the blocks: this process, or workers. What was found is remembered
here, once for all of them, and a block that is being read for one text is not read again for the
next.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from privacy.detection.address_parts import in_parts
from privacy.detection.blocks import Block, blocks_of
from privacy.detection.folding import Folded, fold
from privacy.detection.known import find_known
from privacy.detection.remembered import Remembered
from privacy.detection.spans import Known, Span, resolve, tidied
from privacy.errors import PrivacyError


@dataclass(slots=True, eq=False)
class Asked:
    """A block to be read.

    Attributes:
        place: Of the first text it stands in.
        language: BCP 47 primary tag.
        text: What is to be read; let go once it is.
        key: What its finds are remembered by.
        finds: None until it is read.
    """

    place: int
    language: str
    text: str
    key: bytes
    finds: tuple[Span, ...] | None = None


@dataclass(slots=True)
class Apart:
    """A text that was not seen before, and the finds of each of its blocks or who is asked."""

    folded: Folded
    parts: list[tuple[Block, "tuple[Span, ...] | Asked"]]


@dataclass(slots=True)
class Batch:
    """Texts that were taken together.

    Attributes:
        first: Place of the first of them.
        keys: What each one's finds are remembered by.
        asked: Blocks to be read for them that nobody was asked before.
        remembered: Finds of those that were seen before, by key.
        fresh: The others.
    """

    first: int
    texts: Sequence[str]
    known: Sequence[Known] | None
    keys: list[bytes]
    asked: list[Asked] = field(default_factory=list)
    remembered: dict[bytes, tuple[Span, ...]] = field(default_factory=dict)
    fresh: dict[bytes, Apart] = field(default_factory=dict)

    @property
    def is_answered(self) -> bool:
        """Tell whether every block asked for it was read; those asked before it are by then."""
        return all(one.finds is not None for one in self.asked)


class Assembler:
    """Takes batches of texts, and gives their finds once every block asked for is answered.

    Batches are given back in the order they were taken: a block may have been asked for an earlier
    one. Not safe to share between threads.

    Args:
        most: How many texts, and how many blocks, are remembered; 0 for none.
    """

    def __init__(self, most: int) -> None:
        self._texts = Remembered(most)
        self._blocks = Remembered(most)
        self._asked: dict[bytes, Asked] = {}

    def take(
        self,
        texts: Sequence[str],
        languages: Sequence[str | None],
        known: Sequence[Known] | None = None,
        *,
        first: int = 0,
    ) -> Batch:
        """Take texts apart.

        Args:
            texts: Any text.
            languages: BCP 47 of each; None or ``und`` where it is not known.
            known: Of each, (entity, value) pairs that are certainly personal.
            first: Place of the first in whatever they come from.

        Raises:
            PrivacyError: A text cannot be read, by its place.
        """
        batch = Batch(first, texts, known, [])
        for at, (text, language) in enumerate(zip(texts, languages, strict=True)):
            try:
                self._take(batch, text, (language or "und").split("-")[0].lower())
            except Exception as error:  # noqa: BLE001 - its message may hold the text
                self.drop(batch.asked)
                raise _unread(first + at, error) from None
        return batch

    def _take(self, batch: Batch, text: str, language: str) -> None:
        place = batch.first + len(batch.keys)
        key = self._texts.key(text, language)
        batch.keys.append(key)
        if key in batch.remembered or key in batch.fresh:
            return
        spans = self._texts.get(key)
        if spans is not None:
            batch.remembered[key] = spans
            return
        folded = fold(text)
        parts: list[tuple[Block, tuple[Span, ...] | Asked]] = []
        for block in blocks_of(folded.text):
            name = self._blocks.key(block.text, language)
            finds = self._asked.get(name) or self._blocks.get(name)
            if finds is None:
                finds = self._asked[name] = Asked(place, language, block.text, name)
                batch.asked.append(finds)
            parts.append((block, finds))
        batch.fresh[key] = Apart(folded, parts)

    def answer(self, asked: Sequence[Asked], found: Sequence[Sequence[Span]]) -> None:
        """Take in what was found in blocks."""
        for one, spans in zip(asked, found, strict=True):
            one.finds = tuple(spans)
            one.text = ""
            self._blocks.put(one.key, one.finds)
            self._asked.pop(one.key, None)

    def drop(self, asked: Sequence[Asked]) -> None:
        """Forget that blocks were asked for: nobody will answer."""
        for one in asked:
            self._asked.pop(one.key, None)

    def give(self, batch: Batch) -> list[list[Span]]:
        """Give the finds of each text of a batch, in order and without overlaps.

        Raises:
            PrivacyError: A text cannot be read, by its place.
        """
        for key, fresh in batch.fresh.items():
            spans = batch.remembered[key] = _spans_of(fresh)
            self._texts.put(key, spans)
        answers = []
        for at, (text, key) in enumerate(zip(batch.texts, batch.keys, strict=True)):
            try:
                spans = batch.remembered[key]
                if batch.known is not None and batch.known[at]:
                    apart = batch.fresh.get(key)
                    folded = apart.folded if apart else fold(text)
                    spans += tuple(find_known(folded, batch.known[at]))
                answers.append(in_parts(text, tidied(text, resolve(spans))))
            except Exception as error:  # noqa: BLE001 - its message may hold the text
                raise _unread(batch.first + at, error) from None
        return answers


def _spans_of(text: Apart) -> tuple[Span, ...]:
    """Say where in a text the finds of its blocks are."""
    spans: list[Span] = []
    for block, finds in text.parts:
        read = finds.finds if isinstance(finds, Asked) else finds
        assert read is not None
        for span in read:
            start, end = text.folded.original(*block.original(span.start, span.end))
            spans.append(span._replace(start=start, end=end))
    return tuple(spans)


def _unread(place: int, error: Exception) -> PrivacyError:
    return PrivacyError(
        f"detection: text {place} of the batch cannot be read ({type(error).__name__})"
    )
