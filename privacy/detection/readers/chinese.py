"""Reads Chinese, simplified and traditional: jieba's tags, then what family names and cues allow.

The tagger takes many words for names; a name here also begins with a family name and goes on with
characters that given names are made of, or stands beside an honorific or a cue.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from privacy.detection.readers.chinese_names import (
    COMPOUND_SURNAMES,
    FOREIGN,
    FOREIGN_GIVEN,
    FUNCTION,
    GIVEN,
    NOT_NAMES,
    PLAIN_SURNAMES,
    RARE_SURNAMES,
    SINGLE_GIVEN,
    SURNAMES,
)
from privacy.detection.readers.chinese_places import (
    LIKELY,
    NAME,
    SURE,
    Word,
    organisations,
    places,
    take,
)
from privacy.detection.readers.traditional import simplified
from privacy.detection.readers.words import words as _listed
from privacy.detection.spans import Reason, Span

_ALL_SURNAMES = SURNAMES | RARE_SURNAMES
_HONORIFIC = (
    r"先生|女士|小姐|太太|夫人|老师|师傅|经理|总监|主任|医生|医师|大夫|师兄|师姐|姑娘|大叔|大娘|婶婶|护士|教授|博士|律师|法官|书记|警官|主管|店长|老板|董事长|校长|院长"
    r"|处长|科长|局长|部长|市长|省长|县长|镇长|村长|队长|厂长|行长|会长|秘书长|主席|总理|总统|同学|同志|阿姨|叔叔|大爷|大妈|奶奶|爷爷"
    r"|大哥|大姐|哥|姐|总|工|某|女|男|老|导|队|董|氏|嫂|婶|伯"
)
_TITLED = re.compile(rf"(?:{_HONORIFIC})$")
_HONORIFIC_WORD = re.compile(rf"(?:{_HONORIFIC})")
_CUE = re.compile(
    r"(?:我叫|我名叫|名叫|名字叫|名字是|我的名字|本人|姓名|联系人|收件人|收货人|寄件人|发件人|户名|开户人|持卡人|投保人|被保险人|受益人|申请人|经办人"
    r"|客户|会员|患者|病人|原告|被告人?|上诉人|被上诉人|申请执行人|被执行人|再审申请人|被申请人|第三人|罪犯|被害人|受害人|证人"
    r"|法定代表人|负责人|委托代理人|诉讼代理人|辩护人|公诉人|审判长|审判员|代理审判员|人民陪审员|书记员|法官助理|执行员|检察员"
    r"|签名|签字|主治医师|主治医生|医师|记录者|作者|记者|编辑|导演|演员|歌手|选手|同事|朋友|同学|老公|老婆|丈夫|妻子|儿子|女儿|父亲|母亲|哥哥|姐姐|弟弟|妹妹"
    r"|请找|找一下|联系|转告|我是|这是|叫做|叫)(?:叫|是|为|:| |,|、|\()?\s?"
)
_FOREIGN_NAME = re.compile(rf"[{FOREIGN}]{{1,8}}(?:[·•‧・](?:[{FOREIGN}]{{1,8}}|[A-Z]\.?)){{1,4}}")
_FOREIGN_WORD = re.compile(rf"[{FOREIGN}]{{2,8}}")
_PLACEHOLDERS = frozenset(["张三", "李四", "王五", "赵六"])
_PREPOSITIONS = frozenset("向应包从于时连和同与安任常")
_MASKED = re.compile(
    rf"(?P<name>[{''.join(sorted(_ALL_SURNAMES))}](?:某[某甲乙丙丁戊一二三四五]?|[Xx×*]{{1,2}}))(?![\u4e00-\u9fff]?(?:种|个|些))"
)
_FAMILIAR = re.compile(rf"[小老阿](?:[{''.join(sorted(SURNAMES))}])")
_NOT_FAMILIAR = _listed(
    "小于 老于 小金 小白 小高 小方 小路 小时 小马 小龙 小雷 小牛 小石 小毛 小江 小田 老白 老汤 老龙 老金 老石 小洪 老路 阿牛 小温 小管 小安 老安 小叶 小段 小易 小单 小关"
)


class ChineseReader:
    """Finds people, places and organisations in Chinese texts."""

    def __init__(self) -> None:
        import rjieba

        self._jieba: Any = rjieba.Jieba()

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text."""
        return [list(self._read(text)) if text.strip() else [] for text in texts]

    def _words(self, text: str) -> list[Word]:
        words = []
        at = 0
        for word, tag in self._jieba.tag(text, True):
            words.append(Word(at, at + len(word), word, tag))
            at += len(word)
        return words

    def _read(self, text: str) -> Iterator[Span]:
        plain = simplified(text)
        words = self._words(plain)
        people = dict(self._people(plain, words))
        people.update(_repeated(plain, people))
        taken = bytearray(len(text))
        for (start, end), score in people.items():
            if score == SURE:
                take(taken, start, end)
        for start, end in organisations(words, taken):
            take(taken, start, end)
            yield Span(start, end, "ORGANIZATION", SURE, NAME, Reason.MODEL.value)
        for (start, end), score in people.items():
            if score == SURE or not taken[start]:
                take(taken, start, end)
                reason = Reason.MODEL if score == SURE else Reason.CUE
                yield Span(start, end, "PERSON", score, NAME, reason.value)
        yield from places(words, taken, self._jieba)

    def _people(self, text: str, words: Sequence[Word]) -> Iterator[tuple[tuple[int, int], float]]:
        for match in _MASKED.finditer(text):
            yield match.span("name"), SURE
        named = bytearray(len(text))
        for match in _FOREIGN_NAME.finditer(text):
            take(named, *match.span())
            yield match.span(), SURE
        starts = {word.start: at for at, word in enumerate(words)}
        cued = set()
        for match in _CUE.finditer(text):
            if match.end() in starts:
                cued.add(starts[match.end()])
        at = 0
        while at < len(words):
            if named[words[at].start]:
                at += 1
                continue
            found = self._name(words, at, is_cued=at in cued)
            start = words[at].start
            if found is None:
                text = words[at].text
                # 听/范伟: the tagger joined the word before to the name
                is_open = text[0] in FUNCTION or text[1:2] in PLAIN_SURNAMES
                if is_open and _is_name(text[1:], 2) and not self._jieba.has_word(text):
                    yield (start + 1, words[at].end), LIKELY
                at += 1
                continue
            end, score = found
            yield (start, end), score
            while at < len(words) and words[at].start < end:
                at += 1

    def _name(self, words: Sequence[Word], at: int, *, is_cued: bool) -> tuple[int, float] | None:
        """Give the end and the score of a name that begins with a word."""
        word = words[at]
        text = word.text
        size = len(text)
        after = words[at + 1] if at + 1 < len(words) else None
        familiar = self._familiar(words, at)
        if familiar is not None:
            return familiar
        titled = _TITLED.search(text)
        if titled and 0 < titled.start() <= 3 and word.tag != "x":
            bare = text[: titled.start()]
            if (bare in _ALL_SURNAMES and len(titled[0]) > 1) or _is_name(bare, 2):
                return word.start + titled.start(), SURE
        if size == 3 and text[0] in SURNAMES and text[1] in "总工哥姐" and word.tag[:2] == "nr":
            return word.start + 1, SURE  # 丁总/说, joined by the tagger
        honoured = after is not None and _HONORIFIC_WORD.fullmatch(after.text) is not None
        is_called = honoured and after is not None and len(after.text) > 1
        if size == 1:
            if text not in _ALL_SURNAMES:
                return None
            if is_called and text not in _PREPOSITIONS:
                return word.end, SURE
            return self._composed(words, at, is_cued=is_cued)
        if text in NOT_NAMES:
            return None
        if size == 2 and _FAMILIAR.fullmatch(text):
            return (word.end, LIKELY) if text not in _NOT_FAMILIAR else None
        if is_cued or is_called:
            # 李晓/明: what the tagger cut off a name that is certainly there.
            if (
                size == 2
                and after is not None
                and len(after.text) == 1
                and after.text in GIVEN
                and _is_name(text + after.text, 2)
                and not _follows_verb(after)
            ):
                return after.end, SURE
            if _is_name(text, 1) and (word.tag.startswith("nr") or is_called or size == 3):
                return word.end, SURE
            is_given = size == 2 and (word.tag.startswith("nr") or not self._jieba.has_word(text))
            if is_cued and is_given and text[0] in SINGLE_GIVEN and text[1] in SINGLE_GIVEN:
                return word.end, LIKELY
            if (
                is_called
                and size == 2
                and text[0] in GIVEN
                and text[1] in GIVEN
                and word.tag.startswith("nr")
            ):
                return word.end, LIKELY
        joined = self._joined(words, at)
        if joined is not None:
            return joined
        if word.tag == "nrt" and _FOREIGN_WORD.fullmatch(text) and text[-1] not in "人族":
            if text in _NOT_FOREIGN or (after is not None and after.text[0] in "语文族人"):
                return None
            return word.end, LIKELY
        is_known = self._jieba.has_word(text)
        if not (word.tag.startswith("nr") or not is_known):
            # 孟非, 曾黎: in the dictionary as places
            if size == 2 and word.tag in ("ns", "nz") and text[0] in PLAIN_SURNAMES:
                return (word.end, LIKELY) if text[1] in SINGLE_GIVEN else None
            if size == 3 and word.tag in ("ns", "nz") and text[0] in PLAIN_SURNAMES:
                return (word.end, SURE) if _is_name(text, 2) else None
            return None
        if size == 2:
            if text[0] not in SURNAMES:
                return None
            if text[1] not in (SINGLE_GIVEN if is_known else GIVEN):
                return None
            return word.end, LIKELY
        if (
            not is_known
            and size in (3, 4)
            and text[-1] in FUNCTION
            and text[-1] not in SINGLE_GIVEN
        ):
            # 卢靖姗/向: the tagger joined the next word to the name
            bare = text[:-1]
            if _is_name(bare, 2) and (len(bare) == 3 or bare[1] in SINGLE_GIVEN):
                return word.end - 1, SURE if len(bare) == 3 else LIKELY
        is_plain = text[0] in PLAIN_SURNAMES and text[-1] in GIVEN
        if _is_name(text, 2) or ((not is_known or is_plain) and _is_name(text, 1)):
            return word.end, SURE
        return None

    def _familiar(self, words: Sequence[Word], at: int) -> tuple[int, float] | None:
        """Find what people call each other: 小李, 阿强, 陈工, 王姐."""
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) else None
        both = word.text + (after.text if after is not None else "")
        end = word.start + 2
        if len(word.text) <= 2 and len(both) >= 2 and end in (word.end, after and after.end):
            pair = both[:2]
            if pair in _PLACEHOLDERS or pair in FOREIGN_GIVEN:
                return end, LIKELY
            if _FAMILIAR.fullmatch(pair) and pair not in _NOT_FAMILIAR:
                return end, LIKELY
            if pair[0] == "阿" and pair[1] in SINGLE_GIVEN and pair[1] not in FOREIGN:
                return end, LIKELY
            if pair[0] in PLAIN_SURNAMES and pair[1] in "总工哥姐叔姨嫂爷":
                return word.start + 1, LIKELY
        if word.text in FOREIGN_GIVEN:
            return word.end, LIKELY
        if (
            after is not None
            and word.text in COMPOUND_SURNAMES
            and len(after.text) <= 2
            and all(one in GIVEN for one in after.text)
        ):
            return after.end, SURE
        return None

    def _joined(self, words: Sequence[Word], at: int) -> tuple[int, float] | None:
        """Join 王子/涵: a word that begins with a family name, and the rest of the given name."""
        word = words[at]
        if len(word.text) != 2 or word.text[0] not in PLAIN_SURNAMES or at + 1 == len(words):
            return None
        after = words[at + 1]
        last = after.text[0]
        name = word.text + last
        is_guessed = word.tag.startswith("nr") and not self._jieba.has_word(word.text)
        if last not in (GIVEN if is_guessed else SINGLE_GIVEN) or last in FUNCTION:
            return None
        if not _is_name(name, 2):
            return None
        if len(after.text) == 1:
            return after.end, SURE
        # 涵向: not a word, so cut by the tagger's guess
        if (
            len(after.text) == 2
            and after.text[1] in FUNCTION
            and not self._jieba.has_word(after.text)
        ):
            return after.end - 1, SURE
        return None

    def _composed(
        self, words: Sequence[Word], at: int, *, is_cued: bool
    ) -> tuple[int, float] | None:
        """Join a family name with the given name that the tagger took for another word."""
        surname = words[at].text
        if at + 1 == len(words) or not (surname in SURNAMES or is_cued):
            return None
        given = words[at + 1]
        beyond = words[at + 2] if at + 2 < len(words) else None
        called = (
            beyond is not None
            and len(beyond.text) > 1
            and _HONORIFIC_WORD.fullmatch(beyond.text) is not None
        )
        chars = given.text
        is_plain = surname in PLAIN_SURNAMES
        if len(chars) > 2 or not all(one in GIVEN for one in chars):
            return None
        if len(chars) == 2:
            is_word = self._jieba.has_word(chars) and not given.tag.startswith("nr")
            if not is_word or is_cued or called:
                return given.end, SURE
            typical = sum(one in SINGLE_GIVEN for one in chars)
            is_open = is_plain and typical and chars[1] not in FUNCTION
            return (given.end, LIKELY) if is_open else None
        if (
            beyond is not None
            and len(beyond.text) == 1
            and beyond.text in GIVEN
            and beyond.text not in FUNCTION
            and (is_cued or is_plain or beyond.tag in ("nr", "ag", "ng", "zg", "x", "nz", "b", "g"))
        ):
            return beyond.end, SURE
        if is_cued or called or (is_plain and chars in SINGLE_GIVEN and chars not in FUNCTION):
            return given.end, LIKELY
        return None


_NOT_FOREIGN = _listed(
    "哈希 拉萨 巴巴 马达 马克 卡通 卡布 迪士尼 巴士 沙发 索尼 奥迪 雅马哈 比亚迪 特斯拉 可口可乐 纳米 多谢 多么 苏打 安卓 吉普 马赛克 奥利奥 欧莱雅 维达 特拉 雅诗 兰蔻 普拉达 福特 万达 比特 宝马 卡西欧 诺基亚 西门子 耐克 奥特曼 奥特莱斯"
)


def _is_name(text: str, least: int) -> bool:
    """Tell whether a word is a family name and a given name.

    Args:
        text: A word of up to four characters.
        least: How many of a given name's characters must be such as given names are made of; a
            given name of one character always must.
    """
    if text in NOT_NAMES or not 2 <= len(text) <= 4:
        return False
    size = 2 if text[:2] in COMPOUND_SURNAMES and len(text) > 2 else 1
    if size == 1 and (text[0] not in _ALL_SURNAMES or len(text) > 3):
        return False
    given = text[size:]
    return 0 < len(given) <= 2 and sum(one in GIVEN for one in given) >= min(least, len(given))


def _follows_verb(word: Word) -> bool:
    return word.text in "来去说要在有是可以已到于之其也" or word.tag in (
        "v",
        "p",
        "c",
        "d",
        "f",
        "u",
        "r",
        "m",
    )


def _repeated(
    text: str, people: dict[tuple[int, int], float]
) -> Iterator[tuple[tuple[int, int], float]]:
    """Find again, wherever the tagger cut the text, names that are certain elsewhere in it."""
    sure = {
        text[start:end]
        for (start, end), score in people.items()
        if score == SURE and end - start >= 3
    }
    for name in sure:
        at = text.find(name)
        while at >= 0:
            yield (at, at + len(name)), SURE
            at = text.find(name, at + len(name))


def reader() -> ChineseReader:
    """Make the reader; loads jieba's dictionary."""
    return ChineseReader()
