"""Finds personal data in texts: folds, reads in batches, asks every recognizer, maps back.

Presidio supplies recognizers, registry and context enhancement; its `AnalyzerEngine` is not used,
because it runs everything on every text.
"""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any

from presidio_analyzer import RecognizerResult

from privacy.detection.config import DetectionConfig
from privacy.detection.context import WindowEnhancer
from privacy.detection.folding import Folded, fold
from privacy.detection.known import find_known
from privacy.detection.readers.cascade import Cascade
from privacy.detection.recognizers.gate import Gate
from privacy.detection.recognizers.recognizer import REASON_KEY, GatedRecognizer
from privacy.detection.recognizers.registry import registry
from privacy.detection.spans import Reason, Span, resolve

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
        self._gate = Gate(self._recognizers, config.threshold)
        self._enhancer = WindowEnhancer()
        self._cache: OrderedDict[bytes, tuple[Span, ...]] = OrderedDict()
        self._cache_key = secrets.token_bytes(32)

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
        folded = [fold(text) for text in texts]
        primary = [(language or "und").split("-")[0].lower() for language in languages]
        keys = [
            hashlib.blake2b(
                f"{language}\0{one}".encode("utf-8", "surrogatepass"),
                key=self._cache_key,
                digest_size=16,
            ).digest()
            for one, language in zip(texts, primary, strict=True)
        ]
        fresh: dict[bytes, int] = {}
        results: dict[bytes, tuple[Span, ...]] = {}
        for position, key in enumerate(keys):
            if key in results or key in fresh:
                continue
            if key in self._cache:
                self._cache.move_to_end(key)
                results[key] = self._cache[key]
            else:
                fresh[key] = position
        positions = list(fresh.values())
        found = self._read([folded[at] for at in positions], [primary[at] for at in positions])
        for key, spans in zip(fresh, found, strict=True):
            results[key] = spans
            self._remember(key, spans)
        answers = []
        for position, key in enumerate(keys):
            spans = results[key]
            if known is not None and known[position]:
                spans += tuple(find_known(folded[position], known[position]))
            answers.append(resolve(spans))
        return answers

    def _remember(self, key: bytes, spans: tuple[Span, ...]) -> None:
        if not self.config.cached_texts:
            return
        self._cache[key] = spans
        if len(self._cache) > self.config.cached_texts:
            self._cache.popitem(last=False)

    def _read(self, texts: Sequence[Folded], languages: Sequence[str]) -> list[tuple[Span, ...]]:
        pieces = [
            (owner, start, piece)
            for owner, folded in enumerate(texts)
            for start, piece in self._pieces(folded.text)
        ]
        finds: list[list[Span]] = [[] for _ in texts]
        entities = self._entities([(languages[owner], piece) for owner, _, piece in pieces])
        for (owner, offset, piece), named in zip(pieces, entities, strict=True):
            origin = texts[owner]
            for start, end, entity, score, recognizer, reason in (*named, *self._patterns(piece)):
                finds[owner].append(
                    Span(
                        *origin.original(start + offset, end + offset),
                        entity,
                        score,
                        recognizer,
                        reason,
                    )
                )
        return [tuple(one) for one in finds]

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

    def _entities(self, pieces: Sequence[tuple[str, str]]) -> list[list[Span]]:
        """Read pieces with the readers of their languages."""
        return [
            [span for span in spans if self._is_wanted(span.entity, span.score)]
            for spans in self._cascade.read(pieces)
        ]

    def _patterns(self, text: str) -> list[Span]:
        raw: list[RecognizerResult] = []
        for recognizer, patterns in self._gate.open_to(text):
            raw.extend(
                recognizer.analyze(text) if patterns is None else recognizer.read(text, patterns)
            )
        if not raw:
            return []
        self._enhancer.enhance_using_context(text, raw, None, self._recognizers)
        return [
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
