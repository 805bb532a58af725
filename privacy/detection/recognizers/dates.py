"""Dates that may single a person out: an exact day, a month of a year. `Yesterday` is not among them."""

import re

from privacy.detection.recognizers import months
from privacy.detection.recognizers.births import BIRTH_WORDS, is_birth, year_of_birth
from privacy.detection.recognizers.reviewed import ReviewedRecognizer, Verdict

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:1[89]|20)\d\d"
_THAI_YEAR = r"(?:24|25)\d\d"
_TIME = r"(?:[T ,]{1,2}(?:(?:at|um|à|alle|om|o|в|saat|pukul|เวลา) )?[0-2]?\d[:h][0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?: ?[ap]\.?m\b\.?| Uhr| hrs?\b|Z|[+-][0-2]\d:?[0-5]\d)?)?"
_NUMERIC = (
    rf"(?<![0-9A-Za-z_./-])(?:(?:{_YEAR}|{_THAI_YEAR})(?P<a>[-./]){_MONTH}(?P=a){_DAY}(?!\d)|{_DAY}(?P<b>[-./]){_MONTH}(?P=b)(?:{_YEAR}|{_THAI_YEAR}|\d\d)"
    rf"|{_MONTH}(?P<c>[-/]){_DAY}(?P=c)(?:{_YEAR}|\d\d)){_TIME}(?![0-9A-Za-z_/-]|\.\d)"
)
_SPACED = rf"(?<![0-9A-Za-z_./-])(?:{_YEAR}\. ?{_MONTH}\. ?{_DAY}\.?|{_DAY}\. {_MONTH}\. ?{_YEAR})(?![\w/-])"
_RANGE = rf"(?:{_DAY}(?:\.|st|nd|rd|th)?(?: ?- ?| (?:to|and|bis|und|au|et|al|y|e|tot|en|do|i|по|и|ve|sampai|s/d) )(?:the )?)?"
_WORDED = (
    rf"(?<![^\W_])(?<!\d[.,/:-]){_RANGE}{_DAY}(?:(?:st|nd|rd|th)\b|\.|er\b|re\b|o\b|a\b|°|-[егоr]{{1,2}}\b)?(?: (?:of|de|di|do|day of)|, ?|-)? ?(?:d')?"
    rf"(?P<month>[^\W\d_]{{3,12}})(?P<point>\.?)"
    rf"(?:(?:,? ?|-)(?:(?:de|del|do|of) )?(?P<year>(?:1[789]|20|25)\d\d(?!\d)|'\d\d\b|(?<=-)\d\d(?!\d))(?: ?(?:г\.|г\b|r\.|года?\b|roku\b|yılı\b))?{_TIME})?"
)
_ENGLISH = rf"(?<![^\W_]){months.ENGLISH}\b(?P<point>\.?) (?:the )?{_DAY}(?:st|nd|rd|th)?\b(?![.:/]\d|%)(?:(?:,|, | )(?P<year>(?:1[789]|20)\d\d)\b{_TIME})?"
_IDEOGRAPHIC = (
    rf"(?<!\d)(?:(?:{_YEAR}|\d\d) ?[年년] ?{_MONTH} ?[月월] ?(?:{_DAY} ?[日일号號])?|{_MONTH} ?[月월] ?{_DAY} ?[日일号號])"
    rf"(?:(?:明治|大正|昭和|平成|令和)(?:\d{{1,2}}|元) ?年)?"
)
_NUMERAL = "[〇零一二三四五六七八九十元]"
_ERA = (
    rf"(?:明治|大正|昭和|平成|令和|民國|民国) ?(?:\d{{1,3}}|{_NUMERAL}{{1,3}}) ?年(?: ?(?:\d{{1,2}}|{_NUMERAL}{{1,3}}) ?月(?: ?(?:\d{{1,2}}|{_NUMERAL}{{1,3}}) ?日)?)?"
    rf"|[一二]{_NUMERAL}{{3}}年(?:{_NUMERAL}{{1,3}}月(?:{_NUMERAL}{{1,3}}[日号])?)?"
)
_ERA_LETTER = rf"(?<![\w.])[MTSHR](?:[1-5]?\d|6[0-4])[./]{_MONTH}[./]{_DAY}(?![\w./])"
_TOUCHING = (
    rf"(?<!\d){_DAY} ?(?:{months.THAI})(?: ?(?:พ\.ศ\.|ค\.ศ\.)?,? ?(?:{_YEAR}|{_THAI_YEAR}|\d\d(?!\d)))?"
    rf"|(?<!\d){_DAY}(?: |, ?|-)(?:{months.HINDI})(?![\u0900-\u0963])(?:,? ?{_YEAR})?"
    rf"|(?<!\d){_DAY}(?: من)?(?: (?:شهر )?|/)(?:{months.ARABIC})(?:[/ ](?:{months.ARABIC}))?(?![\u0621-\u064a])(?: (?:من )?(?:عام |سنة |لعام )?(?:{_YEAR}|1[34]\d\d))?"
)
_TOUCHING_MONTHS = (
    rf"(?:{months.THAI}) ?(?:พ\.ศ\.|ค\.ศ\.)? ?(?:{_YEAR}|{_THAI_YEAR})(?!\d)|(?<![\u0900-\u0963])(?:{months.HINDI}),? {_YEAR}(?!\d)"
    rf"|(?<![\u0621-\u064a])(?:{months.ARABIC})(?:/(?:{months.ARABIC}))? (?:عام |سنة )?{_YEAR}(?!\d)"
)
_BARE_YEAR = r"(?<![\w.,/$€£#-])(?:1[89]|20)\d\d(?![\w%€/-]|[.,:]\d)"
_MONTH_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]{3,12})(\.?)(?:,? | de | del | do | of |/|-)$")
_YEAR_CUE = re.compile(
    r"(?<![^\W_])(?:in|since|during|until|before|after|year|early|late|spring|summer|autumn|winter|fall|back in|im jahre?|seit|jahr|en|depuis|année|l'an|desde|año|em|ano|nel|dal|del|anno|sinds"
    r"|jaar|rok(?:u|iem)|w|od|в|с|до|tahun|sejak|في|عام|سنة|منذ|พ\.ศ\.|सन) ?$",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(
    r"'(?:[dt][ae]n?|y?[ea]|[nıiuü]?[ıiuü]n)(?![^\W_])| ?(?:год(?:у|а|ом)?\b|г\.|yılı|senesi|roku\b|में|年(?!前|間|间))",
    re.IGNORECASE,
)
_AMOUNT_AFTER = re.compile(
    r"[ -]?(?:[$€£₺₽¥]|[^\W\d_]{0,2}(?:items?|pieces?|stück|euros?|dollars?|points?|km|kg|ml|mg|watt|people|personen|personnes|personas|persone)\b)",
    re.IGNORECASE,
)
_DAY_BEFORE_MONTH = re.compile(
    r"(?<![^\W_])(?:am|vom|bis|seit|ab|zum|den|on|by|until|dated|le|du|au|el|dal|il|al|op|van|tot|dnia|dia|em|от|до|tarih\w*|tgl\.?|tanggal|pada) $",
    re.IGNORECASE,
)
_DAY_MONTH = rf"(?<![\w./,-])(?:{_DAY}\.{_MONTH}\.(?!\d)|{_DAY}/{_MONTH}(?![\w/%.]\d?)|{_MONTH}/{_DAY}(?![\w/%.]\d?))"


_WEEKDAYS = (
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|(?:segunda|ter[cç]a|quarta|quinta|sexta)(?:-feira)?|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica"
    r"|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
)
_WEEKDAY_BEFORE = re.compile(
    rf"(?<![^\W_])(?:{_WEEKDAYS})(?:,? ?(?:the |dem |den |le |el |il |dia |día )?| )$",
    re.IGNORECASE,
)
_DAY_CUE = re.compile(
    r"(?<![^\W_])(?:am|vom|bis zum|seit dem|ab dem|le|du|au|del|el|dal|il|al) $", re.IGNORECASE
)


def _exact(match: re.Match[str]) -> Verdict | None:
    named = match.groupdict()
    month = named.get("month")
    start = match.start()
    weekday = None
    if month is not None:
        before = match.string[max(0, start - 20) : start]
        weekday = _WEEKDAY_BEFORE.search(before)
        is_told = named["year"] is not None or (
            month.lower() in months.LONG
            and (weekday or _DAY_CUE.search(before) or " de " in match[0].lower())
        )
        if not months.is_month(month, has_year=bool(is_told), has_point=named["point"] == "."):
            return None
        if weekday:
            start -= len(before) - weekday.start()
    if month is None and "point" in named and named["year"] is None and match[0][0].islower():
        # "may 5" is a date only where an ordinal or a year says so.
        word = match[0].split(None, 1)[0].rstrip(".")
        if word in months.DOUBTFUL and not match[0].endswith(("st", "nd", "rd", "th")):
            return None
    # The stop after a month that is not shortened is the sentence's.
    is_stop = (
        month is not None
        and named["point"]
        and named["year"] is None
        and month.lower() in months.LONG
    )
    return start, match.end() - bool(is_stop), 0.6


def _year(match: re.Match[str]) -> Verdict | None:
    """Judge four digits: a month may stand before them, or a word that makes them a year."""
    start, text = match.start(), match.string
    before = text[max(0, start - 24) : start]
    month = _MONTH_BEFORE.search(before)
    if (
        month
        and months.is_month(month[1], has_year=True)
        and not (month[1] in months.AMBIGUOUS and not month[2])
    ):
        return start - len(before) + month.start(), match.end(), 0.55
    after = text[match.end() : match.end() + 14]
    if not _AMOUNT_AFTER.match(after) and (
        _YEAR_CUE.search(before) or ((follows := _YEAR_AFTER.match(after)) and follows[0])
    ):
        return start, match.end(), 0.45
    return None


def _day_and_month(match: re.Match[str]) -> Verdict | None:
    start = match.start()
    if match[0] in ("24/7", "9/11"):
        return None
    if _DAY_BEFORE_MONTH.search(match.string[max(0, start - 12) : start]):
        return start, match.end(), 0.5
    return None


def _birth(match: re.Match[str]) -> Verdict | None:
    verdict = _exact(match)
    if verdict is None or not is_birth(match.string, verdict[0], verdict[1]):
        return None
    return verdict[0], verdict[1], 0.8


def _month_of_birth(match: re.Match[str]) -> Verdict | None:
    start, end, _ = _year(match) or (*match.span(), 0.0)
    return (start, end, 0.7) if year_of_birth(match.string, start, end) else None


_EXACT = [(_NUMERIC, 0.6), (_WORDED, 0.6), (_ENGLISH, 0.6), (_SPACED, 0.6)]


def recognizers() -> list[ReviewedRecognizer]:
    """Make the recognizers of this file."""
    found = []
    for entity, exact, year in (
        ("DATE_TIME", _exact, _year),
        ("DATE_OF_BIRTH", _birth, _month_of_birth),
    ):
        is_birth_date = entity == "DATE_OF_BIRTH"
        prefix = "Birth" if is_birth_date else ""
        words = BIRTH_WORDS if is_birth_date else ()
        found += [
            ReviewedRecognizer(entity, _EXACT, name=f"{prefix}FullDates", review=exact, words=words, min_digits=1, is_unicode=True),
            ReviewedRecognizer(entity, [(_IDEOGRAPHIC, 0.6), (_ERA, 0.6)], name=f"{prefix}EastAsianDates", review=exact, words=words or ("月", "월", "年"), is_unicode=True),
            ReviewedRecognizer(entity, [(_TOUCHING, 0.6), (_TOUCHING_MONTHS, 0.55)], name=f"{prefix}DatesOfTouchingScripts", review=exact, words=words or tuple(f"{months.THAI}|{months.HINDI}|{months.ARABIC}".replace("\\", "").split("|")), min_digits=1, is_unicode=True),
            ReviewedRecognizer(entity, [(_BARE_YEAR, 0.55)], name=f"{prefix}MonthsAndYears", review=year, words=words, min_digits=4, is_unicode=True),
        ]  # fmt: skip
    return [
        *found,
        ReviewedRecognizer("DATE_TIME", [(_ERA_LETTER, 0.5)], name="EraLetterDates", review=_exact, min_digits=3, is_east_asian=True, is_case_sensitive=True),
        ReviewedRecognizer("DATE_TIME", [(_DAY_MONTH, 0.5)], name="DaysOfMonths", review=_day_and_month, min_digits=2, is_unicode=True),
    ]  # fmt: skip
