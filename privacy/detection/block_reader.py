"""Reads blocks of text: asks every recognizer, and the readers of each block's language.

Presidio supplies recognizers, registry and context enhancement; its `AnalyzerEngine` is not used,
because it runs everything on every text.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from presidio_analyzer import RecognizerResult

from privacy.detection.config import DetectionConfig
from privacy.detection.context import WindowEnhancer
from privacy.detection.language import Segment, detect_languages
from privacy.detection.mixed import in_languages
from privacy.detection.readers.cascade import Cascade
from privacy.detection.recognizers.gate import Gate
from privacy.detection.recognizers.number import NationalNumber
from privacy.detection.recognizers.number_scan import NumberScan
from privacy.detection.recognizers.recognizer import REASON_KEY, GatedRecognizer
from privacy.detection.recognizers.registry import registry
from privacy.detection.spans import Reason, Span
from privacy.detection.spoken import readings

_OVERLAP_CHARACTERS = 256
_SAMPLE = "Hello, my name is Ada Lovelace."


class BlockReader:
    """Finds personal data in blocks of folded text; not safe to share between threads.

    Args:
        config: What to look for, and with which models.

    Raises:
        ConfigurationError: A model is not installed as configured.
    """

    def __init__(self, config: DetectionConfig) -> None:
        self.config = config
        self._cascade = Cascade(config.models)
        self._recognizers: list[GatedRecognizer] = [
            one
            for one in registry(config.phone_regions).recognizers
            if isinstance(one, GatedRecognizer) and self._is_wanted(one.entity, 1.0)
        ]
        numbers = [one for one in self._recognizers if isinstance(one, NationalNumber)]
        others = [one for one in self._recognizers if not isinstance(one, NationalNumber)]
        self._numbers = NumberScan(numbers, config.threshold, config.phone_regions)
        self._gate = Gate(others, config.threshold)
        self._enhancer = WindowEnhancer()

    def warm(self, languages: Sequence[str]) -> None:
        """Load what texts of some languages need, so that the first of them need not wait for it."""
        detect_languages([_SAMPLE])
        self._cascade.warm(languages)
        self.read([(language, _SAMPLE) for language in languages])

    def read(self, blocks: Sequence[tuple[str, str]]) -> list[list[Span]]:
        """Read blocks, long ones in pieces.

        Args:
            blocks: (BCP 47 primary tag, text) of each.

        Returns:
            Of each, spans in any order, overlaps allowed.
        """
        pieces = [
            (owner, start, piece)
            for owner, (_, text) in enumerate(blocks)
            for start, piece in self._pieces(text)
        ]
        finds: list[list[Span]] = [[] for _ in blocks]
        patterns = [
            [*self._patterns(piece, blocks[owner][0]), *self._spelled(piece, blocks[owner][0])]
            for owner, _, piece in pieces
        ]
        entities = self._entities(
            [(blocks[owner][0], piece) for owner, _, piece in pieces], patterns
        )
        for (owner, offset, _), named, matched in zip(pieces, entities, patterns, strict=True):
            for span in (*named, *matched):
                finds[owner].append(span._replace(start=span.start + offset, end=span.end + offset))
        return finds

    def _spelled(self, text: str, language: str) -> list[Span]:
        """Find what is there once numbers and addresses that are spelled out are written."""
        return [
            span
            for reading in readings(text)
            for span in reading.back(self._patterns(reading.folded.text, language))
            if self._is_wanted(span.entity, span.score)
        ]

    def _pieces(self, text: str) -> Iterator[tuple[int, str]]:
        """Cut a long text where blanks are, with an overlap no single find is longer than."""
        size = self.config.chunk_characters
        start = 0
        while len(text) - start > size:
            cut = text.rfind(" ", start + size // 2, start + size)
            end = cut if cut > 0 else start + size
            yield start, text[start:end]
            start = end - min(_OVERLAP_CHARACTERS, size // 4)
        yield start, text[start:]

    def _entities(
        self, pieces: Sequence[tuple[str, str]], patterns: Sequence[Sequence[Span]]
    ) -> list[list[Span]]:
        """Read pieces with the readers of their languages, each part with those of its own."""
        parts = [
            (at, part)
            for at, (language, text) in enumerate(pieces)
            for part in in_languages(language, text)
        ]
        read = self._cascade.read(
            [(part.language, pieces[at][1][part.start : part.end]) for at, part in parts],
            [_within(patterns[at], part) for at, part in parts],
        )
        found: list[list[Span]] = [[] for _ in pieces]
        for (at, part), spans in zip(parts, read, strict=True):
            found[at] += [
                span._replace(start=span.start + part.start, end=span.end + part.start)
                for span in spans
                if self._is_wanted(span.entity, span.score)
            ]
        return found

    def _patterns(self, text: str, language: str) -> list[Span]:
        numbers = [
            span
            for span in self._numbers.find(text, language)
            if self._is_wanted(span.entity, span.score)
        ]
        raw: list[RecognizerResult] = []
        for recognizer, patterns in self._gate.open_to(text):
            raw.extend(
                recognizer.analyze_in(text, language)
                if patterns is None
                else recognizer.read(text, patterns)
            )
        if not raw:
            return numbers
        self._enhancer.enhance_using_context(text, raw, None, self._recognizers)
        return numbers + [
            Span(
                one.start,
                one.end,
                one.entity_type,
                one.score,
                one.recognition_metadata[RecognizerResult.RECOGNIZER_NAME_KEY],
                self._reason(one),
            )
            for one in raw
            if self._is_wanted(one.entity_type, one.score)
        ]

    @staticmethod
    def _reason(result: Any) -> str:
        return str(result.recognition_metadata.get(REASON_KEY, Reason.PATTERN))

    def _is_wanted(self, entity: str, score: float) -> bool:
        config = self.config
        return (
            score >= config.threshold
            and entity not in config.left_alone
            and (not config.entities or entity in config.entities)
        )


def _within(spans: Sequence[Span], part: Segment) -> Sequence[Span]:
    """Give what was found in a part of a text, with offsets in that part."""
    if not part.start:
        return spans
    return [
        span._replace(start=max(0, span.start - part.start), end=span.end - part.start)
        for span in spans
        if part.start < span.end and span.start < part.end
    ]
