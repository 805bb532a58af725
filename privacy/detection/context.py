"""Context words: a find is likelier when the right word stands near it."""

from collections.abc import Iterable, Sequence
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer

from privacy.detection.folding import lowered
from privacy.detection.recognizers.recognizer import REASON_KEY, GatedRecognizer
from privacy.detection.spans import Reason


class WindowEnhancer(ContextAwareEnhancer):
    """Raise a find's score when a context word of its recognizer stands in a window around it.

    Presidio's own enhancer counts lemmas of a model; this one counts characters, so that it works
    where no model reads the language, and in Chinese, where blanks divide no words.
    """

    def __init__(self, raised_by: float = 0.35, raised_to: float = 0.45) -> None:
        super().__init__(
            context_similarity_factor=raised_by,
            min_score_with_context_similarity=raised_to,
            context_prefix_count=0,
            context_suffix_count=0,
        )
        self._recognizers: Iterable[EntityRecognizer] = ()
        self._by_id: dict[str, GatedRecognizer] = {}

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: Any = None,
        recognizers: Iterable[EntityRecognizer] = (),
        context: Sequence[str] | None = None,
    ) -> list[RecognizerResult]:
        """Raise scores in place and give the same list."""
        if not raw_results:
            return raw_results
        if recognizers is not self._recognizers:
            self._recognizers = recognizers
            self._by_id = {one.id: one for one in recognizers if isinstance(one, GatedRecognizer)}
        small = lowered(text)
        for result in raw_results:
            metadata = result.recognition_metadata
            recognizer = self._by_id.get(metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY])
            if recognizer is None or recognizer.context_pattern is None:
                continue
            before = small[max(0, result.start - recognizer.window) : result.start]
            after = small[result.end : result.end + recognizer.window // 3]
            if recognizer.context_pattern.search(before) or recognizer.context_pattern.search(
                after
            ):
                if result.score < self.min_score_with_context_similarity:
                    metadata[REASON_KEY] = Reason.CONTEXT
                result.score = min(
                    self.MAX_SCORE,
                    max(
                        result.score + self.context_similarity_factor,
                        self.min_score_with_context_similarity,
                    ),
                )
        return raw_results
