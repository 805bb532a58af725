"""Reads Chinese, simplified and traditional: jieba's tags, then what family names and cues allow.

The tagger takes many words for names; a name here also begins with a family name and goes on with
characters that given names are made of, or stands beside an honorific or a cue.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from privacy.detection.readers.chinese_names import (
    COMPOUND_SURNAMES,
    FOREIGN,
    FOREIGN_GIVEN,
    FUNCTION,
    GIVEN,
    NOT_NAMES,
    NOT_PLACES,
    PLAIN_SURNAMES,
    RARE_SURNAMES,
    SINGLE_GIVEN,
    SURNAMES,
)
from privacy.detection.readers.traditional import simplified
from privacy.detection.readers.words import words as _listed
from privacy.detection.spans import Reason, Span

NAME = "ChineseNames"
_SURE = 0.85
_LIKELY = 0.6

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
_ORGANISATION = re.compile(
    r"(?:公司|集团|银行|支行|分行|大学|学院|中学|小学|学校|幼儿园|医院|诊所|卫生院|法院|检察院|公安局|派出所|分局|委员会|政府|党委|协会|学会|联合会|基金会"
    r"|研究院|研究所|事务所|工作室|出版社|报社|电视台|酒店|宾馆|饭店|超市|商场|商城|药房|药店|工厂|厂|合作社|交易所|保险|证券|科技|物业|监狱|看守所|仲裁委|税务局|管理局|监管局|局|部队|俱乐部|旗舰店|专卖店)$"
)
_NAMING_TAGS = frozenset(["ns", "nt", "nz", "nr", "nrt", "nrfg", "nrj", "eng"])
_LINKING_TAGS = frozenset(
    [
        "n",
        "vn",
        "j",
        "b",
        "m",
        "a",
        "an",
        "f",
        "l",
        "i",
        "ng",
        "vg",
        "x",
        "q",
        "s",
        "ag",
        "k",
        "h",
        "zg",
        "t",
        "v",
    ]
)
_STOPS = _listed(
    "的 了 在 是 和 与 及 或 我 你 您 他 她 们 我们 你们 他们 贵 该 本 这 那 这家 那家 某 向 到 去 从 由 对 被 把 给 让 请 找 来 于 为 以 按 据 经 因 但 并 就 都 也 还 有 没有 没 不 要"
    " 诉 称 起诉 上诉 送 住 住院 入住 来到 位于 就读 毕业 工作 供职 任职 入职 收到 购买 买 联系 致电 通过 根据 委托 代理 联系 打 写 说 问 拨打 前往 告 及其 担任 加入 离开 参加 一家 几家 各 每 此 又 再 上 下 里 后 前 叫 叫做 名为 欠 借 属于 转入 汇入 存入 向 投诉 举报 判决 裁定 审理 认为 作为 成立 设立 开 开户 快递 快递员 客服 电话 员工 店员 全国 当地 附近 本地 国内 国外 任何 其他 所有 多家 两家 有限 责任 股份"
)
_ADMINISTRATIVE = re.compile(r"[省市县区镇乡村州旗盟]$")


class _Word(NamedTuple):
    start: int
    end: int
    text: str
    tag: str


class ChineseReader:
    """Finds people, places and organisations in Chinese texts."""

    def __init__(self) -> None:
        import rjieba

        self._jieba: Any = rjieba.Jieba()

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text."""
        return [list(self._read(text)) if text.strip() else [] for text in texts]

    def _words(self, text: str) -> list[_Word]:
        words = []
        at = 0
        for word, tag in self._jieba.tag(text, True):
            words.append(_Word(at, at + len(word), word, tag))
            at += len(word)
        return words

    def _read(self, text: str) -> Iterator[Span]:
        plain = simplified(text)
        words = self._words(plain)
        people = dict(self._people(plain, words))
        people.update(_repeated(plain, people))
        taken = bytearray(len(text))
        for (start, end), score in people.items():
            if score == _SURE:
                _take(taken, start, end)
        for start, end in _organisations(words, taken):
            _take(taken, start, end)
            yield Span(start, end, "ORGANIZATION", _SURE, NAME, Reason.MODEL.value)
        for (start, end), score in people.items():
            if score == _SURE or not taken[start]:
                _take(taken, start, end)
                reason = Reason.MODEL if score == _SURE else Reason.CUE
                yield Span(start, end, "PERSON", score, NAME, reason.value)
        yield from _places(words, taken, self._jieba)

    def _people(self, text: str, words: Sequence[_Word]) -> Iterator[tuple[tuple[int, int], float]]:
        for match in _MASKED.finditer(text):
            yield match.span("name"), _SURE
        named = bytearray(len(text))
        for match in _FOREIGN_NAME.finditer(text):
            _take(named, *match.span())
            yield match.span(), _SURE
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
                    yield (start + 1, words[at].end), _LIKELY
                at += 1
                continue
            end, score = found
            yield (start, end), score
            while at < len(words) and words[at].start < end:
                at += 1

    def _name(self, words: Sequence[_Word], at: int, *, is_cued: bool) -> tuple[int, float] | None:
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
                return word.start + titled.start(), _SURE
        if size == 3 and text[0] in SURNAMES and text[1] in "总工哥姐" and word.tag[:2] == "nr":
            return word.start + 1, _SURE  # 丁总/说, joined by the tagger
        honoured = after is not None and _HONORIFIC_WORD.fullmatch(after.text) is not None
        is_called = honoured and after is not None and len(after.text) > 1
        if size == 1:
            if text not in _ALL_SURNAMES:
                return None
            if is_called and text not in _PREPOSITIONS:
                return word.end, _SURE
            return self._composed(words, at, is_cued=is_cued)
        if text in NOT_NAMES:
            return None
        if size == 2 and _FAMILIAR.fullmatch(text):
            return (word.end, _LIKELY) if text not in _NOT_FAMILIAR else None
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
                return after.end, _SURE
            if _is_name(text, 1) and (word.tag.startswith("nr") or is_called or size == 3):
                return word.end, _SURE
            is_given = size == 2 and (word.tag.startswith("nr") or not self._jieba.has_word(text))
            if is_cued and is_given and text[0] in SINGLE_GIVEN and text[1] in SINGLE_GIVEN:
                return word.end, _LIKELY
            if (
                is_called
                and size == 2
                and text[0] in GIVEN
                and text[1] in GIVEN
                and word.tag.startswith("nr")
            ):
                return word.end, _LIKELY
        joined = self._joined(words, at)
        if joined is not None:
            return joined
        if word.tag == "nrt" and _FOREIGN_WORD.fullmatch(text) and text[-1] not in "人族":
            if text in _NOT_FOREIGN or (after is not None and after.text[0] in "语文族人"):
                return None
            return word.end, _LIKELY
        is_known = self._jieba.has_word(text)
        if not (word.tag.startswith("nr") or not is_known):
            # 孟非, 曾黎: in the dictionary as places
            if size == 2 and word.tag in ("ns", "nz") and text[0] in PLAIN_SURNAMES:
                return (word.end, _LIKELY) if text[1] in SINGLE_GIVEN else None
            if size == 3 and word.tag in ("ns", "nz") and text[0] in PLAIN_SURNAMES:
                return (word.end, _SURE) if _is_name(text, 2) else None
            return None
        if size == 2:
            if text[0] not in SURNAMES:
                return None
            if text[1] not in (SINGLE_GIVEN if is_known else GIVEN):
                return None
            return word.end, _LIKELY
        if (
            not is_known
            and size in (3, 4)
            and text[-1] in FUNCTION
            and text[-1] not in SINGLE_GIVEN
        ):
            # 卢靖姗/向: the tagger joined the next word to the name
            bare = text[:-1]
            if _is_name(bare, 2) and (len(bare) == 3 or bare[1] in SINGLE_GIVEN):
                return word.end - 1, _SURE if len(bare) == 3 else _LIKELY
        is_plain = text[0] in PLAIN_SURNAMES and text[-1] in GIVEN
        if _is_name(text, 2) or ((not is_known or is_plain) and _is_name(text, 1)):
            return word.end, _SURE
        return None

    def _familiar(self, words: Sequence[_Word], at: int) -> tuple[int, float] | None:
        """Find what people call each other: 小李, 阿强, 陈工, 王姐."""
        word = words[at]
        after = words[at + 1] if at + 1 < len(words) else None
        both = word.text + (after.text if after is not None else "")
        end = word.start + 2
        if len(word.text) <= 2 and len(both) >= 2 and end in (word.end, after and after.end):
            pair = both[:2]
            if pair in _PLACEHOLDERS or pair in FOREIGN_GIVEN:
                return end, _LIKELY
            if _FAMILIAR.fullmatch(pair) and pair not in _NOT_FAMILIAR:
                return end, _LIKELY
            if pair[0] == "阿" and pair[1] in SINGLE_GIVEN and pair[1] not in FOREIGN:
                return end, _LIKELY
            if pair[0] in PLAIN_SURNAMES and pair[1] in "总工哥姐叔姨嫂爷":
                return word.start + 1, _LIKELY
        if word.text in FOREIGN_GIVEN:
            return word.end, _LIKELY
        if (
            after is not None
            and word.text in COMPOUND_SURNAMES
            and len(after.text) <= 2
            and all(one in GIVEN for one in after.text)
        ):
            return after.end, _SURE
        return None

    def _joined(self, words: Sequence[_Word], at: int) -> tuple[int, float] | None:
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
            return after.end, _SURE
        # 涵向: not a word, so cut by the tagger's guess
        if (
            len(after.text) == 2
            and after.text[1] in FUNCTION
            and not self._jieba.has_word(after.text)
        ):
            return after.end - 1, _SURE
        return None

    def _composed(
        self, words: Sequence[_Word], at: int, *, is_cued: bool
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
                return given.end, _SURE
            typical = sum(one in SINGLE_GIVEN for one in chars)
            is_open = is_plain and typical and chars[1] not in FUNCTION
            return (given.end, _LIKELY) if is_open else None
        if (
            beyond is not None
            and len(beyond.text) == 1
            and beyond.text in GIVEN
            and beyond.text not in FUNCTION
            and (is_cued or is_plain or beyond.tag in ("nr", "ag", "ng", "zg", "x", "nz", "b", "g"))
        ):
            return beyond.end, _SURE
        if is_cued or called or (is_plain and chars in SINGLE_GIVEN and chars not in FUNCTION):
            return given.end, _LIKELY
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


def _follows_verb(word: _Word) -> bool:
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
        if score == _SURE and end - start >= 3
    }
    for name in sure:
        at = text.find(name)
        while at >= 0:
            yield (at, at + len(name)), _SURE
            at = text.find(name, at + len(name))


def _take(taken: bytearray, start: int, end: int) -> None:
    taken[start:end] = b"\1" * (end - start)


def _organisations(words: Sequence[_Word], taken: bytearray) -> Iterator[tuple[int, int]]:
    done = 0
    for at, word in enumerate(words):
        if word.start < done or not _ORGANISATION.search(word.text):
            continue
        if at + 1 < len(words) and _ORGANISATION.search(words[at + 1].text):
            continue  # 大学附属/医院: the last head of the phrase ends it
        first = _beginning(words, at, done)
        part = words[first : at + 1]
        # 复旦大学/附属/中山/医院
        is_named = part[-1].tag in ("nt", "nz") or any(one.tag in _NAMING_TAGS for one in part[:-1])
        is_legal = len(part) > 2 and "有限" in "".join(one.text for one in part[-3:])
        start = part[0].start
        if (is_named or is_legal) and word.end - start >= 4 and not any(taken[start : word.end]):
            if at + 1 < len(words) and _continues(words, at + 1):
                continue
            yield start, word.end
            done = word.end


def _continues(words: Sequence[_Word], at: int) -> bool:
    """Tell whether the name of an organisation goes on to another head within four words."""
    for word in words[at : at + 4]:
        if _ORGANISATION.search(word.text):
            return True
        if word.text in _STOPS or word.tag not in (
            "ns",
            "nt",
            "nz",
            "n",
            "m",
            "b",
            "vn",
            "j",
            "nr",
        ):
            return False
    return False


def _places(words: Sequence[_Word], taken: bytearray, jieba: Any) -> Iterator[Span]:
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if taken[word.start] or len(word.text) < 2 or word.text in NOT_PLACES:
            continue
        if word.tag == "nt" and len(word.text) >= 3:
            yield Span(word.start, word.end, "ORGANIZATION", _LIKELY, NAME, Reason.MODEL.value)
        elif word.tag == "ns" and (jieba.has_word(word.text) or _ADMINISTRATIVE.search(word.text)):
            end = word.end
            if at < len(words) and words[at].text in ("语", "文", "语言"):
                continue
            while at < len(words) and not taken[words[at].start]:
                after = words[at]
                if not (after.tag == "ns" or _ADMINISTRATIVE.fullmatch(after.text)):
                    break
                end = after.end
                at += 1
            yield Span(word.start, end, "LOCATION", _SURE, NAME, Reason.MODEL.value)


def _beginning(words: Sequence[_Word], head: int, least: int) -> int:
    """Give the first word of the organisation whose last word is `head`."""
    first = head
    while first > 0 and head - first < 8:
        before = words[first - 1]
        if before.start < least or before.text in _STOPS:
            break
        if before.tag not in _NAMING_TAGS and before.tag not in _LINKING_TAGS:
            break
        if before.tag == "x" and before.text not in "()":
            break
        first -= 1
    return first


def reader() -> ChineseReader:
    """Make the reader; loads jieba's dictionary."""
    return ChineseReader()
