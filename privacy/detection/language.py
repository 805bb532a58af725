"""Which language a text is in, of the few a zone speaks: by its script, small words, and letters.

A script settles it where one allowed language is written in it. Among languages in Latin letters
py3langid decides, and beside it the small words of each, which tell more in short texts.
"""

import copy
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from privacy.detection.language_scripts import (
    LATIN,
    OTHER,
    RUNS,
    SCRIPTS,
    count_scripts,
    is_foreign,
    is_japanese,
    main_script,
)
from privacy.detection.language_words import SmallWords
from privacy.errors import ConfigurationError

UNDETERMINED = "und"
"""ISO 639-2 for a text with too few letters to tell, or in a script nobody here writes."""

LANGUAGES = (
    "en", "fr", "es", "pt", "de", "it", "nl", "pl", "ru", "tr", "zh", "ja", "ko", "th", "id", "ar", "hi",
)  # fmt: skip
"""BCP 47 of the languages that names are found in by more than patterns and cues."""

_READ_CHARACTERS = 2_000
_WRITTEN_AS = {"nb": "no", "iw": "he", "in": "id", "fil": "tl"}
"""Subtags the identifier knows by another name."""

_WORD_WEIGHT = 8.0
"""What a telling word is worth beside py3langid's logarithms of likelihood."""

_UNHEARD = 3.0
"""How far behind the likeliest a language starts that py3langid has never seen in Latin letters."""

_DECISIVE_POINTS, _DECISIVE_RATIO = 3.0, 2.5
"""From so many telling words on, and so many times the next language's, nothing else is asked."""

_CLEAR_POINTS = 1.6
"""A sentence is in another language than its text with so many telling words more."""

_SENTENCE_END = re.compile(
    r"[\n\u2028]+\s*|[.!?\u2026]+[\"'\u00bb\u201d)]*\s+|[\u3002\uff01\uff1f]+\s*"
)
_RUN_LETTERS = 2
"""So many letters in a row of another script are a part by themselves."""


class Segment(NamedTuple):
    """``text[start:end]`` is in a language: one of those allowed, or ``und``."""

    start: int
    end: int
    language: str


def detect_languages(texts: Sequence[str], allowed: Sequence[str] = LANGUAGES) -> list[str]:
    """Tell the language of each text.

    Args:
        texts: Any text; the first 2,000 characters count.
        allowed: BCP 47 tags to choose from: fewer mean fewer mistakes. One that cannot be told
            from others is never chosen.

    Returns:
        One of `allowed`, or ``und`` for a text with fewer than four letters (two in a script that
        needs few), and for one in a script that none of them is written in.

    Raises:
        ConfigurationError: Nothing is allowed, or nothing that can be told from others.
    """
    teller = _teller(_primary(allowed))
    return [teller.tell(text[:_READ_CHARACTERS]) for text in texts]


def detect_segments(text: str, allowed: Sequence[str] = LANGUAGES) -> list[Segment]:
    """Tell which parts of a text are in which language, where they clearly differ.

    Parts are lines and sentences, and within them words in another script. A part that could be in
    the language of the whole is taken to be.

    Args:
        text: Any text.
        allowed: As for `detect_languages`.

    Returns:
        Segments in order that cover the text, neighbours in different languages; none for an empty
        text.

    Raises:
        ConfigurationError: As for `detect_languages`.
    """
    teller = _teller(_primary(allowed))
    main = teller.tell(text[:_READ_CHARACTERS])
    segments: list[Segment] = []
    for part in teller.parts(text, main):
        if segments and segments[-1].language == part.language:
            segments[-1] = segments[-1]._replace(end=part.end)
        else:
            segments.append(part)
    return segments


def _primary(allowed: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.split("-")[0].lower() for one in allowed))


@lru_cache(maxsize=16)
def _teller(allowed: tuple[str, ...]) -> "_Teller":
    return _Teller(allowed)


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE)


@lru_cache(maxsize=8)
def _identifier(candidates: tuple[str, ...]) -> Any:
    """Give an identifier of these languages and no others."""
    identifier = copy.copy(_model())
    identifier.set_languages(sorted({_WRITTEN_AS.get(one, one) for one in candidates}))
    return identifier


class _Teller:
    """Tells the languages apart that are allowed."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        if not allowed:
            raise ConfigurationError("detection languages: none is given to choose from")
        known = frozenset(_model().labels)
        told = tuple(one for one in allowed if _WRITTEN_AS.get(one, one) in known)
        if not told and len(allowed) > 1:
            raise ConfigurationError(
                f"detection languages: none of {', '.join(allowed)} can be told from others"
            )
        told = told or allowed
        self._of_script = {
            name: tuple(tag for tag in script.languages if tag in told)
            for name, script in SCRIPTS.items()
        }
        elsewhere = {tag for script in SCRIPTS.values() for tag in script.languages}
        self._latin = tuple(tag for tag in told if tag not in elsewhere)
        # Hindi is written in Latin letters too, and only its small words tell.
        self._worded = (*self._latin, "hi") if "hi" in told and self._latin else self._latin
        self._words = SmallWords(self._worded)

    def tell(self, text: str) -> str:
        """Tell the language of a text."""
        script = main_script(count_scripts(text))
        if not script or script == OTHER:
            return UNDETERMINED
        return self._tell_latin(text) if script == LATIN else self._tell_script(text, script)

    def parts(self, text: str, main: str) -> Iterator[Segment]:
        """Yield the sentences of a text, cut where another script begins."""
        start = 0
        for match in _SENTENCE_END.finditer(text):
            yield from self._sentence(text, start, match.end(), main)
            start = match.end()
        if start < len(text):
            yield from self._sentence(text, start, len(text), main)

    def _sentence(self, text: str, start: int, end: int, main: str) -> Iterator[Segment]:
        sentence = text[start:end]
        script = main_script(count_scripts(sentence))
        language = main
        if script == LATIN:
            language = self._clearly(sentence, main)
        elif script and script != OTHER:
            language = self._tell_script(sentence, script, main)
        at = start
        if not sentence.isascii():
            for match in RUNS.finditer(sentence):
                name = match.lastgroup or ""
                is_same = name == script or {name, script} <= {"kana", "han"}
                if is_same or match.end() - match.start() < _RUN_LETTERS:
                    continue
                if at < start + match.start():
                    yield Segment(at, start + match.start(), language)
                at = start + match.end()
                run = self._tell_script(match[0], name, main)
                yield Segment(start + match.start(), at, run)
        if at < end:
            yield Segment(at, end, language)

    def _clearly(self, sentence: str, main: str) -> str:
        """Give the language small words clearly speak for; that of the whole where none does."""
        points = self._words.evidence(sentence)
        if not points:
            return main
        best = max(range(len(points)), key=points.__getitem__)
        own = points[self._worded.index(main)] if main in self._worded else 0.0
        if points[best] >= own + _CLEAR_POINTS:
            return self._worded[best]
        return main if main in self._worded else self._tell_latin(sentence)

    def _tell_script(self, text: str, script: str, main: str = "") -> str:
        candidates = self._of_script[script]
        if not candidates:
            return UNDETERMINED
        if main in candidates:
            return main
        if script == "han":
            return "ja" if "zh" not in candidates or is_japanese(text) else "zh"
        if len(candidates) > 1:
            return self._likeliest(text, candidates)
        is_first = candidates[0] == SCRIPTS[script].languages[0]
        return UNDETERMINED if is_first and is_foreign(script, text) else candidates[0]

    def _tell_latin(self, text: str) -> str:
        if len(self._worded) < 2:
            return self._latin[0] if self._latin else UNDETERMINED
        points = self._words.evidence(text)
        order = sorted(range(len(points)), key=points.__getitem__, reverse=True)
        first, second = points[order[0]], points[order[1]]
        if first >= _DECISIVE_POINTS and first >= _DECISIVE_RATIO * second:
            return self._worded[order[0]]
        scores = self._likelihoods(text, self._latin)
        if len(self._worded) > len(self._latin):
            scores = [*scores, max(scores) - _UNHEARD]
        total = [score + _WORD_WEIGHT * one for score, one in zip(scores, points, strict=True)]
        return self._worded[max(range(len(total)), key=total.__getitem__)]

    def _likeliest(self, text: str, candidates: tuple[str, ...]) -> str:
        scores = self._likelihoods(text, candidates)
        return candidates[max(range(len(scores)), key=scores.__getitem__)]

    @staticmethod
    def _likelihoods(text: str, candidates: tuple[str, ...]) -> list[float]:
        clean = text.encode("utf-8", "replace").decode("utf-8")
        logarithms = dict(_identifier(candidates).rank(clean))
        return [float(logarithms[_WRITTEN_AS.get(one, one)]) for one in candidates]
