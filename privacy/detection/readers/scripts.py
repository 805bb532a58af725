"""Names in every other language, by its script: capitals, endings, titles and cues.

No list of a language's words stands behind it, so it says little and means it: a capital alone
makes no name. What has a name's ending, a known given name, a title or a cue before it does.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from privacy.detection.grammar import Grammar, GrammarReader, Phrases, rule
from privacy.detection.lexicons.lexicon import CITY, FAMILY, GIVEN, LARGE_CITY, REGION, Lexicon
from privacy.detection.lexicons.plain import plain
from privacy.detection.lexicons.word_classes import load
from privacy.detection.readers import persian, script_cues
from privacy.detection.readers.hindi import reader as hindi_reader
from privacy.detection.readers.reader import Reader
from privacy.detection.spans import Reason, Span

_NAME = "ScriptNames"
_LONGEST = 32
"""Letters of the longest word that is looked at; endings are searched from every letter on."""

_MARK = re.compile("[\u0300-\u036f]")


def bare(word: str) -> str:
    """Give a word in lower case and without accents."""
    return _MARK.sub("", unicodedata.normalize("NFD", word.lower())).replace("ς", "σ")


_CYRILLIC_END = re.compile(
    r"(?<=..)(?:ов[іи]|ев[іи]|єві|ом|ем|єм|ою|ею|єю|ами|ям|[іи]й|о[їй]|[аяуюиіїеєйьоы])$"
)
_GREEK_END = re.compile(r"(?<=..)(?:ουσ|οσ|ησ|ασ|εσ|ισ|ου|[οηαεω])$")


def stem(word: str) -> str:
    """Cut off the ending that a Cyrillic or Greek name changes with its case."""
    word = bare(word)
    return _GREEK_END.sub("", word) if "α" <= word[:1] <= "ω" else _CYRILLIC_END.sub("", word)


# Capitals: M in a sentence, C where one begins; G given, D given where a sentence begins;
# F a family name's ending, S one that proves itself; i an initial, T a title, x any small word.
_CASED_RULES = (
    rule(r"((?:G|D(?=[MFSGRp]))[GMFSRpi]{0,3})", "PERSON", 0.65),
    rule(r"([MG]{0,2}[FMG]R|[FS][GD]R?|DR)", "PERSON", 0.65),
    rule(r"(M?S)", "PERSON", 0.6),
    rule(r"(MF)", "PERSON", 0.5),
    rule(r"(i{1,2}[MFSC]|[MFSC]i{1,2})", "PERSON", 0.6),
    rule(r"T(?:i|T)*([MCGDFSPpg][MGFSRpi]{0,2})", "PERSON", 0.7, Reason.CUE),
    rule(r"Q[T|:]*([MCGDFSAPp][MGFSARiP]{0,3}|g[xgu]?(?=[|:]|$)|[ug]{1,2}(?=[|:]|$))", "PERSON", 0.75, Reason.CUE),
    rule(r"Z[T|:]*([MCGDFSp][MGFSRpi]{0,2}|[ug]{1,2})(?=[|]*$)", "PERSON", 0.7, Reason.CUE),
    rule(r"(V[VMGCFSPp]{1,3}|vw[ugv]{1,2})", "PERSON", 0.65),
    rule(r"e(p)", "LOCATION", 0.6),
    rule(r"(P)", "LOCATION", 0.65),
    rule(r"E([PMGFp])", "LOCATION", 0.6),
)  # fmt: skip
_CASED_WORD = re.compile(
    r"([^\W\d_]\.(?=\s?[^\W\d_]|$)|[^\W\d_]+(?:['’-][^\W\d_]+)*)|\n|[ \t]{2,}|\.(?=\s|$)|[^\s\w.]+|\w+"
)


class _Cased:
    """Tells the class of a word in a script with capitals."""

    def __init__(self) -> None:
        classes = load("scripts")
        self._given = {stem(word) for word, kind in classes.items() if kind == "G"}
        self._places = {stem(word) for word, kind in classes.items() if kind == "P"}
        self._places |= {stem(word[:-2]) for word in classes if word.endswith(("ків", "їв"))}
        self._latin = Lexicon("und")

    def classify(self, word: str, normal: str) -> tuple[str, int]:
        if len(word) > _LONGEST:
            return "x", 0
        if normal in script_cues.TITLES:
            return "T", 0
        if normal in script_cues.TOWNS:
            return "E", 0
        is_latin = normal[0] < "\u0250" or "\u1e00" <= normal[0] < "\u1f00"
        family = script_cues.VIETNAMESE_FAMILIES
        if is_latin and normal in family:
            return ("V" if word[0].isupper() else "v"), 0
        if not word[0].isupper():
            if normal in script_cues.VIETNAMESE_MIDDLE:
                return "w", 0
            if normal in script_cues.PREPOSITIONS:
                return "e", 0
            if normal in script_cues.ORDINARY or len(word) < 3:
                return "x", 0
            return ("g" if self._is_given(normal, is_latin=is_latin) else "u"), 0
        if len(word) < 3:
            return ("i" if word[-1] == "." else "x"), 0
        if normal in script_cues.ORDINARY:
            return "x", 0
        return self._capital(word, normal, is_latin=is_latin), 0

    def _capital(self, word: str, normal: str, *, is_latin: bool) -> str:
        if script_cues.PATRONYMIC.search(normal):
            return "R"
        if script_cues.SURE_FAMILY.search(normal):
            return "S"
        if self._is_given(normal, is_latin=is_latin):
            return "G"
        if self._is_place(normal, is_latin=is_latin):
            return "P"
        if script_cues.FAMILY.search(normal):
            return "F"
        if is_latin and self._latin.name_bits(plain(word)) & FAMILY:
            return "F"
        if is_latin and self._latin.place_bits(plain(word)) & CITY:
            return "p"
        return "A" if word.isupper() else "M"

    def _is_given(self, normal: str, *, is_latin: bool) -> bool:
        if is_latin:
            # Without its many accents a Vietnamese word is a name somewhere else.
            has_marks = any(letter >= "\u1e00" or letter in "đơư" for letter in normal)
            return not has_marks and bool(self._latin.name_bits(plain(normal)) & GIVEN)
        return stem(normal) in self._given

    def _is_place(self, normal: str, *, is_latin: bool) -> bool:
        if is_latin:
            return bool(self._latin.place_bits(plain(normal)) & (LARGE_CITY | REGION))
        return stem(normal) in self._places


class _CasedReader(GrammarReader):
    """Knows where sentences begin: a capital there says nothing."""

    def _classes(self, text: str) -> tuple[list[tuple[int, int]], str]:
        places, classes = super()._classes(text)
        out = list(classes)
        before = "|"
        for at, kind in enumerate(classes):
            if before in "|:":
                out[at] = {"M": "C", "G": "D", "F": "C"}.get(kind, kind)
            before = kind
        return places, "".join(out)


_UNCASED_RULES = (
    rule(r"Q[T|:]*([HhLPMu][HhLu]?)(?=[x|:]|$)", "PERSON", 0.75, Reason.CUE),
    rule(r"Q[T|:]*([HhL]{1,3})", "PERSON", 0.75, Reason.CUE),
    rule(r"T[|:]?([HhL]{1,3}|u[HhL])", "PERSON", 0.7, Reason.CUE),
    rule(r"Z[T|]*([HhLu]{1,2})(?=[|]*$)", "PERSON", 0.7, Reason.CUE),
    rule(r"(H[HhL]*|h+L|hH+L?)", "PERSON", 0.6),
    rule(r"(P)", "LOCATION", 0.6),
    rule(r"E([PuL])", "LOCATION", 0.5),
)
_UNCASED_WORD = re.compile(
    r"([\u0590-\u05ff\u0980-\u0dff\u10a0-\u10ff\u1c90-\u1cbf'\"׳״-]+(?<!['\"׳״-]))|\n|[ \t]{2,}|[^\s\u0590-\u05ff\u0980-\u0dff\u10a0-\u10ff]+"
)


class _Uncased:
    """Tells the class of a word in a script without capitals; Hebrew writes particles before it."""

    def __init__(self) -> None:
        self._classes = {
            word: kind for word, kind in load("scripts").items() if kind in ("H", "h", "L", "P")
        }

    def classify(self, word: str, normal: str) -> tuple[str, int]:
        kind = self._whole(normal)
        if kind:
            return kind, 0
        if "א" <= word[0] <= "ת" and len(word) > 3 and word[0] in "ולבמהש":
            kind = self._whole(normal[1:])
            if kind in ("H", "P") and (kind == "H" or word[0] in "ובלמ"):
                return kind, 1
        return "u", 0

    def _whole(self, normal: str) -> str:
        if normal in script_cues.TITLES:
            return "T"
        if normal in script_cues.TOWNS:
            return "E"
        if normal in script_cues.ORDINARY:
            return "x"
        return self._classes.get(normal, "")


def _phrases(classes: Mapping[str, str]) -> Phrases:
    return Phrases({phrase: kind for phrase, kind in classes.items() if " " in phrase})


_SCRIPTS: tuple[tuple[re.Pattern[str], Callable[[], Reader]], ...] = (
    (
        re.compile(r"[A-Za-zÀ-ɏḀ-ỿͰ-ϿЀ-ԯԱ-֏ἀ-῿]{2}"),
        lambda: _CasedReader(
            _NAME,
            Grammar(_CASED_WORD, str.lower, _Cased().classify, script_cues.CUES, _CASED_RULES),
        ),
    ),
    (
        re.compile(r"[\u0590-\u05ff\u0980-\u0dff\u10a0-\u10ff]{2}"),
        lambda: GrammarReader(
            _NAME,
            Grammar(
                _UNCASED_WORD,
                str,
                _Uncased().classify,
                script_cues.CUES,
                _UNCASED_RULES,
                _phrases(load("scripts")),
            ),
        ),
    ),
    (re.compile(r"[\u0620-\u06d3]{2}"), persian.reader),
    (re.compile(r"[\u0900-\u097f]{2}"), hindi_reader),
)


class ScriptReader:
    """Reads a text with what knows its scripts; each is loaded when it first comes."""

    def __init__(self) -> None:
        self._made: dict[int, Reader] = {}

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text; see `Reader.read`."""
        found: list[list[Span]] = [[] for _ in texts]
        for number, (letters, make) in enumerate(_SCRIPTS):
            chosen = [at for at, text in enumerate(texts) if letters.search(text)]
            if not chosen:
                continue
            if number not in self._made:
                self._made[number] = make()
            spans = self._made[number].read([texts[at] for at in chosen])
            for at, some in zip(chosen, spans, strict=True):
                found[at].extend(some)
        return found


def reader() -> Reader:
    """Make the reader of languages that have none of their own."""
    return ScriptReader()
