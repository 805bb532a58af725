"""The capitals that Russian customers leave out, put back where a name must be.

A word is raised if it is a known given name or place, if it stands beside a given name and has the
form of a family name or patronymic, or if a cue announces it. What it is, the model then says.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from privacy.detection.lexicons.word_classes import load
from privacy.detection.readers.words import words


class Raised(NamedTuple):
    """A word that was given a capital.

    Attributes:
        start: Its first code point.
        end: One past its last.
        entity: What it is even if the model should not think so; empty where the model decides.
    """

    start: int
    end: int
    entity: str


_CAPITALISED = re.compile(
    r"(?<![А-ЯЁа-яё-])(?<!ул\. )(?<!пр\. )(?<!пер\. )(?<!пл\. )(?<!г\. )(?<!им\. )(?<!улица )(?<!улице )[А-ЯЁ][а-яё]{2,}(?![А-ЯЁа-яё-])"
)
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
_STOP = words(
    "и а но не ни да нет я ты он она мы вы они это эта этот как так что где когда куда кто почему"
    " уже еще ещё тут там здесь очень все всё мне меня вам вас нас его ее её их у в с со к ко на по"
    " из за от до для при без под над о об про или если бы же ли то вот мой моя моё мое мои ваш ваша"
    " хочу могу можно нужно надо есть был была было были будет заказ заказа из-за живу прошу"
    " пишу звоню здравствуйте привет спасибо пожалуйста добрый день вечер клиент покупатель"
)
_TO_PLACES = words("в во из до под около через г город города городе")


class Capitals:
    """Rewrites texts by the compiled list of given names and places in all their cases."""

    def __init__(self) -> None:
        self._classes = load("russian")

    def names(self, text: str) -> Iterator[tuple[int, int]]:
        """Find the capitalised words that are common given or family names, whatever stands by."""
        for match in _CAPITALISED.finditer(text):
            if self._classes.get(match[0].lower(), "") in ("G", "F"):
                yield match.span()

    def rewrite(self, text: str, *, is_shouting: bool) -> tuple[str, list[Raised]]:
        """Write a text with capitals where a name must be, and give the words raised.

        Args:
            text: As typed.
            is_shouting: All of it is in capitals, which then say nothing.

        Returns:
            The text anew, every position kept, and the words raised, in order.
        """
        spans = [match.span() for match in _WORD.finditer(text)]
        small = text.lower()
        if len(small) != len(text):
            return text, []
        plain = small if is_shouting else text
        cued = {
            match.end(): _SURE_CUE.search(match[0]) is not None for match in _CUE.finditer(small)
        }
        raised: dict[int, str] = {}
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
                    if word and word not in _STOP and _is_family(word)
                ]
                if kind == "G" or neighbours or start in cued:
                    is_sure = kind == "G" or bool(neighbours) or start in cued
                    raised[at] = "PERSON" if is_sure else ""
                    for one in neighbours:
                        word = small[slice(*spans[one])]
                        is_sure = _PATRONYMIC.fullmatch(word) is not None
                        raised.setdefault(one, "PERSON" if is_sure else "")
            elif kind == "F":
                raised[at] = "PERSON"
            elif kind == "P":
                raised.setdefault(at, "LOCATION" if before in _TO_PLACES else "")
            elif start in cued and (cued[start] or _is_family(small[start:end])):
                if small[start:end] in _STOP or end - start < 3:
                    continue
                is_sure = cued[start] and (not after or self._classes.get(after, "") in ("G", "g"))
                raised.setdefault(at, "PERSON" if is_sure else "")
        if not raised:
            return text, []
        letters = list(plain)
        for at in raised:
            letters[spans[at][0]] = letters[spans[at][0]].upper()
        return "".join(letters), [Raised(*spans[at], raised[at]) for at in sorted(raised)]


def is_shouting(text: str) -> bool:
    """Tell whether most letters of a text, not only of an abbreviation, are capitals."""
    return sum(map(str.isupper, text)) * 2 > sum(map(str.isalpha, text)) > 8


def _is_family(word: str) -> bool:
    """Tell whether a word has the form of a patronymic or a family name."""
    if _PATRONYMIC.fullmatch(word):
        return True
    return word not in _STOP and _SURNAME.fullmatch(word) is not None
