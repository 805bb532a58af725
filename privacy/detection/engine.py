"""Finds personal data in texts: folds, reads in batches, asks every recognizer, maps back.

Presidio supplies recognizers, registry and context enhancement; its `AnalyzerEngine` is not used,
because it runs everything on every text.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from presidio_analyzer import RecognizerResult

from privacy.detection.address_parts import in_parts
from privacy.detection.blocks import Block, blocks_of
from privacy.detection.config import DetectionConfig
from privacy.detection.context import WindowEnhancer
from privacy.detection.folding import Folded, fold
from privacy.detection.known import find_known
from privacy.detection.language import Segment
from privacy.detection.mixed import in_languages
from privacy.detection.readers.cascade import Cascade
from privacy.detection.recognizers.gate import Gate
from privacy.detection.recognizers.number import NationalNumber
from privacy.detection.recognizers.number_scan import NumberScan
from privacy.detection.recognizers.recognizer import REASON_KEY, GatedRecognizer
from privacy.detection.recognizers.registry import registry
from privacy.detection.remembered import Remembered
from privacy.detection.spans import Reason, Span, resolve, tidied
from privacy.detection.spoken import readings

Known = Sequence[tuple[str, str]]
_OVERLAP_CHARACTERS = 256


class Detector:
    """Finds personal data; not safe to share between threads.

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
        self._texts = Remembered(config.cached_texts)
        self._blocks = Remembered(config.cached_texts)

    def detect(
        self,
        texts: Sequence[str],
        languages: Sequence[str | None],
        known: Sequence[Known] | None = None,
    ) -> list[list[Span]]:
        """Find personal data in texts.

        Args:
            texts: Any text, hostile ones too.
            languages: BCP 47 of each text; None or ``und`` where it is not known.
            known: Of each text, (entity, value) pairs that are certainly personal, such as the
                participants' names and handles.

        Returns:
            Of each text, spans in code points of that text, in order, without overlaps.
        """
        primary = [(language or "und").split("-")[0].lower() for language in languages]
        keys = [self._texts.key(*pair) for pair in zip(texts, primary, strict=True)]
        results: dict[bytes, tuple[Span, ...]] = {}
        fresh: dict[bytes, int] = {}
        for position, key in enumerate(keys):
            if key in results or key in fresh:
                continue
            spans = self._texts.get(key)
            if spans is None:
                fresh[key] = position
            else:
                results[key] = spans
        folded = {at: fold(texts[at]) for at in fresh.values()}
        found = self._read(list(folded.values()), [primary[at] for at in folded])
        for key, spans in zip(fresh, found, strict=True):
            results[key] = spans
            self._texts.put(key, spans)
        answers = []
        for position, key in enumerate(keys):
            spans = results[key]
            if known is not None and known[position]:
                text = folded.get(position) or fold(texts[position])
                spans += tuple(find_known(text, known[position]))
            answers.append(in_parts(texts[position], tidied(texts[position], resolve(spans))))
        return answers

    def _read(self, texts: Sequence[Folded], languages: Sequence[str]) -> list[tuple[Span, ...]]:
        """Read each text's blocks, those not seen before, and say where in the text the finds are."""
        owned: list[tuple[int, Block, bytes]] = []
        for owner, (folded, language) in enumerate(zip(texts, languages, strict=True)):
            for block in blocks_of(folded.text):
                owned.append((owner, block, self._blocks.key(block.text, language)))
        fresh: dict[bytes, tuple[str, str]] = {}
        results: dict[bytes, tuple[Span, ...]] = {}
        for owner, block, key in owned:
            if key not in results and key not in fresh:
                spans = self._blocks.get(key)
                if spans is None:
                    fresh[key] = (languages[owner], block.text)
                else:
                    results[key] = spans
        for key, found in zip(fresh, self._read_blocks(list(fresh.values())), strict=True):
            results[key] = tuple(found)
            self._blocks.put(key, results[key])
        finds: list[list[Span]] = [[] for _ in texts]
        for owner, block, key in owned:
            for span in results[key]:
                start, end = texts[owner].original(*block.original(span.start, span.end))
                finds[owner].append(span._replace(start=start, end=end))
        return [tuple(one) for one in finds]

    def _read_blocks(self, blocks: Sequence[tuple[str, str]]) -> list[list[Span]]:
        """Read (language, text) pairs, long ones in pieces."""
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
