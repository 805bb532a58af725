"""Russian names: slovnet's news model, given the capitals that customers leave out.

The model relies on capitals. A text typed without them (or all in them) is written anew with a
capital where a word is a known name or stands where one must, and the model reads that.
Only the model's files are taken out of natasha: importing it would load what is not needed here.
"""

import importlib.util
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from privacy.detection.readers.reader import Reader
from privacy.detection.readers.word_classes import load
from privacy.detection.readers.words import words
from privacy.detection.spans import Reason, Span
from privacy.errors import ConfigurationError

RECOGNIZER = "RussianNames"
_BATCH = 32
_LONG = 600
"""Texts from this many characters on are read in small batches: padding makes big ones costly."""
_ENTITIES: Mapping[str, str] = {"PER": "PERSON", "LOC": "LOCATION", "ORG": "ORGANIZATION"}

_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
_SURNAME = re.compile(
    r"[а-яё]{2,}(?:(?:[оеё]в|[иы]н)(?:а|у|ым|е|ой)?|(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую)"
    r"|енко|[чщ]ук(?:а|у|ом|е)?|[ая]ян(?:а|у|ом|е)?|швили|дзе|[оеы]й|их|ых|оглы|ич(?:а|у|ем|е)?|ко|[её]к|ик|ак|ук)"
)
_PATRONYMIC = re.compile(
    r"[а-яё]{2,}(?:[оеё]вич(?:а|у|ем|е)?|[оеё]вн(?:а|ы|е|у|ой)|иничн(?:а|ы|е|у|ой)|(?:ильи|кузьми|луки|фоми)ч(?:а|у|ом|е|ем)?)"
)
_CUE = re.compile(
    r"(?<![а-яё])(?:(?:меня|его|её|ее|которого|которую) зовут|зовут меня|зовут|мо[её] имя|имя клиента|имя получателя|фамилия(?: имя)?|фио|это|я|с уважением|ваш клиент|клиентка?"
    r"|гражданин[а-я]{0,2}|гражданк[а-я]{1,2}|гр\.|г-н[а-я]?|г-ж[а-я]|господин[а-я]{0,2}|госпож[а-я]{1,2}|доктор[а-я]{0,2}|врач[а-я]{0,2}|менеджер[а-я]{0,2}|оператор[а-я]{0,2}|консультант[а-я]{0,2}|курьер[а-я]{0,2}|мастер[а-я]{0,2}|сотрудник[а-я]{0,2}"
    r"|пациент[а-я]{0,2}|пациентк[а-я]{1,2}|ист[еи]?ц[а-я]{0,2}|ответчик[а-я]{0,2}|подсудимый|обвиняемый|свидетел[а-я]{1,2}|судь[а-я]{1,2}|адвокат[а-я]{0,2}"
    r"|муж[а-я]{0,2}|жен[а-я]{1,2}|сын[а-я]{0,2}|доч[а-я]{1,4}|брат[а-я]{0,2}|сестр[а-я]{1,2}|друг[а-я]{0,2}|подруг[а-я]{1,2}|получатель|отправитель|уважаем[а-я]{2,3}|дорог[а-я]{2,3})(?![а-яё])[ ,:.\n-]{1,4}",
    re.IGNORECASE,
)
_SURE_CUE = re.compile(
    r"зовут|имя|фамилия|фио|уважением|получатель|отправитель|гражданин|гражданк|г-н|г-ж|господин|госпож|гр\.",
    re.IGNORECASE,
)
_INITIALS = re.compile(
    r"(?<![А-ЯЁа-яё])(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)? [А-ЯЁ]\. ?(?:[А-ЯЁ]\.)?(?! ?(?:[А-ЯЁ]\. ?)?[А-ЯЁ][а-яё])|[А-ЯЁ]\. ?(?:[А-ЯЁ]\. ?)?[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?)"
    r"(?![а-яё])"
)
_FORMAL = re.compile(
    r"(?<![А-ЯЁа-яё-])(?:[А-ЯЁ][а-яё-]+ )?[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:вич(?:а|у|ем|е)?|вн(?:а|ы|е|у|ой)|ьич(?:а|у|ом|е|ем)?|ичн(?:а|ы|е|у|ой))(?![а-яё])"
)
_NOT_AFTER_INITIALS = words("ул пр пер пл г д кв стр корп рис табл см им ст п")
_STOP = words(
    "и а но не ни да нет я ты он она мы вы они это эта этот как так что где когда куда кто почему"
    " уже еще ещё тут там здесь очень все всё мне меня вам вас нас его ее её их у в с со к ко на по"
    " из за от до для при без под над о об про или если бы же ли то вот мой моя моё мое мои ваш ваша"
    " хочу могу можно нужно надо есть был была было были будет заказ заказа из-за живу прошу"
    " пишу звоню здравствуйте привет спасибо пожалуйста добрый день вечер клиент покупатель"
)


class RussianReader:
    """Reads Russian with slovnet's model.

    Args:
        folder: natasha's, with its data.
    """

    def __init__(self, folder: Path) -> None:
        from navec import Navec
        from slovnet import NER

        embedding = Navec.load(str(folder / "data/emb/navec_news_v1_1B_250K_300d_100q.tar"))
        model = folder / "data/model/slovnet_ner_news_v1.tar"
        self._model: Any = NER.load(str(model), batch_size=_BATCH).navec(embedding)
        self._classes = load("russian")

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text; see `Reader.read`."""
        found: list[list[Span]] = [[] for _ in texts]
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        anew: list[tuple[int, str, list[tuple[int, int, bool]]]] = []
        as_is = []
        for at in order:
            is_shouting = _is_shouting(texts[at])
            written, raised = self._with_capitals(texts[at], is_shouting=is_shouting)
            if raised:
                anew.append((at, written, raised))
            if not is_shouting:
                as_is.append(at)
        for at, spans in zip(as_is, self._model_spans([texts[at] for at in as_is]), strict=True):
            found[at].extend(spans)
            found[at].extend(_formal(texts[at]))
        for (at, _, raised), spans in zip(
            anew, self._model_spans([written for _, written, _ in anew]), strict=True
        ):
            found[at].extend(_raised_spans(spans, raised))
        return found

    def _model_spans(self, texts: Sequence[str]) -> Iterator[list[Span]]:
        at = 0
        while at < len(texts):
            width = _BATCH if len(texts[min(at + _BATCH, len(texts)) - 1]) < _LONG else 2
            for markup in self._model.infer(texts[at : at + width]):
                yield [
                    Span(
                        one.start,
                        one.stop,
                        _ENTITIES[one.type],
                        0.85,
                        RECOGNIZER,
                        Reason.MODEL.value,
                    )
                    for one in markup.spans
                    if one.type in _ENTITIES
                    and any(map(str.isalpha, markup.text[one.start : one.stop]))
                ]
            at += width

    def _with_capitals(
        self, text: str, *, is_shouting: bool
    ) -> tuple[str, list[tuple[int, int, bool]]]:
        """Write a text with capitals where a name must be; give the words raised.

        Each comes with whether it is a name even if the model should not think so.
        """
        spans = [match.span() for match in _WORD.finditer(text)]
        small = text.lower()
        if len(small) != len(text):
            return text, []
        plain = small if is_shouting else text
        cued = {
            match.end(): _SURE_CUE.search(match[0]) is not None for match in _CUE.finditer(small)
        }
        raised: dict[int, bool] = {}
        for at, (start, end) in enumerate(spans):
            if not plain[start].islower():
                continue
            kind = self._classes.get(small[start:end], "")
            before = small[slice(*spans[at - 1])] if at and spans[at - 1][1] + 1 == start else ""
            after = (
                small[slice(*spans[at + 1])]
                if at + 1 < len(spans) and spans[at + 1][0] == end + 1
                else ""
            )
            if kind in ("G", "g"):
                neighbours = [
                    at + step
                    for step, word in ((-1, before), (1, after))
                    if word and word not in _STOP and self._is_family(word)
                ]
                if kind == "G" or neighbours or start in cued:
                    raised[at] = bool(neighbours) or start in cued
                    for one in neighbours:
                        raised[one] = True
            elif kind == "P":
                raised.setdefault(at, False)
            elif start in cued and (cued[start] or self._is_family(small[start:end])):
                if small[start:end] in _STOP or end - start < 3:
                    continue
                is_sure = cued[start] and (not after or self._classes.get(after, "") in ("G", "g"))
                raised.setdefault(at, is_sure)
        if not raised:
            return text, []
        letters = list(plain)
        for at in raised:
            letters[spans[at][0]] = letters[spans[at][0]].upper()
        return "".join(letters), [(*spans[at], raised[at]) for at in sorted(raised)]

    def _is_family(self, word: str) -> bool:
        if _PATRONYMIC.fullmatch(word):
            return True
        return _SURNAME.fullmatch(word) is not None and word not in _STOP


def _is_shouting(text: str) -> bool:
    """Tell whether most letters of a text, not only of an abbreviation, are capitals."""
    return sum(map(str.isupper, text)) * 2 > sum(map(str.isalpha, text)) > 8


def _raised_spans(spans: Sequence[Span], raised: Sequence[tuple[int, int, bool]]) -> Iterator[Span]:
    """Give what the model says of raised words, and the sure ones it left out."""
    kept = [
        span
        for span in spans
        if any(start < span.end and span.start < end for start, end, _ in raised)
        and span.entity != "ORGANIZATION"
    ]
    for span in kept:
        yield span._replace(score=0.7)
    run: list[int] = []
    for start, end, is_sure in (*raised, (-2, -2, False)):
        if is_sure and run and start == run[1] + 1:
            run[1] = end
            continue
        if run and not any(span.start < run[1] and run[0] < span.end for span in kept):
            yield Span(run[0], run[1], "PERSON", 0.55, RECOGNIZER, Reason.CUE.value)
        run = [start, end] if is_sure else []


def _formal(text: str) -> Iterator[Span]:
    """Give names with initials or a patronymic, whose form alone proves them."""
    if "." in text:
        for match in _INITIALS.finditer(text):
            before = text[max(0, match.start() - 6) : match.start()].lower().rstrip(" .").split(" ")
            if before[-1] not in _NOT_AFTER_INITIALS:
                yield Span(*match.span(), "PERSON", 0.6, RECOGNIZER, Reason.PATTERN.value)
    if "ич" in text or "вн" in text or "чн" in text:
        for match in _FORMAL.finditer(text):
            yield Span(*match.span(), "PERSON", 0.6, RECOGNIZER, Reason.PATTERN.value)


def reader() -> Reader:
    """Make the reader of Russian.

    Raises:
        ConfigurationError: natasha, which brings the model, is not installed.
    """
    found = importlib.util.find_spec("natasha")
    if found is None or not found.submodule_search_locations:
        raise ConfigurationError("detection of ru: the package natasha is not installed")
    return RussianReader(Path(found.submodule_search_locations[0]))
