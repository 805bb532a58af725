r"""The form every recognizer here has: a Presidio pattern recognizer that is gated and graded.

Gated: a pattern runs only on a text that has what it cannot do without, and the total cost of a text
does not grow with the number of recognizers. Digits and literal words are read off the pattern (see
`privacy.detection.recognizers.necessities`), so a pattern with a fixed word in every branch (``mr``,
``my name is``), or enough digits, needs no declaration. Where neither is in the pattern, declare
`needs`, `words` or `min_digits`. A pattern that scores below the threshold runs only on a text with
one of its context words. A recognizer with its own `analyze` is gated by what it declares alone.
Graded: a checksum raises the score to what that checksum is worth, not always to 1. One digit in
ten passes a mod-10 check by chance, so such a number still needs a context word (`requires`).
Patterns are compiled for ASCII, so ``\\b`` and ``\\d`` see a border between Chinese and a digit.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from presidio_analyzer import AnalysisExplanation, Pattern, PatternRecognizer, RecognizerResult

from privacy.detection.spans import Reason

ANY_LANGUAGE = "xx"
"""What Presidio's registry files a recognizer under that runs whatever the language."""

REASON_KEY = "reason"
WEAK = 0.3
"""Below every threshold: counts only where a context word stands nearby."""

UNBORDERED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff\u0590-\u06ff]")
"""Scripts whose words touch what stands before them: no blanks, or prefixed particles."""


@lru_cache(maxsize=8192)
def _compile(regex: str, flags: int) -> re.Pattern[str]:
    """Compile once a process: Python's own cache is smaller than what is written here."""
    return re.compile(regex, flags)


class _Written(Pattern):
    """A pattern as Presidio keeps it.

    Presidio's own constructor compiles it a first time, with another engine, to see whether it is
    valid; that took two thirds of a detector's start.
    """

    def __init__(self, name: str, regex: str, score: float) -> None:
        self.name = name
        self.regex = regex
        self.score = score
        self.compiled_regex = None
        self.compiled_with_flags = None


def context_pattern(words: Sequence[str]) -> re.Pattern[str] | None:
    """Compile context words to one pattern, matched on lower-case text.

    A word matches at the start of a word (``passport`` also in ``passports``); one of six letters
    and more anywhere (``nummer`` in ``Rechnungsnummer``); one of a script whose words touch
    (Chinese, Japanese, Korean, Thai, Arabic, Hebrew) anywhere; and any other of three letters and
    fewer only as a whole word.
    """
    if not words:
        return None
    parts = []
    for word in words:
        quoted = re.escape(word.lower())
        if UNBORDERED.search(word) or len(word) >= 6:
            parts.append(quoted)
        elif len(word) <= 3:
            parts.append(rf"(?<![^\W_]){quoted}(?![^\W_])")
        else:
            parts.append(rf"(?<![^\W_]){quoted}")
    return _compile("|".join(parts), 0)


class GatedRecognizer(PatternRecognizer):
    """One kind of personal data, found by pattern, then by checksum and context.

    Args:
        entity: The type it reports.
        patterns: Regular expression to score. What is in a group called ``value`` is the find; the
            whole match where there is no such group.
        context: Words of any language that make a find likelier when they stand near it.
        check: Tells whether the digits and letters of a find satisfy its checksum; a find that
            does not is dropped.
        checked_score: What a find is worth that satisfies it, without context.
        needs: Characters of which the text must hold at least one.
        words: Of which the text must hold at least one, in any case.
        min_digits: Digits the text must hold.
        is_east_asian: Only for texts with Chinese, Japanese or Korean in them.
        window: Characters before a find, and a third of it after, where context counts.
        is_case_sensitive: Capital letters are part of the pattern.
    """

    def __init__(
        self,
        entity: str,
        patterns: Sequence[tuple[str, float]],
        *,
        name: str | None = None,
        context: Sequence[str] = (),
        check: Callable[[str], bool] | None = None,
        checked_score: float = 1.0,
        needs: str = "",
        words: Sequence[str] = (),
        min_digits: int = 0,
        is_east_asian: bool = False,
        window: int = 60,
        is_case_sensitive: bool = False,
        is_unicode: bool = False,
        reason: Reason = Reason.PATTERN,
    ) -> None:
        label = name or entity.title().replace("_", "")
        named: list[Pattern] = [
            _Written(f"{label} {number}", regex, score)
            for number, (regex, score) in enumerate(patterns, 1)
        ]
        super().__init__(
            supported_entity=entity,
            name=label,
            supported_language=ANY_LANGUAGE,
            patterns=named,
            context=list(context),
        )
        flags = (re.NOFLAG if is_unicode else re.ASCII) | re.MULTILINE
        if not is_case_sensitive:
            flags |= re.IGNORECASE
        self.entity = entity
        self.label = label
        self.window = window
        self.context_pattern = context_pattern(context)
        self._check = check
        self._checked_score = checked_score
        self.needs = frozenset(needs)
        self.words = tuple(words)
        self.min_digits = min_digits
        self.is_east_asian = is_east_asian
        self._alone = checked_score if check else max(score for _, score in patterns)
        self._reason = reason
        self._compiled = [(pattern, _compile(pattern.regex, int(flags))) for pattern in named]

    @property
    def compiled(self) -> list[tuple[float, re.Pattern[str]]]:
        """Give each pattern with what a find by it is worth at best with no context word near it."""
        is_own = self._check is not None or type(self).grade is not GatedRecognizer.grade
        return [
            (self._alone if is_own else pattern.score, compiled)
            for pattern, compiled in self._compiled
        ]

    @property
    def has_checksum(self) -> bool:
        """Tell whether a find must satisfy a checksum, or another check of its own."""
        return self._check is not None

    @property
    def alone(self) -> float:
        """Give what a find is worth at best with no context word near it."""
        return self._alone

    @property
    def reason(self) -> Reason:
        """Give what a find that no checksum decides is put down to."""
        return self._reason

    def passes(self, value: str) -> bool:
        """Tell whether a find satisfies its check; one that the check stumbles over does not."""
        try:
            return self._check is None or bool(self._check(value))
        except (ArithmeticError, LookupError, TypeError, ValueError):
            return False

    def grade(self, value: str, score: float) -> tuple[float, Reason]:
        """Give a find's score, 0 to drop it, and the reason."""
        if self._check is None:
            return score, self._reason
        if not self.passes(value):
            return 0.0, Reason.CHECKSUM
        return self._checked_score, Reason.CHECKSUM

    def analyze(
        self,
        text: str,
        entities: Sequence[str] | None = None,
        nlp_artifacts: Any = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """Find it in one text, without regard to context."""
        return self.read(text, range(len(self._compiled)))

    def analyze_in(self, text: str, language: str) -> list[RecognizerResult]:
        """Find it in one text of a language (BCP 47 primary), for those whom that tells something."""
        return self.analyze(text)

    def read(self, text: str, patterns: Iterable[int]) -> list[RecognizerResult]:
        """Find it in one text by some of its patterns, given by their places."""
        results = []
        for place in patterns:
            pattern, compiled = self._compiled[place]
            group = compiled.groupindex.get("value", 0)
            for match in compiled.finditer(text):
                start, end = match.span(group)
                if start >= end:
                    continue
                score, reason = self.grade(text[start:end], pattern.score)
                if score > 0:
                    results.append(self.result(start, end, score, reason, pattern.name))
        return results

    def result(
        self, start: int, end: int, score: float, reason: Reason, pattern: str = ""
    ) -> RecognizerResult:
        """Make Presidio's form of a find, which says why."""
        return RecognizerResult(
            self.entity,
            start,
            end,
            score,
            AnalysisExplanation(recognizer=self.label, original_score=score, pattern_name=pattern),
            {
                RecognizerResult.RECOGNIZER_NAME_KEY: self.label,
                RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                REASON_KEY: reason,
            },
        )
