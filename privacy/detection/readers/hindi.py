"""Hindi names, places and organisations, in Devanagari and in Latin letters as chats write them.

Hindi capitalises nothing, but its words for "of", "to" and "by" stand apart from the name, and
respect is shown by a word after it (जी) or before it (श्री).
"""

import re
from collections.abc import Mapping, Sequence

from privacy.detection.grammar import Grammar, GrammarReader, Phrases, rule
from privacy.detection.hinglish import latin_reader
from privacy.detection.lexicons.devanagari import key
from privacy.detection.lexicons.romanised import romanised, simplified
from privacy.detection.lexicons.word_classes import load
from privacy.detection.readers.reader import Reader
from privacy.detection.spans import Reason, Span

_INITIALS = r"(?:(?:ए|बी|सी|डी|ई|एफ|जी|एच|आई|जे|के|एल|एम|एन|ओ|पी|आर|एस|टी|यू|वी|डब्ल्यू|वाई|जेड)\.\s?){1,3}(?=[\u0900-\u097f])"
_WORD = re.compile(
    r"("
    + _INITIALS
    + r"|[\u0900-\u0963\u0970-\u097f]++)|\n|[ \t]{2,}|[^\s\u0900-\u0963\u0970-\u097f]+"
)
_CUES = re.compile(
    r"(?P<Q>(?<![\u0900-\u097f])(?:(?:मेरा|मेरी|उसका|उनका|इनका|जिसका|पत्नी का|पति का|बेटे का|बेटी का)(?: पूरा| शुभ)? नाम(?: है)?"
    r"|(?:पूरा |ग्राहक का |मरीज का |खाताधारक(?: का)? |प्राप्तकर्ता(?: का)? |रोगी का )?नाम(?= ?[:-])|खाताधारक(?= ?:)|प्राप्तकर्ता(?= ?:)|मुझे लोग|नाम से)(?![\u0900-\u097f])[ :-]{0,3})"
    r"|(?P<S>(?<![\u0900-\u097f])(?:भवदीय|भवदीया|सादर|धन्यवाद(?: सहित)?|शुभकामनाओं सहित|निवेदक|प्रार्थी|आपका(?= ?[,\n])|आपकी(?= ?[,\n])|हस्ताक्षर)(?![\u0900-\u097f])[ ,.:।\n-]{1,6})"
)
_NAME = r"G[GgFf]*|[gF][gf]*[GF][GgFf]*|uF[GgFf]*|gf+"
# After a name stand the words for "by", "of", "to", "and", or the text ends; after n, which only
# those have who act, an unknown word is a name.
_RULES = (
    rule(rf"({_NAME})(?![GgFfy])", "PERSON", 0.7),
    rule(r"(G[GgFf]*u)(?=[nmjNP])", "PERSON", 0.65),
    rule(r"(G[GgFf]*o)(?=n)", "PERSON", 0.6),
    rule(r"(gu)(?=[nmj])", "PERSON", 0.55),
    rule(r"(?<![GgFfTtu])([ou]F)(?=[nmljxHb|]|$)", "PERSON", 0.6),
    rule(r"(?<![GgFfT])(g)(?=n)", "PERSON", 0.55),
    rule(r"(g)(?=lB)", "PERSON", 0.55, Reason.CUE),
    rule(r"[GF]j([gu][GgFfu]?(?=[nmljxHN|])|u[GgFfu]?(?=o))", "PERSON", 0.55),
    rule(r"(?<![GgFfuoO])([gu][GgFfu]?)(?=j[GF])", "PERSON", 0.5),
    rule(r"(?<!o)(o?[GgFfu]{1,3})(?=mN)", "PERSON", 0.55, Reason.CUE),
    rule(r"([GgFfu]{1,3})(?=mr)", "PERSON", 0.55, Reason.CUE),
    rule(r"(i[GgFfu][GgFf]?)", "PERSON", 0.65),
    rule(r"t(u{1,3})(?=[mlnj|])", "PERSON", 0.5, Reason.CUE),
    rule(r"t([uo][GgFf]{1,2})(?=[mlnjx|])", "PERSON", 0.5, Reason.CUE),
    rule(r"(?<![GgFfTt])([uog]?f)(?=n)", "PERSON", 0.55),
    rule(r"S([GgFfu][GgFf]+)(?=[mnljx])", "PERSON", 0.55, Reason.CUE),
    rule(r"(?<![GgFf])(F)(?=[nHr])", "PERSON", 0.65, Reason.CUE),
    rule(r"(?<![uo])(u{1,3})(?=n)", "PERSON", 0.5),
    rule(r"(?<![o])(uu)(?=HN?)", "PERSON", 0.5),
    rule(r"([GgFu][GgFf]*)[Hr]", "PERSON", 0.65, Reason.CUE),
    rule(r"Q[:|]?[Tt]*[|]?([GgFfuop]{1,2}f?[FG]?)(?=[x|:qmlnNB]|$)", "PERSON", 0.8, Reason.CUE),
    rule(r"Q[:|]?[Tt]*[|]?([GgFfu]{1,3})", "PERSON", 0.8, Reason.CUE),
    rule(r"S[T|]*([GgFfu]{1,3})(?=[|]*$)", "PERSON", 0.7, Reason.CUE),
    rule(r"S[T|]*([GgFfuo]{1,3})(?=[|])", "PERSON", 0.6, Reason.CUE),
    rule(r"T[|]?(?:T[|]?)*([GgFfu][GgFfuo]{0,2}[FfGg]|u{2,3}(?=[PpmnljH|])|[GgFfup])", "PERSON", 0.75, Reason.CUE),
    rule(r"[Tt]:([GgFfu]{1,3})", "PERSON", 0.7, Reason.CUE),
    rule(r"t([gF][GgFf]*|g(?=n))", "PERSON", 0.55, Reason.CUE),
    rule(r"r([GgFfu][GgFf]*)(?=[mlnxj])", "PERSON", 0.55, Reason.CUE),
    rule(r"I([GgFfu]{1,3})(?=[bB])", "PERSON", 0.7, Reason.CUE),
    rule(r"(P)", "LOCATION", 0.7),
    rule(r"(p)(?=l|m?E)", "LOCATION", 0.6),
    rule(r"E(p)", "LOCATION", 0.6),
    rule(r"([pu])(?=E)", "LOCATION", 0.5),
    rule(r"((?:[GgFfPp][uo]{0,2}|uo?|ou)O)", "ORGANIZATION", 0.6),
)  # fmt: skip


class _Devanagari:
    """Tells a word's class; one that is not listed may be on the Latin list, written otherwise."""

    def __init__(self, classes: Mapping[str, str], latin: Mapping[str, str]) -> None:
        self._classes = classes
        self._latin = latin

    def classify(self, word: str, normal: str) -> tuple[str, int]:
        if word[-1] in ". ":
            return "i", 0
        kind = self._classes.get(normal)
        if kind:
            return kind, 0
        if (
            len(normal) > 3
            and normal.endswith("जी")
            and self._classes.get(normal[:-2], "") in "GgF"
        ):
            return "G", 0
        return self._latin.get(romanised(normal), "u"), 0


class HindiReader:
    """Reads Devanagari and Latin letters of one text, each by its own grammar."""

    def __init__(self) -> None:
        classes = load("hindi")
        phrases = {phrase: kind for phrase, kind in classes.items() if " " in phrase}
        latin = load("hindi_latin").items()
        names = {simplified(word): kind for word, kind in latin if kind in "GFgf"}
        known = _Devanagari(classes, names)
        self._devanagari = GrammarReader(
            "HindiNames", Grammar(_WORD, key, known.classify, _CUES, _RULES, Phrases(phrases))
        )
        self._latin = latin_reader(is_hindi=True)

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text; see `Reader.read`."""
        return [
            one + other
            for one, other in zip(
                self._devanagari.read(texts), self._latin.read(texts), strict=True
            )
        ]


def reader() -> Reader:
    """Make the reader of Hindi."""
    return HindiReader()
