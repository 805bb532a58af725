"""Which language a text is in, of the few a zone speaks."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from privacy.errors import ConfigurationError

UNDETERMINED = "und"
"""ISO 639-2 for a text with too few letters to tell."""

LANGUAGES = (
    "en", "fr", "es", "pt", "de", "it", "nl", "pl", "ru", "tr", "zh", "ja", "ko", "th", "id", "ar", "hi",
)  # fmt: skip
"""BCP 47 of the languages that names are found in by more than patterns and cues."""

_LETTER = re.compile(r"[^\W\d_]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_FEWEST_LETTERS = 4
_READ_CHARACTERS = 2_000


_WRITTEN_AS = {"nb": "no", "iw": "he", "in": "id", "fil": "tl"}
"""Subtags the identifier knows by another name."""


@lru_cache(maxsize=8)
def _identifier(allowed: tuple[str, ...]) -> tuple[Any, dict[str, str]]:
    """Give an identifier of these languages, and its names for them."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(identifier.labels)
    names = {_WRITTEN_AS.get(one, one): one for one in reversed(allowed)}
    names = {label: one for label, one in names.items() if label in known}
    if not names:
        raise ConfigurationError(
            f"detection languages: none of {', '.join(allowed)} can be told from others"
        )
    identifier.set_languages(sorted(names))
    return identifier, names


def detect_languages(texts: Sequence[str], allowed: Sequence[str]) -> list[str]:
    """Tell the language of each text.

    Args:
        texts: Any text; the first 2,000 characters count.
        allowed: BCP 47 tags to choose from: fewer mean fewer mistakes. One that cannot be told
            from others is never chosen.

    Returns:
        One of `allowed`, or ``und`` for a text with fewer than four letters (fewer than two in a
        script that needs few).

    Raises:
        ConfigurationError: Nothing is allowed, or nothing that can be told from others.
    """
    choice = tuple(dict.fromkeys(one.split("-")[0].lower() for one in allowed))
    if not choice:
        raise ConfigurationError("detection languages: none is given to choose from")
    answers = []
    for text in texts:
        head = text[:_READ_CHARACTERS]
        if not _has_enough(head):
            answers.append(UNDETERMINED)
        elif len(choice) == 1:
            answers.append(choice[0])
        else:
            identifier, names = _identifier(choice)
            clean = head.encode("utf-8", "replace").decode("utf-8")
            answers.append(names[identifier.classify(clean)[0]])
    return answers


def _has_enough(text: str) -> bool:
    count = sum(1 for _ in _LETTER.finditer(text))
    return count >= _FEWEST_LETTERS or (count >= 2 and _WIDE.search(text) is not None)
