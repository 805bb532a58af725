"""The readers of each language, one after the other, loaded when a text of it first comes.

A lexicon or a morphological analyser costs little and reads every text. A model costs a hundred
times as much, and most messages name nobody: in a language whose ordinary words are known, it reads
only what holds a word that may be a name and that nothing before it has explained.
"""

from collections.abc import Iterable, Mapping, Sequence

from privacy.detection.lexicons.lexicon import WORD_LANGUAGES, Lexicon
from privacy.detection.readers.gate import Gate
from privacy.detection.readers.model_files import ModelChoice, folder_of
from privacy.detection.readers.reader import Reader
from privacy.detection.readers.registry import READERS, Maker, make
from privacy.detection.readers.tidy import Tidy
from privacy.detection.spans import Span

UNKNOWN = "und"
_SAMPLE = "Ada Lovelace"

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
        self._words: dict[str, tuple[Gate, Tidy]] = {}
        for language, names in self._choices.items():
            for name in names:
                chosen = READERS[name] if isinstance(name, str) else name
                if isinstance(chosen, ModelChoice):
                    folder_of(chosen, language)

    def warm(self, languages: Iterable[str]) -> None:
        """Load the readers of some languages."""
        for language in languages:
            if language in WORD_LANGUAGES:
                self._words_of(language)
            for name in self._choices.get(language, ()):
                self._reader(name, language).read([_SAMPLE])

    def read(
        self, pieces: Sequence[tuple[str, str]], patterns: Sequence[Sequence[Span]]
    ) -> list[list[Span]]:
        """Read pieces of text.

        Args:
            pieces: (BCP 47 primary tag, text) of each.
            patterns: What was found in each without reading it.

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
            texts = [pieces[at][1] for at in chosen]
            spans = self._read_all(language, texts, [patterns[at] for at in chosen])
            for at, some in zip(chosen, spans, strict=True):
                found[at] = some
        return found

    def _read_all(
        self, language: str, texts: Sequence[str], patterns: Sequence[Sequence[Span]]
    ) -> list[list[Span]]:
        found: list[list[Span]] = [[] for _ in texts]
        candidates: list[list[tuple[int, int]]] = []
        for name in self._choices.get(language, ()):
            reader = self._reader(name, language)
            chosen = READERS[name] if isinstance(name, str) else name
            if language not in WORD_LANGUAGES:
                for spans, more in zip(found, reader.read(texts), strict=True):
                    spans.extend(more)
                continue
            gate, tidy = self._words_of(language)
            if isinstance(chosen, Maker):
                for at, more in enumerate(reader.read(texts)):
                    found[at].extend(tidy.names(texts[at], more))
                continue
            is_again = bool(candidates)
            if not candidates:
                candidates = [gate.candidates(text) for text in texts]
            parts = [
                (at, start, text[start:end])
                for at, text in enumerate(texts)
                for start, end in gate.parts(
                    text, (*patterns[at], *found[at]), candidates[at], is_again=is_again
                )
            ]
            read = reader.read([part for _, _, part in parts])
            for (at, start, _), spans in zip(parts, read, strict=True):
                moved = [
                    one._replace(start=one.start + start, end=one.end + start) for one in spans
                ]
                found[at].extend(tidy.finds(texts[at], moved))
        return found

    def _words_of(self, language: str) -> tuple[Gate, Tidy]:
        if language not in self._words:
            lexicon = Lexicon(language)
            self._words[language] = Gate(lexicon), Tidy(lexicon)
        return self._words[language]

    def _reader(self, name: str | ModelChoice, language: str) -> Reader:
        chosen = READERS[name] if isinstance(name, str) else name
        is_by_language = isinstance(chosen, Maker) and chosen.is_by_language
        key = (name, language if is_by_language else "")
        if key not in self._made:
            self._made[key] = make(name, language)
        return self._made[key]
