"""Places and organisations in Chinese, from jieba's tags and the words names end with."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from privacy.detection.readers.chinese_names import NOT_PLACES
from privacy.detection.readers.words import words as _listed
from privacy.detection.spans import Reason, Span

NAME = "ChineseNames"

SURE = 0.85
LIKELY = 0.6
"""What a find is worth that the words themselves show, and one that only a cue supports."""

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


class Word(NamedTuple):
    """A word as jieba cuts and tags it."""

    start: int
    end: int
    text: str
    tag: str


def take(taken: bytearray, start: int, end: int) -> None:
    """Mark characters as found."""
    taken[start:end] = b"\1" * (end - start)


def organisations(words: Sequence[Word], taken: bytearray) -> Iterator[tuple[int, int]]:
    """Find organisations that lie on no character taken."""
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


def _continues(words: Sequence[Word], at: int) -> bool:
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


def places(words: Sequence[Word], taken: bytearray, jieba: Any) -> Iterator[Span]:
    """Find places, and organisations of the dictionary, on characters not taken."""
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if taken[word.start] or len(word.text) < 2 or word.text in NOT_PLACES:
            continue
        if word.tag == "nt" and len(word.text) >= 3:
            yield Span(word.start, word.end, "ORGANIZATION", LIKELY, NAME, Reason.MODEL.value)
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
            yield Span(word.start, end, "LOCATION", SURE, NAME, Reason.MODEL.value)


def _beginning(words: Sequence[Word], head: int, least: int) -> int:
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
