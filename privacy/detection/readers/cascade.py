"""The readers of each language, one after the other, loaded when a text of it first comes."""

from collections.abc import Mapping, Sequence

from privacy.detection.readers.model_files import ModelChoice, folder_of
from privacy.detection.readers.reader import Reader
from privacy.detection.readers.registry import READERS, Maker, make
from privacy.detection.spans import Span

UNKNOWN = "und"

Choices = Mapping[str, tuple[str | ModelChoice, ...]]


class Cascade:
    """Reads each text with the readers of its language.

    Args:
        choices: Language to its readers, in order.

    Raises:
        ConfigurationError: A model is not installed as configured; that its files are the chosen
            ones is proven when it is loaded.
    """

    def __init__(self, choices: Choices) -> None:
        self._choices = {language: tuple(names) for language, names in choices.items()}
        self._made: dict[tuple[str | ModelChoice, str], Reader] = {}
        for language, names in self._choices.items():
            for name in names:
                chosen = READERS[name] if isinstance(name, str) else name
                if isinstance(chosen, ModelChoice):
                    folder_of(chosen, language)

    def read(self, pieces: Sequence[tuple[str, str]]) -> list[list[Span]]:
        """Read pieces of text.

        Args:
            pieces: (BCP 47 primary tag, text) of each.

        Returns:
            Of each, spans in any order, overlaps allowed.
        """
        found: list[list[Span]] = [[] for _ in pieces]
        places: dict[str, list[int]] = {}
        for at, (language, text) in enumerate(pieces):
            if text and not text.isspace():
                known = language if language in self._choices else UNKNOWN
                places.setdefault(known, []).append(at)
        for language, chosen in places.items():
            for name in self._choices.get(language, ()):
                spans = self._reader(name, language).read([pieces[at][1] for at in chosen])
                for at, some in zip(chosen, spans, strict=True):
                    found[at].extend(some)
        return found

    def _reader(self, name: str | ModelChoice, language: str) -> Reader:
        chosen = READERS[name] if isinstance(name, str) else name
        is_by_language = isinstance(chosen, Maker) and chosen.is_by_language
        key = (name, language if is_by_language else "")
        if key not in self._made:
            self._made[key] = make(name, language)
        return self._made[key]
