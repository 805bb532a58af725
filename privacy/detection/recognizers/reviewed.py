"""A recognizer whose finds are looked over one by one: trimmed, graded or let go.

For what a regular expression finds quickly and a dictionary decides: a word beside a number is a
month or it is not. It keeps four hundred names of months out of the pattern.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from presidio_analyzer import RecognizerResult

from privacy.detection.recognizers.recognizer import GatedRecognizer

Verdict = tuple[int, int, float]
"""Start, end and score of a find."""

Review = Callable[[re.Match[str]], Verdict | None]


class ReviewedRecognizer(GatedRecognizer):
    """Finds by pattern what a function then judges.

    Args:
        entity: The type it reports.
        patterns: Regular expression to the score a find has at best.
        review: Gives a match's place and score, or None to let it go.
        settings: As of `GatedRecognizer`.
    """

    def __init__(
        self,
        entity: str,
        patterns: Sequence[tuple[str, float]],
        *,
        review: Review,
        **settings: Any,
    ) -> None:
        super().__init__(entity, patterns, **settings)
        self._review = review

    def read(self, text: str, patterns: Iterable[int]) -> list[RecognizerResult]:
        """Find it in one text by some of its patterns, given by their places."""
        results = []
        for place in patterns:
            pattern, compiled = self._compiled[place]
            for match in compiled.finditer(text):
                verdict = self._review(match)
                if verdict is not None:
                    start, end, score = verdict
                    results.append(self.result(start, end, score, self.reason, pattern.name))
        return results
