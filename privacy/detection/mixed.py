"""A text in several languages: which part of it which language's readers must read."""

import re
from collections.abc import Iterator

from privacy.detection.language import LANGUAGES, Segment, detect_segments
from privacy.detection.language_scripts import LATIN, SCRIPTS, count_scripts

_LONG_CHARACTERS = 160
"""A shorter text in one script is in one language."""

_FEWEST_LETTERS = 2
_FOREIGN_NAME = re.compile(
    r"(?<![\w@#./-])[A-Z][a-z\u00df-\u00ff]+(?:[ '-](?:(?:de|van|von|di|da|al|bin) )?[A-Z][\w'\u2019-]*){1,3}"
)
"""Two words with capitals in Latin letters: what a name in a text of another script looks like."""

_FOREIGN_NAMES_IN = "en"


def in_languages(language: str, text: str) -> list[Segment]:
    """Cut a text where its language clearly changes.

    Args:
        language: BCP 47 primary tag of the whole, as far as it is known.
        text: Folded.

    Returns:
        Segments in order, in most texts one. What is in Latin letters and looks like a name within
        a text of another script comes once more, as English.
    """
    whole = [Segment(0, len(text), language)]
    is_long = len(text) >= _LONG_CHARACTERS and "\n" in text
    if text.isascii():
        return _segments(text, language) if is_long else whole
    own = _scripts_of(language)
    counts = count_scripts(text)
    foreign = sum(count for script, count in counts.items() if script not in own)
    if LATIN in own:
        is_mixed = is_long or foreign >= _FEWEST_LETTERS
        return _segments(text, language) if is_mixed else whole
    others = foreign - counts.get(LATIN, 0)
    found = _segments(text, language) if is_long or others >= _FEWEST_LETTERS else whole
    return [*found, *_names(text, found)] if counts.get(LATIN) else found


def _segments(text: str, language: str) -> list[Segment]:
    """Give the parts of a text; what could be in its language is."""
    known = language if language in LANGUAGES else None
    parts = detect_segments(text, LANGUAGES)
    main = max(parts, key=lambda part: part.end - part.start).language if parts else language
    return [
        part._replace(language=language) if known and part.language in (main, "und") else part
        for part in parts
    ]


def _names(text: str, found: list[Segment]) -> Iterator[Segment]:
    for match in _FOREIGN_NAME.finditer(text):
        start, end = match.span()
        inside = next(part for part in found if start < part.end)
        if LATIN not in _scripts_of(inside.language):
            yield Segment(start, end, _FOREIGN_NAMES_IN)


def _scripts_of(language: str) -> frozenset[str]:
    own = {name for name, script in SCRIPTS.items() if language in script.languages}
    return frozenset(own or {LATIN})
