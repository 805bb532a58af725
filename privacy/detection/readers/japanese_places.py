"""Places and organisations in Japanese: noun phrases, and what their last words say."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from privacy.detection.readers.words import words as _listed
from privacy.detection.spans import Reason, Span

NAME = "JapaneseNames"

SURE = 0.85
LIKELY = 0.6
"""What a find is worth that the words themselves show, and one that only a cue supports."""

_LEGAL_FORM = re.compile(
    r"(?:(?:株式|有限|合同|合資|合名|相互)会社|(?:一般|公益|特定非営利活動|医療|学校|社会福祉|宗教|独立行政|国立大学)?(?:財団|社団)?法人|\(株\)|\(有\))$"
)

ORGANISATION = re.compile(
    r"(?:会社|大学|大学院|学院|学園|学校|高校|中学|小学校|幼稚園|保育園|病院|医院|診療所|クリニック|薬局"
    r"|裁判所|検察庁|地裁|高裁|警察署|警察|警視庁|消防署|役所|役場|税務署|省|庁|委員会|議会|党|協会|連盟|連合|組合"
    r"|銀行|信用金庫|証券|生命|保険|新聞社?|放送|テレビ|出版社?|書店|百貨店|商店|商事|商会|工業|産業|製作所|建設"
    r"|製薬|電機|電鉄|鉄道|航空|運輸|不動産|電力|ガス|石油|製鉄|重工|自動車|食品|化学|研究所|機構|財団|事務所|団体|軍|隊"
    r"|グループ|ホールディングス|センター|バンク|コーポレーション|カンパニー|レコード|政府|社|エンタテインメント)$"
)

# Known to the dictionary as words, yet there is one of each.
_AUTHORITY = re.compile(
    r"..[省庁]$|^最高裁|[^地高家簡]方?裁判所$|^日本.+(?:社|局|会|庫|所)$|[^公]証券取引所$"
)

_NOT_ORGANISATION = re.compile(
    r"(?:時代|駅|線|空港|港|橋|川|山|島|湖|通り|道路?|ドーム|球場|公園|城|寺|神社|宮|塔|館|ホール|スタジアム"
    r"|条約|事件|戦争|大会|オープン|カップ|リーグ戦|シリーズ|ゲーム|賞|号|法|語|教|宗|派|族|革命|震災|選手権)$"
)

_ERAS = _listed(
    "明治 大正 昭和 平成 令和 慶長 元禄 文禄 天正 永禄 享保 天保 安政 慶応 文化 文政 寛永 宝暦 応仁 建久"
    " 米軍 国鉄 観音 クリスマス ワールドカップ オリンピック パラリンピック Windows"
)

_WITHIN = re.compile(r"[都道府県市区町村]内")

_GENERIC_PLACES = _listed("東亜 忍 関 芝 椿 明 周 秦 唐 空港前 アム")

_BELONGS = re.compile(
    r"国内|出身|在住|旅行|各地|全土|全国|北部|南部|東部|西部|中部|産|生まれ|滞在|留学|本土|国籍"
)

_FACILITY = re.compile(
    r"(?:駅|空港|港|橋|城|寺|神社|大社|公園|動物園|水族館|美術館|博物館|図書館|球場|スタジアム|ドーム|ホール|タワー|ビル|ホテル|劇場|通り|街道|川|山|湖|岬|半島|地方|地区|地域|団地|温泉|高原|海峡|平野|盆地|商店街)$"
)

NOUNS = frozenset("SGNLDPCXEn")


class Word(NamedTuple):
    """A word as Sudachi cuts it; `kind` is a letter that `japanese.py` explains."""

    start: int
    end: int
    text: str
    kind: str
    is_new: bool


def is_katakana(text: str) -> bool:
    """Tell whether a word is all katakana."""
    return all("ァ" <= one <= "ー" for one in text)


def places(words: Sequence[Word], taken: bytearray) -> Iterator[Span]:
    """Find places and organisations, noun phrase by noun phrase."""
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and (
            words[end].kind in NOUNS
            or (
                words[end].text in ("・", "&")
                and at < end < len(words) - 1
                and words[end + 1].kind in "PNLC"
                and is_katakana(words[end - 1].text)
                and is_katakana(words[end + 1].text)
            )
        ):
            end += 1
        if end == at:
            at += 1
            continue
        yield from _phrase(words[at:end], taken)
        at = end


def _phrase(phrase: Sequence[Word], taken: bytearray) -> Iterator[Span]:
    done = 0
    heads = [at for at, word in enumerate(phrase) if ORGANISATION.search(word.text)]
    forms = [at for at, word in enumerate(phrase) if _LEGAL_FORM.search(word.text)]
    head = heads[-1] if heads else -1
    if forms and forms[0] == 0 and len(phrase) > 1:
        head = len(phrase) - 1  # 株式会社 stands before its name
    if head >= 0:
        first = 0
        while first < head and phrase[first].kind in "Xn":
            first += 1
        if phrase[head].text == "社" and head:
            first = max(first, head - 2)
        part = phrase[first : head + 1]
        is_proper = any(word.kind in "SGNLDP" or word.is_new for word in part) or bool(forms)
        is_taken = any(taken[part[0].start : part[-1].end])
        if (
            (is_proper or _AUTHORITY.search(part[-1].text))
            and not is_taken
            and (len(part) > 1 or part[0].kind in "PL" or _AUTHORITY.search(part[0].text))
        ):
            yield Span(part[0].start, part[-1].end, "ORGANIZATION", SURE, NAME, Reason.MODEL.value)
            done = head + 1
    at = done
    while at < len(phrase):
        word = phrase[at]
        at += 1
        if taken[word.start] or word.text in _ERAS:
            continue
        after = phrase[at].text if at < len(phrase) else ""
        if word.kind in "LD":
            of_country = word.kind == "D" and at < len(phrase) and phrase[at].kind == "C"
            if of_country and not _BELONGS.match(after):
                continue  # 日本代表, アメリカ軍: of a country, not in it
            if word.text in _GENERIC_PLACES or after in ("語", "製", "式", "風"):
                continue
            if after == "人":
                yield Span(word.start, phrase[at].end, "NRP", SURE, NAME, Reason.MODEL.value)
                at += 1
                continue
            end = word.end
            if at < len(phrase) and _FACILITY.search(after) and word.kind == "L":
                end = phrase[at].end
                at += 1
            elif after in ("・", "&") and at + 1 < len(phrase):
                # サンフランシスコ・ジャイアンツ: named after a place, no place
                yield Span(
                    word.start, phrase[-1].end, "ORGANIZATION", LIKELY, NAME, Reason.MODEL.value
                )
                return
            while at < len(phrase) and (
                phrase[at].kind == "L"
                or phrase[at].text
                in ("都", "道", "府", "県", "市", "区", "町", "村", "郡", "州", "島")
            ):
                end = phrase[at].end
                at += 1
            if at < len(phrase) and _WITHIN.fullmatch(phrase[at].text) and end == phrase[at].start:
                end += 1  # 東京/都内
            yield Span(word.start, end, "LOCATION", SURE, NAME, Reason.MODEL.value)
        elif (
            word.kind == "P"
            and len(word.text) >= (3 if word.text.isascii() else 2)
            and not word.text.islower()
            and not _NOT_ORGANISATION.search(word.text)
        ):
            yield Span(word.start, word.end, "ORGANIZATION", LIKELY, NAME, Reason.MODEL.value)
