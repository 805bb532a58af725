"""Reads Korean: Kiwi splits words from their endings, then family names, honorifics and cues decide.

Kiwi guesses that an unknown noun is a proper one, which is right for names and wrong for much else:
a person here is a family name with a given name's syllables, or what an honorific or a cue names.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from privacy.detection.lexicons.korean_surnames import SURNAMES
from privacy.detection.readers.korean_names import (
    COMMON_SURNAMES,
    COMPOUND_SURNAMES,
    CUES,
    FIRST_GIVEN,
    FOREIGN_GIVEN,
    GIVEN,
    HONORIFICS,
    LAST_GIVEN,
    NOT_NAMES,
    ORGANISATION,
    PLACES,
)
from privacy.detection.readers.korean_weights import SURE_FROM, Weights
from privacy.detection.readers.words import words as _listed
from privacy.detection.spans import Reason, Span

NAME = "KoreanNames"
_SURE = 0.85
_LIKELY = 0.6

_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_ORGANISATION = re.compile(rf"{ORGANISATION}$")
_LEGAL_FORM = re.compile(
    r"(?:주식회사|유한회사|재단법인|사단법인|의료법인|학교법인|법무법인|\(주\))$"
)
_ADMINISTRATIVE = re.compile(r"..+(?:특별시|광역시|특별자치시|특별자치도)|..(?:시|군|구)$")
_PART = re.compile(r"..?.?.?(?:시|군|구|읍|면|동|리|로|길)$")
_NOT_PLACES = re.compile(
    r"(?:프록시|스태시|캐시|푸시|해시|대시|메시|러시|터시|서비스|택시|다시|잠시|접시|혹시|(?<!광)역시|즉시|임시|당시|가입시|구매시|사용시|주문시|친구|가구|도구|농구|축구|야구|배구|탁구|출구|입구|항구|기구|요구|욕구|연구"
    r"|운동|행동|활동|이동|자동|수동|작동|공동|노동|감동|변동|진동|소동|아동|국군|장군|화면|라면|측면|방면|표면|전면|하면|냉면|가면|당면|수면|정면"
    r"|처리|관리|정리|수리|거리|다리|자리|요리|소리|머리|유리|우리|분리|권리|심리|대리|허리|무리|고리|진리|논리|윤리|원리|편리|승리|이리|저리|그리|꼬리|오리|스토리|배터리|카테고리"
    r"|서로|별로|바로|따로|새로|스스로|실제로|주로|도로|통로|경로|진로|미로|위로|피로|전로|글로|대로|제로|유로|프로|앞으로|뒤로|옆으로|길|손길|눈길|발길|갈길)$"
)
_PARTICLES = _listed(
    """
    은 는 이 가 을 를 의 에게 께 께서 도 만 과 와 랑 이랑 한테 으로 로 입니다 이에요 예요 이라고 라고 이신가요 이세요 께는
    께서는 아 야 들 들이 이며 하고 이다
    """
) | {""}
_NOUNS = frozenset(["NNP", "NNG", "XR", "SH", "XPN", "NR"])
_MASKED = re.compile(
    rf"(?<![\uac00-\ud7a3])(?:[{''.join(sorted(SURNAMES))}]모(?= ?(?:\(\d|씨|[양군](?![\uac00-\ud7a3]{{3}})))"
    rf"|[{''.join(sorted(SURNAMES))}](?:[○〇△□×]{{1,2}}|OO|XX|xx|\*\*|[\uac00-\ud7a3][○〇×*][\uac00-\ud7a3]?))"
)
_VIETNAMESE = re.compile(
    r"(?<![\uac00-\ud7a3])(?:응우옌|쩐|팜|부이|호앙|응오|즈엉|쯔엉|도안)(?: [\uac00-\ud7a3]{1,2}){0,2} [\uac00-\ud7a3]{1,3}?"
    r"(?=(?:은|는|이|가|을|를|의|에게|한테|께서|씨|님|와|과)?(?![\uac00-\ud7a3]))"
)
_TITLE = re.compile(rf" ?(?:{'|'.join(sorted(HONORIFICS, key=len, reverse=True))})")
_VOICED = re.compile(r"[아이] (?:씨|님|군|양)")


class _Word(NamedTuple):
    """A run of nouns at the start of a word, before its endings.

    Attributes:
        is_proper: Kiwi tags a part of it as a proper noun.
        is_new: Kiwi knows no part of it.
        morphemes: How many morphemes Kiwi found in it.
        ending: What is written behind it in the same word.
        ending_tag: Kiwi's tag of the first ending, empty at the word's end.
    """

    start: int
    end: int
    text: str
    is_proper: bool
    is_new: bool
    morphemes: int
    ending: str
    ending_tag: str


class KoreanReader:
    """Finds people, places and organisations in Korean texts."""

    def __init__(self) -> None:
        from kiwipiepy import Kiwi

        # Without its word lists Kiwi takes half the memory, and names are in none of them.
        self._kiwi: Any = Kiwi(
            num_workers=1, load_default_dict=False, load_typo_dict=False, load_multi_dict=False
        )
        self._weights = Weights()

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text."""
        return [list(self._read(text)) if _HANGUL.search(text) else [] for text in texts]

    def _words(self, text: str, tokens: Sequence[Any]) -> list[_Word]:
        words: list[_Word] = []
        at = 0
        while at < len(tokens):
            first = tokens[at]
            begins = not first.start or not text[first.start - 1].isalnum()
            if not begins or first.tag not in _NOUNS:
                # 아이/VV: a surname read as something else still counts before a title
                at += 1
                continue
            end = first.start
            last = at
            is_proper = False
            is_new = True
            while last < len(tokens) and tokens[last].tag in _NOUNS and tokens[last].start == end:
                if (
                    last > at
                    and text[first.start : end] not in "주식회사"
                    and tokens[last].form in HONORIFICS
                ):
                    break
                is_proper = is_proper or tokens[last].tag == "NNP"
                is_new = is_new and tokens[last].oov
                end = tokens[last].start + tokens[last].len
                last += 1
            if last == at:
                at += 1
                continue
            match = _HANGUL.match(text, end)
            rest = match[0] if match else ""
            tag = (
                tokens[last].tag
                if last < len(tokens) and tokens[last].start <= end and rest
                else ""
            )
            name = text[first.start : end]
            words.append(_Word(first.start, end, name, is_proper, is_new, last - at, rest, tag))
            at = last
        return words

    def _read(self, text: str) -> Iterator[Span]:
        tokens = self._kiwi.tokenize(text)
        words = self._words(text, tokens)
        found: list[Span] = [
            Span(*match.span(), "PERSON", _SURE, NAME, Reason.MODEL.value)
            for pattern in (_MASKED, _VIETNAMESE)
            for match in pattern.finditer(text)
        ]
        for one in self._weights.candidates(text, tokens):
            is_sure = one.weight >= SURE_FROM
            reason = Reason.MODEL if is_sure else Reason.CUE
            score = _SURE if is_sure else _LIKELY
            found.append(Span(one.start, one.end, "PERSON", score, NAME, reason.value))
        weighed = bytearray(len(text))
        for span in found:
            weighed[span.start : span.end] = b"\1" * (span.end - span.start)
        taken: set[int] = set()
        for at, word in enumerate(words):
            if word.start in taken or any(weighed[word.start : word.end]):
                continue
            place = _place(words, at, text)
            is_area = place is not None and (place[1] > word.end or word.text in PLACES)
            named = (
                place
                if is_area
                else _person(words, at, text) or _organisation(words, at, text) or place
            )
            if named is not None:
                start, end, entity, score = named
                taken.update(one.start for one in words if start <= one.start < end)
                reason = Reason.MODEL if score == _SURE else Reason.CUE
                found.append(Span(start, end, entity, score, NAME, reason.value))
        yield from found
        yield from _repeated(text, found)


_Found = tuple[int, int, str, float]


def _cue_before(words: Sequence[_Word], at: int, text: str) -> bool:
    word = words[at]
    before = text[max(0, word.start - 14) : word.start].rstrip(" :,(-\n")
    if not before:
        return False
    if before.endswith(
        ("이름은", "성함은", "저는", "이름:", "성명", "받는 사람", "보내는 사람", "명의")
    ):
        return True
    return at > 0 and text[words[at - 1].start : word.start].strip(" :,은는이가)(.-") in CUES


def _is_called(word: _Word, text: str) -> bool:
    rest = word.ending
    if not rest:
        match = _HANGUL.match(text, word.end + 1) if text[word.end : word.end + 1] == " " else None
        rest = match[0] if match else ""
        if rest.startswith(("형", "양", "군", "의사", "이사", "검사", "기사")) and len(rest) > 3:
            return False
    return any(
        rest[:size] in HONORIFICS and (size > 1 or rest[1:] in _PARTICLES) for size in range(1, 6)
    )


def _surname_length(text: str) -> int:
    if text[:2] in COMPOUND_SURNAMES and len(text) >= 3:
        return 2
    return 1 if text[:1] in SURNAMES else 0


def _is_full_name(text: str) -> bool:
    size = _surname_length(text)
    given = text[size:]
    return (
        size > 0
        and len(given) == 2
        and text not in NOT_NAMES
        and all(one in GIVEN for one in given)
    )


def _person(words: Sequence[_Word], at: int, text: str) -> _Found | None:
    word = words[at]
    name = word.text
    size = len(name)
    if not _HANGUL.fullmatch(name) or name in PLACES or name in CUES or size > 6:
        return None
    called = _is_called(word, text)
    if name in FOREIGN_GIVEN and word.is_proper:
        end = word.end
        for after in words[at + 1 : at + 3]:
            if (
                text[end : after.start] not in (" ", "·")
                or not after.is_proper
                or after.text in PLACES
            ):
                break
            end = after.end
        if end > word.end:
            return word.start, end, "PERSON", _SURE
        return (word.start, end, "PERSON", _LIKELY) if called and size > 1 else None
    cued = _cue_before(words, at, text)
    # 윤정/아/씨: the last syllable taken for the particle one calls a name with.
    if (
        size == 2
        and word.ending in ("아", "이")
        and word.is_proper
        and _is_full_name(name + word.ending)
    ):
        match = _VOICED.match(text, word.end)
        if match or cued:
            return word.start, word.end + 1, "PERSON", _SURE
    if size == 1:
        if name in COMMON_SURNAMES and called and word.ending[:1] != "님":
            title = _TITLE.match(text, word.end)
            # 김 부장: without it hardly a name
            return word.start, title.end() if title else word.end, "PERSON", _LIKELY
        return None
    if _is_full_name(name):
        if _ORGANISATION.search(name) and not called:
            return None
        is_likely = (
            name[0] in COMMON_SURNAMES and name[-2] in FIRST_GIVEN and name[-1] in LAST_GIVEN
        ) or size == 4
        if word.is_new or (word.is_proper and (is_likely or called or cued)):
            return word.start, word.end, "PERSON", _SURE
        if word.morphemes == 1:
            return (word.start, word.end, "PERSON", _LIKELY) if called or cued else None
        # 임재/범/아: cut where no word ends
        if is_likely and (called or cued or word.ending_tag == "JKV" or word.morphemes == 3):
            return word.start, word.end, "PERSON", _LIKELY
        return None
    if size == 2 and word.is_proper:
        if name[0] in COMMON_SURNAMES and name[1] in GIVEN and (cued or called):
            return word.start, word.end, "PERSON", _LIKELY
        is_given = name[0] in GIVEN and name[1] in GIVEN
        vocative = word.ending_tag == "JKV" or word.ending in (
            "아",
            "야",
            "이가",
            "이는",
            "이랑",
            "이한테",
        )
        if is_given and (called or vocative):
            return word.start, word.end, "PERSON", _LIKELY
    if size == 4 and word.morphemes > 1 and _is_full_name(name[:3]) and name[3] in "이" and cued:
        return word.start, word.start + 3, "PERSON", _LIKELY
    if (
        called
        and word.is_proper
        and 2 <= size <= 5
        and text[word.end : word.end + 2] in (" 씨", " 님", "씨", "님")
    ):
        start = word.start
        before = words[at - 1] if at else None
        if (
            before is not None
            and before.is_proper
            and text[before.end : start] == " "
            and before.text not in PLACES
        ):
            start = before.start
        return start, word.end, "PERSON", _LIKELY
    return None


def _organisation(words: Sequence[_Word], at: int, text: str) -> _Found | None:
    word = words[at]
    if _LEGAL_FORM.fullmatch(word.text) or text[max(0, word.start - 3) : word.start] == "(주)":
        if word.text[-2:] in ("회사", "법인"):
            after = words[at + 1] if at + 1 < len(words) else None
            if after is None or text[word.end : after.start] != " " or word.ending:
                return None
            return word.start, after.end, "ORGANIZATION", _SURE
        return word.start, word.end, "ORGANIZATION", _SURE
    head = _ORGANISATION.search(word.text)
    if head is None or not head.start() or not word.is_proper or len(word.text) < 4:
        return None
    return word.start, word.end, "ORGANIZATION", _SURE


def _place(words: Sequence[_Word], at: int, text: str) -> _Found | None:
    end = 0
    for place in words[at : at + 5]:
        if end and text[end : place.start] != " ":
            break
        name = place.text
        is_place = name in PLACES or (
            place.is_proper
            and (_PART if end else _ADMINISTRATIVE).fullmatch(name) is not None
            and not _NOT_PLACES.search(name)
        )
        if not is_place:
            break
        end = place.end
        if place.ending:
            break
    if not end:
        return None
    if text[end : end + 1] in ("인", "어") and text[end + 1 : end + 2] not in ("천", "느"):
        if text[end] == "어" or words[at].end != end:
            return None
        return words[at].start, end + 1, "NRP", _SURE
    return words[at].start, end, "LOCATION", _SURE


def _repeated(text: str, found: Sequence[Span]) -> Iterator[Span]:
    """Find a name again where Kiwi cut it otherwise."""
    covered = bytearray(len(text))
    for span in found:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    sure = {
        text[span.start : span.end]
        for span in found
        if span.entity == "PERSON" and span.score >= _SURE and span.end - span.start >= 3
    }
    for name in sorted(sure):
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            if not any(covered[at:end]):
                covered[at:end] = b"\1" * len(name)
                yield Span(at, end, "PERSON", _SURE, NAME, Reason.MODEL.value)
            at = text.find(name, end)


def reader() -> KoreanReader:
    """Make the reader; loads Kiwi's model."""
    return KoreanReader()
