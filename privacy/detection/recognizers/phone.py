"""Phone numbers: candidates are cut out once, then judged by numbering plans and by words."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from presidio_analyzer import RecognizerResult

from privacy.detection.folding import lowered
from privacy.detection.recognizers.document_words import (
    DRIVER,
    HEALTH,
    IDENTITY,
    PASSPORT,
    SOCIAL,
    TAX,
)
from privacy.detection.recognizers.numbering_plans import (
    REGIONS,
    is_any_national,
    is_international,
)
from privacy.detection.recognizers.phone_words import CONTEXT
from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.recognizers.rivals import AMOUNT_AFTER, AMOUNT_BEFORE, NOT_PHONES
from privacy.detection.recognizers.vocabulary import Vocabulary
from privacy.detection.spans import Reason

_SEPARATOR = r"(?:- ?|[.·]|/ ?|\)[-. /]{0,2}| ?\(| - | / ?| )?"
_CANDIDATE = (
    r"(?<![A-Za-z0-9_+$€£¥₹#=&%@-])(?<![0-9][.,:/])"
    rf"(?:\+ ?)?\(?\+?\d(?:{_SEPARATOR}\d){{4,18}}"
    r"(?! ?[%°])(?![a-wyz0-9_]|[.,:/-]\d)"
    r"(?P<extension>,? ?(?:x|ext\.?|extension|durchwahl|poste|interno|int\.|ramal|доб\.?|вн\.?|内線|分机|转) ?\d{1,6}(?!\d))?"
)
_LINK = r"(?:tel:|callto:|sms:|wa\.me/|whatsapp\.com/send/?\?phone=|viber://\S{0,20}number=)(?P<value>(?:\+|%2B)?\d[\d().-]{5,18}\d)(?!\d)"
_CUE = (
    r"(?<![^\W_])(?:tel(?:\.|efon\w*|éfono|ephone|éphone|efone|p\.?)?|phone|mob(?:ile|il)?|cell|fax|тел(?:ефон)?|τηλ|call me(?: (?:at|on))?)"
    r"(?: ?(?:number|no|nr|num|№|#)\.?)?(?: (?:is|ist|est|es|é|è|to))?[ .:]{1,3}(?P<value>\d[\d -]{2,6}\d)(?![\w]|[.,:/-]\d| ?[%€$])"
)
_NOT_NUMBERS = re.compile(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?: .*)?|\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})(?: .*)?"  # dates
    r"|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d|(?:19|20)\d\d [0-3]?\d [0-3]?\d"  # years
    r"|\d{1,7}/(?:(?:19|20)\d\d|\d\d)"  # files of courts
    r"|\d{1,3}(?:\.\d{1,3}){3}"  # network addresses
    r"|\d{1,3}\.\d{3,} \d{1,3}\.\d{3,}"  # coordinates
    r"|\d{4}(?:[ -]\d{4}){3}"  # cards
    r"|\d{1,3} ?[-/] ?\d{1,3}(?: ?[-/] ?\d{1,3})?"  # sizes, scores
)
_AMOUNTS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,2} \d{3} \d{3}|\d{4}-\d{4}")
# Rows of figures: decimals, dates, single digits, cards.
_ROWS = re.compile(
    r"\d\.\d.* | .*\d\.\d|\d{4}-\d\d-\d\d|(?<!\d)\d [\d.]{1,5} \d(?!\d)|\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}|(?<=\d) \d(?![\d)])"
    r"|^\d{1,2} \d{1,2}(?: \d{1,3})? (?:19|20)\d\d"
)
_LINE_END = re.compile(
    r" ?[-:(]? ?(?:(?:office|desk|home|work|direct|main|büro|privat|dienstlich|bureau|domicile|oficina|casa|ufficio|trabajo"
    r"|escritório|kantoor|thuis|biuro|dom|работа|дом|iş|ev|kantor|rumah)\)?)?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_PAIRS = re.compile(r"0?\d\d?([-. ])\d\d(?:\1\d\d){2,3}")
_SEPARATED = re.compile(r"\d[ ()./·-]+\d")
_GROUP = re.compile(r"\d+")
_LEAST, _MOST, _LONGEST = 7, 15, 13
_BEFORE = 25
_ALONE = 0.42


class PhoneNumbers(GatedRecognizer):
    """Phone numbers of the given regions and of the text's language, and of any country with its code."""

    def __init__(self, regions: Sequence[str]) -> None:
        super().__init__(
            "PHONE_NUMBER",
            [(_CANDIDATE, 0.5)],
            name="PhoneNumbers",
            context=CONTEXT,
            min_digits=5,
            window=45,
        )
        self._regions = tuple(regions)
        self._candidates = self._compiled[0][1]
        papers = (
            word
            for kind in (PASSPORT, DRIVER, IDENTITY, TAX, SOCIAL, HEALTH)
            for words in kind.values()
            for word in words
        )
        self._rivals = Vocabulary(dict.fromkeys((*NOT_PHONES, *papers), 1))

    def analyze(
        self,
        text: str,
        entities: Sequence[str] | None = None,
        nlp_artifacts: Any = None,
        regex_flags: int | None = None,
    ) -> list[RecognizerResult]:
        """Find numbers in one text, without regard to context."""
        return self.analyze_in(text, "und")

    def analyze_in(self, text: str, language: str) -> list[RecognizerResult]:
        """Find numbers in one text, reading national ones as the language's people write them."""
        home = REGIONS.get(language, ())
        small = ""
        results = []
        for match in self._candidates.finditer(text):
            start = match.start()
            value = match[0].rstrip("(./- ")
            if AMOUNT_AFTER.match(text, match.end()) or AMOUNT_BEFORE.search(
                text[max(0, start - 6) : start]
            ):
                continue
            offset, value, score, reason = self._best(value, match["extension"] or "", home)
            if score <= 0:
                continue
            is_written = _SEPARATED.search(value) and not _ROWS.search(value)
            if score < _ALONE and is_written and _is_line(text, start, match.end()):
                score = _ALONE  # as in a signature
            if (
                value[0] != "+"
                and start > 1
                and text[start - 1] == " "
                and text[start - 2].isdigit()
            ):
                score = min(score, 0.3)  # the end of a row of figures
            if value[0] not in "+(" and reason is not Reason.CHECKSUM:
                small = small or lowered(text)
                if self._rivals.speaks_for(small[max(0, start - _BEFORE) : start]):
                    score = min(score, 0.05)
            begin = start + offset
            results.append(self.result(begin, begin + len(value), score, reason))
        return results

    def _best(
        self, value: str, extension: str, home: Sequence[str]
    ) -> tuple[int, str, float, Reason]:
        """Grade a candidate, or what is left of it without a group of digits before or after."""
        offset, whole = 0, value
        score, reason = self._grade(value.removesuffix(extension), home)
        is_doubtful = "+" in value[:2] and reason is not Reason.CHECKSUM
        if (score >= 0.4 and not is_doubtful) or extension or _ROWS.search(value):
            return offset, value, score, reason
        for start, end in _parts(whole):
            shorter = whole[start:end]
            better, why = self._grade(shorter, home)
            if better >= 0.5 and better > score:
                offset, value, score, reason = start, shorter, better, why
        return offset, value, score, reason

    def _grade(self, value: str, home: Sequence[str]) -> tuple[float, Reason]:
        """Say how sure the form of a number makes it, from its country code down to bare digits."""
        digits = "".join(_GROUP.findall(value))
        count = len(digits)
        if count > _MOST + 2 or len(set(digits)) < 3:
            return 0.0, Reason.PATTERN
        if "+" in value[:2]:
            without = digits
            if "(0)" in value:
                without = "".join(_GROUP.findall(value.replace("(0)", "", 1)))
            if is_international(without):
                return 0.95, Reason.CHECKSUM
            if digits[0] == "0" or _ROWS.search(value):
                return 0.0, Reason.PATTERN
            return (0.6 if 5 <= count <= _MOST else 0.0), Reason.PATTERN
        groups = _GROUP.findall(value)
        if count > _MOST or _NOT_NUMBERS.fullmatch(value) or max(map(len, groups)) > _LONGEST:
            return 0.0, Reason.PATTERN
        if _ROWS.search(value):
            return (0.3 if count >= 9 else 0.0), Reason.PATTERN
        if _AMOUNTS.fullmatch(value):
            return (0.3 if is_any_national(digits, home or self._regions) else 0.1), Reason.PATTERN
        is_home = bool(home) and is_any_national(digits, home)
        if not _SEPARATED.search(value):
            # Any order number is somebody's phone number somewhere: only a word nearby tells.
            is_telling = is_home and count >= 10 and digits[0] == "0"
            return (0.5 if is_telling else 0.3 if count >= _LEAST else 0.0), Reason.PATTERN
        if digits.startswith("00") and is_international(digits[2:]):
            return 0.7, Reason.PATTERN
        if digits.startswith("011") and count > 11 and is_international(digits[3:]):
            return 0.7, Reason.PATTERN
        if is_home:
            return (0.6 if count >= _LEAST else 0.3), Reason.PATTERN
        if is_any_national(digits, self._regions):
            return (0.5 if count >= _LEAST else 0.3), Reason.PATTERN
        if count >= 8 and (value[0] in "0(" or "(" in value or _PAIRS.fullmatch(value)):
            return 0.45, Reason.PATTERN
        if count >= 11 and len(groups) > 2 and is_international(digits):
            return 0.4, Reason.PATTERN
        return (0.3 if count >= _LEAST else 0.2), Reason.PATTERN


def _is_line(text: str, start: int, end: int) -> bool:
    """Tell whether a number is all of its line, but for whose desk it stands on."""
    return (start == 0 or text[start - 1] == "\n") and _LINE_END.match(text, end) is not None


def _parts(value: str) -> Iterator[tuple[int, int]]:
    """Give a row of digits without its last group, its last two, a first digit."""
    groups = [match.span() for match in _GROUP.finditer(value)]
    if len(groups) < 3:
        return
    yield 0, groups[-2][1]
    if len(groups) > 3:
        yield 0, groups[-3][1]
    if groups[0][1] == 1:
        yield groups[1][0], len(value)


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
    return [
        PhoneNumbers(regions),
        ChineseMobiles(),
        GatedRecognizer(
            "PHONE_NUMBER", [(_LINK, 0.9)], name="PhoneLinks", min_digits=7, reason=Reason.CUE
        ),
        # Numbers too short to be told from others, in small countries and within a town.
        GatedRecognizer(
            "PHONE_NUMBER",
            [(_CUE, 0.5)],
            name="ShortPhones",
            min_digits=4,
            is_unicode=True,
            reason=Reason.CUE,
        ),
    ]
