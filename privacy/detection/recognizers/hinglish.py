"""Hindi names in Latin letters, which no language router tells from other languages."""

from collections.abc import Sequence
from typing import Any

from presidio_analyzer import RecognizerResult

from privacy.detection.grammar import GrammarReader
from privacy.detection.hinglish import latin_reader
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_NAME = r"\bna{1,2}m (?P<value>[a-z]{3,20})(?= hai\b)"


class HinglishNames(GatedRecognizer):
    """Asks the grammar of Hindi in Latin letters, where a text has one of its commonest words."""

    def __init__(self) -> None:
        super().__init__(
            "PERSON",
            [(_NAME, 0.8)],
            name="HinglishNames",
            words=(" hai", "naam", " nahi", " bol ra", " raha", " rahi", " ji ", " bhai ", "mera "),
            reason=Reason.CUE,
        )
        self._reader: GrammarReader | None = None

    def analyze(
        self,
        text: str,
        entities: Sequence[str] | None = None,
        nlp_artifacts: Any = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """Find names in one text."""
        if self._reader is None:
            self._reader = latin_reader(is_hindi=False)
        return [
            self.result(span.start, span.end, span.score, Reason(span.reason))
            for span in self._reader.read([text])[0]
        ]


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [HinglishNames()]
