"""Phone numbers: candidates are cut out once, then read in each likely region."""

import re
from collections.abc import Sequence
from typing import Any

import phonenumbers
from presidio_analyzer import RecognizerResult

from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

CONTEXT = (
    "phone", "tel", "telephone", "mobile", "cell", "call me", "call us", "call", "fax", "whatsapp", "sms", "text me",
    "ring", "reach me", "contact number", "handy", "telefon", "rufnummer", "mobil", "téléphone", "portable",
    "appelez", "teléfono", "telefono", "móvil", "celular", "llámame", "cellulare", "chiamami", "telefoon",
    "mobiel", "bel me", "komórka", "zadzwoń", "telefone", "ligar", "ligue", "zap",
    "erreich", "anrufen", "rufen sie", "ruf mich", "joindre", "rappel", "llame", "llám", "localiza", "chiam",
    "trova al", "trovate al", "raggiung", "dzwoni", "na numer", "pod numerem", "bereik",
    "电话", "手机", "号码", "联系方式", "電話", "携帯", "전화", "휴대폰", "연락처",
)  # fmt: skip

_CANDIDATE = (
    r"(?<![\w.,:/$€£¥#-])(?:\+|00)?\(?\d[\d ()./\u00a0-]{4,20}\d(?:(?: ?(?:x|ext\.?|#) ?)\d{1,6})?"
    r"(?![\w]|[.,:/-]\d)"
)
_DATE_LIKE = re.compile(
    r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})"
    r"|\d{4} ?- ?\d{4})(?: .*)?"
)
_SEPARATED = re.compile(r"\d[ ()./-]+\d")
_TWO_NUMBERS = re.compile(r"\s{2,}|\n")


class PhoneNumbers(GatedRecognizer):
    """Phone numbers of the given regions, and of any country when written with its code."""

    def __init__(self, regions: Sequence[str]) -> None:
        super().__init__(
            "PHONE_NUMBER",
            [(_CANDIDATE, 0.5)],
            name="PhoneNumbers",
            context=CONTEXT,
            min_digits=7,
            window=45,
        )
        self._regions = tuple(regions)
        self._candidates = self._compiled[0][1]

    def analyze(
        self,
        text: str,
        entities: Sequence[str] | None = None,
        nlp_artifacts: Any = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """Find numbers in one text, without regard to context."""
        results = []
        for match in self._candidates.finditer(text):
            value = match[0].rstrip("(./- ")
            if _TWO_NUMBERS.search(value) or _DATE_LIKE.fullmatch(value):
                continue
            score, reason = self.grade(value, 0.5)
            if score > 0:
                start = match.start()
                results.append(self.result(start, start + len(value), score, reason))
        return results

    def grade(self, value: str, score: float) -> tuple[float, Reason]:
        """Say how sure the form of a number makes it, from its country code down to bare digits."""
        digits = re.sub(r"\D", "", value)
        if not 7 <= len(digits) <= 15 or len(set(digits)) < 3:
            return 0.0, Reason.PATTERN
        if value.startswith(("+", "00")):
            international = value if value[0] == "+" else "+" + value[2:]
            if self._is_valid(international, None):
                return (0.95, Reason.CHECKSUM) if value[0] == "+" else (0.5, Reason.PATTERN)
            if value[0] == "+":
                return 0.6, Reason.PATTERN
        is_separated = bool(_SEPARATED.search(value))
        is_shaped = is_separated and (value[0] in "0(" or "(" in value)
        if not is_separated:
            # Any order number is somebody's phone number somewhere: only a word nearby tells.
            return 0.3, Reason.PATTERN
        if is_shaped and len(digits) >= 8:
            return 0.5, Reason.PATTERN
        if any(self._is_valid(value, region) for region in self._regions):
            return 0.5, Reason.PATTERN
        return 0.3, Reason.PATTERN

    @staticmethod
    def _is_valid(value: str, region: str | None) -> bool:
        try:
            return bool(phonenumbers.is_valid_number(phonenumbers.parse(value, region)))
        except phonenumbers.NumberParseException:
            return False


class ChineseMobiles(GatedRecognizer):
    """Eleven digits that begin 13 to 19: a mobile number wherever Chinese is written around it."""

    def __init__(self) -> None:
        super().__init__(
            "PHONE_NUMBER",
            [
                (r"(?<=[\u3000-\u9fff])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![\d.-])", 0.6),
                (r"(?<![\d.-])1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?=[\u3000-\u9fff])", 0.6),
                (r"(?<![\w.-])1[3-9]\d([ -])\d{4}\1\d{4}(?![\w.-])", 0.6),
            ],
            name="ChineseMobiles",
            context=CONTEXT,
            min_digits=11,
        )


def recognizers(regions: Sequence[str]) -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    return [PhoneNumbers(regions), ChineseMobiles()]
