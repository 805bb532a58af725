"""Hindi in Latin letters: what shows a name in the way chats write it, mostly in lower case."""

import re
from collections.abc import Mapping

from privacy.detection.grammar import Grammar, GrammarReader, rule
from privacy.detection.lexicons.word_classes import load
from privacy.detection.spans import Reason

_WORD = re.compile(r"([^\W\d_]++)|\n|[ \t]{2,}|[^\s\w]+|\w+")
_CUES = re.compile(
    r"(?i)(?P<Q>\b(?:(?:mera|meri|mere|hamara|uska|unka|iska|papa ka|mummy ka|bhai ka|behen ka|wife ka|husband ka) (?:pura |full )?n(?:aa|a)m(?:e)?(?: to| toh)?"
    r"|pura naam|n(?:aa|a)m(?=:| hai\b)|naam se)\b[ :-]{0,3})"
)
_RULES = (
    rule(r"Q[:|]?[Tt]*([GgFfup][GgFfu]{0,2})(?=[xb|:]|$)", "PERSON", 0.8, Reason.CUE),
    rule(r"I([GgFfu]{1,3})(?=b)", "PERSON", 0.7, Reason.CUE),
    rule(r"((?:G|[gu](?=[Ff]))[GgFf]*)H", "PERSON", 0.65, Reason.CUE),
    rule(r"T[|]?(G[GgFf]*|g[GgFf]+|F)", "PERSON", 0.65, Reason.CUE),
    rule(r"(G[GgFf]*[Ff]|gF)", "PERSON", 0.65),
)
"""What holds in any text in Latin letters."""

_HINDI_RULES = (
    rule(r"(G[GgFf]*)", "PERSON", 0.55),
    rule(r"(P)", "LOCATION", 0.55),
)
"""What holds where the text is known to be Hindi."""


def _words(text: str) -> list[str]:
    return text.split()


_FUNCTION: Mapping[str, str] = {
    **dict.fromkeys(
        _words("ji jee sahab saheb bhai bhaiya bhaiyya didi uncle aunty madam mam"), "H"
    ),
    **dict.fromkeys(_words("mai main mein me hum"), "I"),
    **dict.fromkeys(_words("bol baat speaking"), "b"),
    **dict.fromkeys(_words("shri shree shrimati smt dr mr mrs ms kumari"), "T"),
    **dict.fromkeys(
        _words(
            "hai hain h he tha thi ho hoga hu hun hoon ka ki ke ko se ne par pe aur or bhi hi to toh kya"
            " kyu kyun kab kaise kahan nahi nhi na mat kar karo kiya galat sahi likha change update wala"
            " wali jo ye yeh wo woh ek do sir sab order parcel refund paisa paise account number mobile"
            " abhi aaj kal sirf phir please plz thanks haan ok theek bahut bohot and is the not mera meri"
            " mere apna apni raha rahi rahe naam name"
        ),
        "x",
    ),
}


def latin_reader(*, is_hindi: bool) -> GrammarReader:
    """Make a reader of Hindi in Latin letters.

    Args:
        is_hindi: Its texts are known to be Hindi; otherwise they may be in any language, and a
            name alone, which may be a word elsewhere, is not enough.
    """
    known = {**load("hindi_latin"), **_FUNCTION}

    def classify(word: str, normal: str) -> tuple[str, int]:
        return known.get(normal, "u"), 0

    rules = (*_RULES, *_HINDI_RULES) if is_hindi else _RULES
    return GrammarReader("HinglishNames", Grammar(_WORD, str.lower, classify, _CUES, rules))
