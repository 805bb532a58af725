"""What makes a date a date of birth: a word of it just before, or just after."""

import re

from privacy.detection.recognizers.letters import folded

_BEFORE = (
    r"born|birth(?:day|date)?s?|b-?day|dob|d\.o\.b|geb\.?|geboren\w*|geburts\w*|jahrgang|née?s?|naissance|ddn|nacid[oa]s?|nacimiento|nac\.?|fdn|naci[oó]|nat[oai]|nascita|nacque|nascid[oa]s?|nascimento|nasceu|dn"
    r"|geboorte\w*|urodz\w*|ur\.?|рожд\w*|родил\w*|рожден\w*|г\.? ?р\.?|doğum\w*|doğdu\w*|doğ\.|d\.t\.?|lahir|kelahiran|ttl|fødselsdato|född|fødd?t?|narozen\w*|născută?|született|syntynyt|народи\w*|γεννήθηκε"
)
_TOUCHING = "出生于|出生|生于|生於|生日|生年月日|誕生日|生まれ|생년월일|출생|태어난|생일|เกิด|مواليد|ميلاد|ولدت|ولد|مولودة|مولود|وولدت|जन्मतिथि|जन्म"
_AFTER = (
    r"(?: (?:года?|г\.|г))? рожд|(?: (?:года?|г\.|г))? ?г?\.? ?р\b|(?: (?:tarihinde|günü|yılında|tarihli))? doğ|[ ]?(?:日)?(?:出生|生まれ|生(?!产|活|效|意|日)|に生|に出生)|[ ]?(?:년)?(?:생(?![^\W_])|생으로|출생|에 태어|에 출생)"
    r"|(?: को| में|,)? ?(?:जन्म|पैदा)|(?: को| में)? (?:हुआ|हुई) (?:था|थी)|(?: (?:in [^\W\d_]{2,20} )?geboren| \(?(?:birth|dob)\b| urodz)"
)


_WORD_BEFORE = re.compile(
    rf"(?:(?<![^\W_])(?:{_BEFORE})(?![^\W_])|{folded(_TOUCHING)})[^\d]{{0,24}}$", re.IGNORECASE
)
_NEAR_BEFORE = re.compile(
    rf"(?:(?<![^\W_])(?:{_BEFORE})(?![^\W_])|{folded(_TOUCHING)})[^\d.;]{{0,12}}$", re.IGNORECASE
)
_WORD_AFTER = re.compile(folded(_AFTER), re.IGNORECASE)

BIRTH_WORDS = tuple(
    folded(
        "born birth b-day bday dob d.o.b geb. gebor geburts jahrgang né nac fdn nat nascita nacque nasc dn geboorte urodz ur. рожд родил г.р г. р doğ d.t lahir ttl fød född naroz născut szület syntyny"
        " народи γεννή 出生 生于 生於 生日 年月日 誕生 生まれ 日生 생년월일 출생 태어 생일 일생 เกิด مواليد ميلاد ولد जन्म पैदा"
    ).split()
)
"""One of these is in every text that has a date of birth marked as such."""


def is_birth(text: str, start: int, end: int) -> bool:
    """Tell whether words around a date make it a date of birth; another number breaks the tie."""
    return (
        _WORD_BEFORE.search(text[max(0, start - 40) : start]) is not None
        or _WORD_AFTER.match(text[end : end + 24]) is not None
    )


def year_of_birth(text: str, start: int, end: int) -> bool:
    """Tell whether words right beside a month or a year make it one of birth."""
    return (
        _NEAR_BEFORE.search(text[max(0, start - 28) : start]) is not None
        or _WORD_AFTER.match(text[end : end + 24]) is not None
    )
