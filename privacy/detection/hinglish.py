"""Hindi in Latin letters: what shows a name in the way chats write it, mostly in lower case."""

import re
from collections.abc import Mapping

from privacy.detection.grammar import Grammar, GrammarReader, rule
from privacy.detection.lexicons.romanised import simplified
from privacy.detection.lexicons.word_classes import load
from privacy.detection.spans import Reason

_LONGEST = 20
_WORD = re.compile(r"([^\W\d_]++)|\n|[ \t]{2,}|[^\s\w]+|\w+")
_CUES = re.compile(
    r"(?i)(?P<Q>\b(?:(?:mera|meri|mere|hamara|uska|unka|iska|papa ka|mummy ka|bhai ka|behen ka|wife ka|husband ka) (?:pura |full )?n(?:aa|a)m(?:e)?(?: to| toh)?"
    r"|pura naam|n(?:aa|a)m(?=:| hai\b))\b[ :-]{0,3})"
)
_RULES = (
    rule(r"Q[:|]?[Tt]*([GgFfup][GgFfu]{0,2})(?=[xcbN|:]|$)", "PERSON", 0.8, Reason.CUE),
    rule(r"I([GgFfu]{1,3})(?=[bB])", "PERSON", 0.7, Reason.CUE),
    rule(r"((?:G|[gu](?=[Ff]))[GgFf]*)[Hk]", "PERSON", 0.65, Reason.CUE),
    rule(r"[rk]([GgFfu][GgFf]?)(?=c)", "PERSON", 0.55, Reason.CUE),
    rule(r"T[|]?(G[GgFf]*|g[GgFf]+|F)", "PERSON", 0.65, Reason.CUE),
    rule(r"(G[GgFf]*[Ff]|gF)", "PERSON", 0.65),
)
"""What holds in any text in Latin letters."""

_HINDI_RULES = (
    rule(r"(G[GgFf]*)", "PERSON", 0.55),
    rule(r"([gF])(?=cB)", "PERSON", 0.5),
    rule(r"([GgFu][GgFf]?)(?=Nc)", "PERSON", 0.55),
    rule(r"(gu)(?=c)", "PERSON", 0.5),
    rule(r"(P)", "LOCATION", 0.55),
)
"""What holds where the text is known to be Hindi."""


def _words(text: str) -> list[str]:
    return text.split()


_FUNCTION: Mapping[str, str] = {
    **dict.fromkeys(
        _words("ji jee sahab saheb sahib bhaiya bhaiyya bhaijaan uncle aunty madam mam paaji bro"),
        "H",
    ),
    **dict.fromkeys(_words("mai main mein me hum"), "I"),
    **dict.fromkeys(_words("bol speaking"), "b"),
    **dict.fromkeys(_words("dost wife husband beta beti papa mummy chacha"), "r"),
    **dict.fromkeys(_words("bhai behen behan bhen didi"), "k"),
    **dict.fromkeys(_words("ka ki ke ko ne se"), "c"),
    **dict.fromkeys(_words("baat bat bola boli kaha pucha poocha phone call"), "B"),
    **dict.fromkeys(_words("naam name nam"), "N"),
    **dict.fromkeys(_words("shri shree shrimati smt dr mr mrs ms kumari"), "T"),
    **dict.fromkeys(
        _words(
            "hai hain h he tha thi ho hoga hu hun hoon par pe aur or bhi hi to toh kya"
            " kyu kyun kab kaise kahan nahi nhi na mat kar karo kiya galat sahi likha change update wala"
            " wali jo ye yeh wo woh ek do sir sab order parcel refund paisa paise account number mobile"
            " abhi aaj kal sirf phir please plz thanks haan ok theek bahut bohot and is the not mera meri"
            " mere apna apni raha rahi rahe diya diye gaya gaye gayi liya kiye karta karti hona booking"
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

    variants = {simplified(name): kind.lower() for name, kind in known.items() if kind in "GFgf"}

    def classify(word: str, normal: str) -> tuple[str, int]:
        kind = known.get(normal)
        if kind is None and 4 < len(normal) < _LONGEST:
            kind = variants.get(simplified(normal))
        return kind or "u", 0

    rules = (*_RULES, *_HINDI_RULES) if is_hindi else _RULES
    return GrammarReader("HinglishNames", Grammar(_WORD, str.lower, classify, _CUES, rules))
