"""Russian names: slovnet's news model, given the capitals that customers leave out.

The model relies on capitals. A text typed without them (or all in them) is written anew with a
capital where a word is a known name or stands where one must, and the model reads that.
Only the model's files are taken out of natasha: importing it would load what is not needed here.
"""

import importlib.util
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from threadpoolctl import ThreadpoolController

from privacy.detection.readers import scripts
from privacy.detection.readers.reader import Reader
from privacy.detection.readers.russian_capitals import Capitals, Raised, is_shouting
from privacy.detection.readers.russian_model import Find, NewsModel
from privacy.detection.readers.words import words
from privacy.detection.spans import Reason, Span
from privacy.errors import ConfigurationError

RECOGNIZER = "RussianNames"
_BATCH = 32
_LONG = 600
"""Texts from this many characters on are read in small batches."""
_MODEL = Reason.MODEL.value
_ENTITIES: Mapping[str, str] = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION"}

_NOT_RUSSIAN = re.compile("[іїєґўјљњћђѓќ]", re.IGNORECASE)
_RUSSIAN = re.compile("[ыэъё]", re.IGNORECASE)
"""Letters that tell Russian from other languages in Cyrillic, which a router may take for it."""

_INITIALS = re.compile(
    r"(?<![А-ЯЁа-яё])(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)? [А-ЯЁ]\. ?(?:[А-ЯЁ]\.)?(?! ?(?:[А-ЯЁ]\. ?)?[А-ЯЁ][а-яё])|[А-ЯЁ]\. ?(?:[А-ЯЁ]\. ?)?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)"
    r"(?![а-яё])"
)
_FORMAL = re.compile(
    r"(?<![А-ЯЁа-яё-])(?:[А-ЯЁ][а-яё-]+ )?[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:вич(?:а|у|ем|е)?|вн(?:а|ы|е|у|ой)|ьич(?:а|у|ом|е|ем)?|ичн(?:а|ы|е|у|ой))(?![а-яё])"
)
_NOT_AFTER_INITIALS = words("ул пр пер пл г д кв стр корп рис табл см им ст п")
_ROLE = re.compile(
    r"(?:осужд[её]нн|подсудим|обвиняем|потерпевш|истец|истц|истиц|ответчи|свидетел|судь|адвокат|защитни|прокурор|заявител|взыскател|должни"
    r"|пациент|больн|гражданин|гражданк|господин|госпож|доктор|врач|дяд|т[её]т|курьер|менеджер|оператор|консультант|мастер|нотариус|директор|уважаем|дорог)[а-яё]{0,6} (?=[А-ЯЁ])",
    re.IGNORECASE,
)
"""A word the model takes for the beginning of a name."""


_NO_PERSON = re.compile(
    r"[А-ЯЁа-яё]+(?:ическ(?:ий|ая|ое|ие)|[её]нн(?:ый|ая|ое|ые)|ание|ения?|ость|ции?я?|овать|ивать)"
)
"""A single word the model takes for a name because it begins a sentence."""


class RussianReader:
    """Reads Russian with slovnet's model.

    Args:
        folder: natasha's, with its data.
    """

    def __init__(self, folder: Path) -> None:
        self._model = NewsModel(folder)
        self._capitals = Capitals()
        self._others = scripts.reader()
        self._threads = ThreadpoolController()

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text; see `Reader.read`."""
        with self._threads.limit(limits=1):
            found = self._read(texts)
        other = [
            at
            for at, text in enumerate(texts)
            if len(_NOT_RUSSIAN.findall(text)) > 1 and not _RUSSIAN.search(text)
        ]
        if other:
            for at, spans in zip(
                other, self._others.read([texts[at] for at in other]), strict=True
            ):
                found[at] = spans
        return found

    def _read(self, texts: Sequence[str]) -> list[list[Span]]:
        found: list[list[Span]] = [[] for _ in texts]
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        anew: list[tuple[int, str, list[Raised]]] = []
        as_is = []
        for at in order:
            shouts = is_shouting(texts[at])
            written, raised = self._capitals.rewrite(texts[at], is_shouting=shouts)
            if raised:
                anew.append((at, written, raised))
            # Without a capital the model sees nothing that it would not see in the text anew.
            if not shouts and not (raised and texts[at].islower()):
                as_is.append(at)
        for at, spans in zip(as_is, self._model_spans([texts[at] for at in as_is]), strict=True):
            found[at].extend(spans)
            found[at].extend(_formal(texts[at]))
            for start, end in self._capitals.names(texts[at]):
                if not any(span.start < end and start < span.end for span in found[at]):
                    reason = Reason.PATTERN.value
                    found[at].append(Span(start, end, "PERSON", 0.5, RECOGNIZER, reason))
        for (at, _, raised), spans in zip(
            anew, self._model_spans([written for _, written, _ in anew]), strict=True
        ):
            found[at].extend(_raised_spans(spans, raised))
        return found

    def _model_spans(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        at = 0
        while at < len(texts):
            # Long texts in small batches: what a layer makes of them should stay in the cache.
            width = _BATCH if len(texts[min(at + _BATCH, len(texts)) - 1]) < _LONG else 2
            batch = texts[at : at + width]
            for text, found in zip(batch, self._model.read(batch), strict=True):
                yield [
                    Span(_start(text, one), one.end, _ENTITIES[one.kind], 0.85, RECOGNIZER, _MODEL)
                    for one in found
                    if not (one.kind == "PER" and _NO_PERSON.fullmatch(text, one.start, one.end))
                    and any(map(str.isalpha, text[one.start : one.end]))
                ]
            at += width


def _start(text: str, found: Find) -> int:
    """Give where a model's find begins, without the role of the person named."""
    role = _ROLE.match(text, found.start, found.end) if found.kind == "PER" else None
    return role.end() if role else found.start


def _raised_spans(spans: Sequence[Span], raised: Sequence[Raised]) -> Iterator[Span]:
    """Give what the model says of raised words, and the sure ones it left out."""
    kept = [
        span
        for span in spans
        if span.entity != "ORGANIZATION"
        and any(one.start < span.end and span.start < one.end for one in raised)
    ]
    for span in kept:
        yield span._replace(score=0.7)
    run = Raised(-1, -1, "")
    for one in (*raised, run):
        if one.entity and one.entity == run.entity and one.start == run.end + 1:
            run = run._replace(end=one.end)
            continue
        if run.entity and not any(span.start < run.end and run.start < span.end for span in kept):
            yield Span(run.start, run.end, run.entity, 0.55, RECOGNIZER, Reason.CUE.value)
        run = one


def _formal(text: str) -> Iterator[Span]:
    """Give names with initials or a patronymic, whose form alone proves them."""
    if "." in text:
        for match in _INITIALS.finditer(text):
            before = text[max(0, match.start() - 6) : match.start()].lower().rstrip(" .").split(" ")
            if before[-1] not in _NOT_AFTER_INITIALS:
                yield Span(*match.span(), "PERSON", 0.6, RECOGNIZER, Reason.PATTERN.value)
    if "ич" in text or "вн" in text or "чн" in text:
        for match in _FORMAL.finditer(text):
            role = _ROLE.match(text, match.start(), match.end())
            start = role.end() if role else match.start()
            yield Span(start, match.end(), "PERSON", 0.6, RECOGNIZER, Reason.PATTERN.value)


def reader() -> Reader:
    """Make the reader of Russian.

    Raises:
        ConfigurationError: natasha, which brings the model, is not installed.
    """
    found = importlib.util.find_spec("natasha")
    if found is None or not found.submodule_search_locations:
        raise ConfigurationError("detection of ru: the package natasha is not installed")
    return RussianReader(Path(found.submodule_search_locations[0]))
