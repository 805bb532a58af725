"""Dates that may single a person out, dates of birth, and ages. `Yesterday` is not among them."""

from privacy.detection.recognizers.recognizer import GatedRecognizer
from privacy.detection.spans import Reason

_MONTHS = (
    "jan(?:uary|uar|vier|eiro)?|feb(?:ruary|ruar|braio)?|févr?(?:ier)?|fev(?:ereiro)?|mar(?:ch|s|zo|ço)?|märz"
    "|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|may|mai|maio|mayo|maggio|mei|maj|june?|juni|juin|junio|junho|giugno"
    "|july?|juli|juillet|julio|julho|luglio|aug(?:ust|ustus)?|août|ago(?:sto)?|sep(?:t(?:ember|embre|iembre)?)?"
    "|set(?:tembre|embro)?|oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?|nov(?:ember|embre|iembre|embro)?"
    "|dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:embre|iembre)?|ene(?:ro)?|gen(?:naio)?"
    "|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_YEAR = r"(?:19|20)\d\d"
_TIME = (
    r"(?:[T ,]{1,2}[0-2]?\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?(?: ?[ap]m|Z|[+-][0-2]\d:?[0-5]\d)?)?"
)
BIRTH = (
    "born", "birth", "birthday", "dob", "d.o.b", "geboren", "geburtsdatum", "geburtstag", "geb.", "né le", "née le",
    "naissance", "nacido", "nacida", "nacimiento", "nascita", "nato il", "nata il", "geboortedatum", "urodz",
    "nascimento", "nascido", "nascida", "出生", "生日", "生年月日", "생년월일",
)  # fmt: skip

_NUMERIC = (
    rf"(?<![\w./-])(?:{_YEAR}([-./]){_MONTH}\1{_DAY}|{_DAY}([-./]){_MONTH}\2(?:{_YEAR}|\d\d)"
    rf"|{_MONTH}([-/]){_DAY}\3(?:{_YEAR}|\d\d)){_TIME}(?![\w/-]|\.\d)"
)
_WORDED = (
    rf"(?<![^\W_])(?:{_DAY}(?:st|nd|rd|th|\.|er|º|ª)?[ -](?:of |de |di |d')?(?:{_MONTHS})\.?,?[ -](?:de |del )?(?:{_YEAR}|'?\d\d(?!:))"
    rf"|(?:{_MONTHS})\.? {_DAY}(?:st|nd|rd|th)?,? {_YEAR}){_TIME}(?![^\W_])"
)
_IDEOGRAPHIC = rf"{_YEAR} ?[年년] ?{_MONTH} ?[月월] ?{_DAY} ?[日일号]?"


def recognizers() -> list[GatedRecognizer]:
    """Make the recognizers of this file."""
    dates = [(_NUMERIC, 0.6), (_WORDED, 0.6), (_IDEOGRAPHIC, 0.6)]
    return [
        GatedRecognizer("DATE_TIME", dates, name="FullDates", min_digits=3, is_unicode=True),
        GatedRecognizer(
            "DATE_OF_BIRTH",
            [(pattern, 0.3) for pattern, _ in dates],
            context=BIRTH,
            min_digits=3,
            window=40,
            is_unicode=True,
        ),
        GatedRecognizer(
            "DATE_OF_BIRTH",
            [
                (
                    rf"\b(?:born|geboren|née?|nacid[oa]|nat[oa]|urodzon[ya]|nascid[oa])(?: (?:on|in|am|le|en|el|il|op|em|w))?"
                    rf"(?: (?:the|dem))? (?P<value>(?:{_DAY}\.? )?(?:(?:{_MONTHS}) )?{_YEAR})\b",
                    0.7,
                )
            ],
            name="WordedBirth",
            min_digits=4,
            is_unicode=True,
            reason=Reason.CUE,
        ),
        GatedRecognizer(
            "AGE",
            [
                (
                    r"(?<![\w.,$€£-])(?P<value>1[01]\d|[1-9]\d?)(?=[ -]?(?:years?|yrs?)[ -]?old\b|[ -]?(?:y/o|yo)\b|[ -]?Jahre alt\b"
                    r"| jaar oud\b| anos de idade\b|[岁歳세])",
                    0.7,
                ),
                # "Three years" is a warranty too: in these languages only a verb tells.
                (
                    r"\b(?:j'ai|âgée? de|a|tengo|tiene|de edad|ho|ha|mam|ma|tenho|tem) (?P<value>1[01]\d|[1-9]\d?) (?:ans|años|anni|lata?|anos)\b",
                    0.5,
                ),
                (
                    r"\b(?:aged?|age of|i am|i'm|turn(?:ed|ing|s)?|turned|alter|âge|edad|età|leeftijd|wiek|idade|年龄)(?: is| :|:)? ?"
                    r"(?:just )?(?P<value>1[01]\d|[1-9]\d)(?![\w%$€£/:]|[.,-]\d| (?:minutes?|days?|weeks?|hours?|months?|miles?|km|items?|percent|euros?|dollars?|orders?|times))",
                    0.5,
                ),
            ],
            min_digits=1,
            is_unicode=True,
            reason=Reason.CUE,
        ),
    ]
