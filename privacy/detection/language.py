"""Which language a text is in, of the few a zone speaks."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from privacy.errors import ConfigurationError

UNDETERMINED = "und"
"""ISO 639-2 for a text with too few letters to tell."""

_LETTER = re.compile(r"[^\W\d_]")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_FEWEST_LETTERS = 4
_READ_CHARACTERS = 2_000


@lru_cache(maxsize=8)
def _identifier(allowed: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    try:
        identifier.set_languages(list(allowed))
    except ValueError:
        raise ConfigurationError(
            f"detection languages: one of {', '.join(allowed)} cannot be told from others"
        ) from None
    return identifier


def detect_languages(texts: Sequence[str], allowed: Sequence[str]) -> list[str]:
    """Tell the language of each text.

    Args:
        texts: Any text; the first 2,000 characters count.
        allowed: BCP 47 primary subtags to choose from: fewer mean fewer mistakes.

    Returns:
        One of `allowed`, or ``und`` for a text with fewer than four letters (fewer than two in a
        script that needs few).

    Raises:
        ConfigurationError: Nothing is allowed, or a language no model knows.
    """
    choice = tuple(sorted({one.split("-")[0].lower() for one in allowed}))
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
            clean = head.encode("utf-8", "replace").decode("utf-8")
            answers.append(str(_identifier(choice).classify(clean)[0]))
    return answers


def _has_enough(text: str) -> bool:
    count = sum(1 for _ in _LETTER.finditer(text))
    return count >= _FEWEST_LETTERS or (count >= 2 and _WIDE.search(text) is not None)
