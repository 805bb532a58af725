"""Reads Japanese: the Sudachi dictionary tells family and given names, the words around them decide.

Sudachi tags each word; a family name beside a given name is a person, a word that could be a name
is one only with an honorific or a cue beside it.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from privacy.detection.readers.japanese_places import (
    LIKELY,
    NAME,
    NOUNS,
    ORGANISATION,
    SURE,
    Word,
    places,
)
from privacy.detection.readers.words import words as _listed
from privacy.detection.spans import Reason, Span

_HONORIFICS = _listed(
    "さん 様 さま サマ 氏 先生 君 くん クン ちゃん チャン 殿 どの さーん ちゃま 嬢 女史 選手 容疑者"
    " 被告 被告人 受刑者 被疑者 監督 コーチ 社長 会長 部長 課長 係長 主任 店長 専務 常務 教授"
    " 准教授 博士 医師 医 看護師 薬剤師 弁護士 検事 検察官 裁判官 裁判長 判事 書記官 議員 大臣"
    " 首相 大統領 知事 市長 町長 村長 区長 総裁 長官 大使 投手 騎手 棋士 アナ アナウンサー"
    " 先輩 後輩 夫妻 夫人 船長 機長 艦長 隊長 団長 校長 園長 院長 所長 署長 局長 支店長 総長 学長"
    " 元帥 大将 中将 少将 准将 大佐 中佐 少佐 大尉 中尉 少尉 軍曹 伍長 男爵 伯爵 侯爵 公爵 子爵 卿 神父 牧師"
    " 司教 さんら 氏ら ら 達 たち 家 一家 捜査官 刑事 警部 巡査 代表 理事長 理事 記者 作家 画伯 親方 関"
)
# Ranks that follow a family name, not a place's.
_RANK = re.compile(
    r"(?:社長|会長|部長|課長|係長|主任|専務|常務|教授|准教授|博士|医師|看護師|薬剤師|弁護士|検事|容疑者|選手|監督|コーチ|先輩"
    r"|船長|機長|[大中少准]将|[大中少]佐|[大中少]尉|軍曹|[男伯侯公子]爵)"
)
_FAMILY = _listed("息子 娘 長男 長女 次男 次女 妻 夫 母 父 姉 妹 兄 弟 孫 彼氏 彼女 友人 友達 同僚")
_DAYS = _listed(
    "昨日 今日 明日 今朝 昨夜 先日 先週 今週 来週 今度 前回 午前 午後 毎日 当時 現在 最近"
)
_ENDEARMENTS = _listed(
    "あか ぼう にい ねえ わん にゃん ばあ じい みな ネコ ワンコ ペット アイドル ベビー ボク ぼく うさ くま"
)
_ADMINISTRATIVE = re.compile(r"[都道府県市区町村駅]$")
# Of these only some call for a name before them; the others also stand after 学生, 子供, 国.
_WEAK_HONORIFICS = _listed("ら 達 たち 家 一家 関 代表 神父 医 刑事 作家")
_FAMILIAR = _listed("さん 様 さま 氏 君 くん ちゃん 殿 先生 どの 嬢 女史")
_KIN = _listed(
    "主治医 担当医 執刀医 医師 看護師 患者 原告 被告 被告人 控訴人 被控訴人 申立人 相手方 証人 被害者 加害者 容疑者 故人 亡 経理 担当 担当者 店長 副店長 受取人 差出人 部長 課長 係長 主任 専務 常務 隊長 司会 講師 担任 顧問 秘書 受付 友人 友達 親友 同僚 先輩 後輩 上司 部下 彼氏 彼女 旦那 嫁 弁護士 検事 検察官 裁判官 裁判長 書記官 推し 長女 次女 三女 四女 長男 次男 三男 四男 妻 夫 母 父 姉 妹 兄 弟 息子 娘 孫 社長 会長 監督 選手 俳優 女優 歌手 医師 弁護士 作家 画家 記者 教授"
)
# Titles that the dictionary writes in one word with the name: トランプ大統領.
_GLUED = re.compile(
    r"(?:さん|様|氏|先生|君|ちゃん|大統領|首相|選手|監督|教授|博士|天皇|皇后|国王|女王|王女|王子|夫人|元帥|将軍)$"
)
# One-character family names and flowers' names that are everyday words as well.
_SURNAME_WORDS = frozenset(
    "森林東西南北原岡関谷堀辻泉星島畑浜峰桜楓葵凛柳杉松竹梅菊橘榊椿神門城宮堤堺角沢滝瀬湊港平"
)
_GIVEN_WORDS = frozenset(
    "茂元猛等優誠実進守勇剛稔豊明学徹望光愛恵翼翔薫大樹蓮湊碧蒼颯悠陸海空陽仁隼律暁旭要司弘宏浩博修治昇昭章正清隆"
    "孝忠武毅健賢勝勉努満実直哲聡悟覚純潤淳渉亘歩巧匠基充崇聖馨希舞瞳葵桜楓凛杏桃梓泉渚遥唯結心花華美幸和京静文"
    "円綾彩藍翠茜香鈴琴奏響詩音雪雅忍操節久栄学瑛玲怜令亮諒涼遼凌龍竜虎鷹剣拳力鉄鋼"
)
"""Given names of one character that the dictionary knows as words: 石破茂, 山田優."""
_VARIANTS = str.maketrans("髙﨑濵邉邊澤齋齊𠮷塚塚嶋國廣惠瀨", "高崎浜辺辺沢斎斉吉塚塚島国広恵瀬")
_ROLES = re.compile(
    r"(?:者|員|人|客|屋|店|社|主|士|師|長|手|生|方|親|母|父|兄|姉|弟|妹|子|孫|娘|息子|皆|奥|神|王|姫"
    r"|仏|婆|爺|医|署|局|部|課|係|病院|銀行|業者|先|様|担当|旦那|女将|患者|殿|隣|何|誰|嫁|猫|犬|魚|芋|豆)$"
)
_CUES = re.compile(
    r"(?:(?:氏名|名前|お名前|名義|受取人|宛名|宛先|差出人|担当者?|担当医|主治医|患者名?|依頼者|申込者|契約者|送り主"
    r"|届け先|原告|被告人?|控訴人|被控訴人|上告人|申立人|相手方|代理人弁護士|弁護士|裁判長裁判官|裁判長|裁判官|検察官|証人)"
    r"(?:[:;は]|の名前は| |\n)\s?|(?:私|わたし|僕|俺|ぼく)(?:は|の名前は|、))"
    r"(?P<after>[\u4e00-\u9fff々〆ヶ]{2,6}(?: ?(?:[\u4e00-\u9fff々]{1,5}|[あ-えか-しす-てな-に-ぬ-ねひ-へま-むめ-もや-よら-ん]{2,4}|[ァ-ヶー]{2,5}))?|[ァ-ヶー]{2,10}(?:[・ ][ァ-ヶー]{2,10})?)"
    r"(?=です|と申|とい|と言|でござ|だ|[、。,.()\s「<]|$)"
    r"|(?<![\u4e00-\u9fff々ァ-ヶー])(?P<before>[\u4e00-\u9fff々]{1,6}(?: ?(?:[\u4e00-\u9fff々]{1,5}|[あ-えか-しす-てな-に-ぬ-ねひ-へま-むめ-もや-よら-ん]{2,4}|[ァ-ヶー]{2,5}))?|[ァ-ヶー]{2,10}(?:[・ ][ァ-ヶー]{2,10})?)"
    r"(?=と申します|と申す|といいます|と言います|でございます)"
)
_CHAIN = re.compile(
    r"[ァ-ヴー]{2,20}(?:[・=](?:[ァ-ヴー]{1,20}|[A-Z]\.?)){0,4}[・=][ァ-ヴー]{1,20}"
)


def _kind(tags: Sequence[str]) -> str:
    """Give a word's class in one letter.

    ``S`` family name, ``G`` given name, ``N`` other name of a person, ``L`` place, ``D`` country,
    ``P`` other proper noun, ``C`` common noun, ``X`` suffix, ``E`` prefix, ``n`` number, ``p``
    particle, ``w`` blank, ``y`` sign, ``o`` anything else.
    """
    first, second, third, fourth = tags[:4]
    if second == "固有名詞":
        if third == "人名":
            return {"姓": "S", "名": "G"}.get(fourth, "N")
        if third == "地名":
            return "D" if fourth == "国" else "L"
        return "P"
    if first == "名詞":
        return "n" if second == "数詞" else "C"
    if first == "接尾辞":
        return "X" if second == "名詞的" else "o"
    return {"接頭辞": "E", "助詞": "p", "空白": "w", "補助記号": "y", "記号": "y"}.get(first, "o")


def _is_kanji(text: str) -> bool:
    return all("\u4e00" <= one <= "\u9fff" or one in "々〆ヶ" for one in text)


class JapaneseReader:
    """Finds people, places and organisations in Japanese texts."""

    def __init__(self) -> None:
        from sudachipy import Dictionary, SplitMode

        self._tokenizer: Any = Dictionary(dict="core").tokenizer(mode=SplitMode.C)
        self._kinds: dict[int, str] = {}

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Find the names in each text."""
        return [list(self._read(text)) if text.strip() else [] for text in texts]

    def _words(self, text: str) -> list[Word]:
        words = []
        for one in self._tokenizer.tokenize(text.translate(_VARIANTS)):
            number = one.part_of_speech_id()
            kind = self._kinds.get(number)
            if kind is None:
                kind = self._kinds[number] = _kind(one.part_of_speech())
            words.append(Word(one.begin(), one.end(), one.surface(), kind, one.is_oov()))
        return words

    def _read(self, text: str) -> Iterator[Span]:
        words = self._words(text)
        people = list(_people(text, words))
        people += _cued(text, words)
        people += _chained(text, words)
        taken = bytearray(len(text))
        for start, end, _ in people:
            taken[start:end] = b"\1" * (end - start)
        for start, end, score in people:
            reason = Reason.MODEL if score == SURE else Reason.CUE
            yield Span(start, end, "PERSON", score, NAME, reason.value)
        yield from places(words, taken)


def _people(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int, float]]:
    at = 0
    while at < len(words):
        run = _run(words, at)
        if run == at:
            at += 1
            continue
        found = _judge(text, words, at, run)
        if found is not None:
            first, last, score = found
            end = words[last - 1].end
            glued = _GLUED.search(words[last - 1].text)
            if glued and glued.start() > 0:
                end -= glued.end() - glued.start()
            yield words[first].start, end, score
        at = run


def _run(words: Sequence[Word], at: int) -> int:
    """Give the end of the run of name words that begins at `at`."""
    end = at
    while end < len(words) and words[end].kind in "SGN":
        end += 1
        # 山田 太郎: a blank inside the run, never after it; a second family name is another person.
        if (
            end + 1 < len(words)
            and words[end].kind == "w"
            and words[end - 1].kind == "S"
            and words[end + 1].kind in "GN"
        ):
            end += 1
        elif end < len(words) and words[end].kind == "S" and words[end - 1].kind == "G":
            break
    return end


def _judge(
    text: str, words: Sequence[Word], first: int, last: int
) -> tuple[int, int, float] | None:
    before = words[first - 1] if first else None
    after = words[last] if last < len(words) else None
    is_addressed = after is not None and after.text in _HONORIFICS
    lead = words[first]
    is_addressed = is_addressed or _RANK.match(text, words[last - 1].end) is not None
    if last - first >= 2:
        if after is not None and ORGANISATION.search(after.text) and not is_addressed:
            return None
        return first, last, SURE
    # 千葉 真一, 石川 遼: a family name that the dictionary knows as a place.
    if (
        lead.kind == "G"
        and before is not None
        and before.kind == "L"
        and _is_kanji(lead.text)
        and _is_kanji(before.text)
        and len(before.text) <= 3
        and (is_addressed or len(lead.text) >= 2)
    ):
        return first - 1, last, LIKELY
    if lead.kind == "S" and after is not None and not is_addressed and after.kind in "CLEo":
        # 山田 優: a given name that the dictionary knows as a word.
        following = words[last + 1] if last + 1 < len(words) else None
        is_called = following is not None and following.text in _FAMILIAR
        is_ended = following is None or following.kind in "pyow"
        if _is_kanji(after.text) and (
            (after.text in _GIVEN_WORDS and (is_called or is_ended))
            or (is_called and len(after.text) <= 3 and not _ROLES.search(after.text))
        ):
            return first, last + 1, SURE
    is_weak = after is not None and after.text in _WEAK_HONORIFICS
    if is_addressed and (not is_weak or lead.kind == "S" or not _is_kanji(lead.text)):
        return first, last, SURE
    size_of_name = len(lead.text)
    is_kin = before is not None and before.text in _KIN
    if (
        before is not None
        and before.kind in NOUNS
        and not is_kin
        and not (before.text in _DAYS and size_of_name >= 2)
        and before.text not in _HONORIFICS
    ):
        return None
    if after is not None and after.kind in NOUNS:
        return None
    if not _is_kanji(lead.text) and "・" in (before and before.text, after and after.text):
        return None  # a chain decides on its own
    size = len(lead.text)
    if is_kin and size >= 2:
        return first, last, LIKELY
    if lead.kind == "S":
        return (first, last, LIKELY) if size >= 2 and _is_kanji(lead.text) else None
    if lead.kind == "G":
        return (first, last, LIKELY) if size >= 2 and _is_kanji(lead.text) else None
    return (first, last, LIKELY) if size >= 3 and not lead.text.isascii() else None


def _cued(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int, float]]:
    """Find what only a cue or an honorific makes a name."""
    starts = {word.start for word in words}
    for match in _CUES.finditer(text):
        start, end = match.span("after" if match["after"] else "before")
        inside = [word for word in words if start <= word.start < end]
        while len(inside) > 1 and (inside[-1].kind == "w" or inside[-1].text in _HONORIFICS):
            end = inside.pop().start  # 伊藤正晴 裁判官
        if inside and start in starts and _could_be_name(inside):
            yield start, end, LIKELY
    for at, word in enumerate(words):
        before = words[at - 1] if at else None
        if before is not None and before.kind in NOUNS and before.text not in _KIN | _DAYS:
            continue
        after = words[at + 1].text if at + 1 < len(words) else ""
        is_ranked = _RANK.match(text, word.end) is not None
        if (after in _FAMILIAR or is_ranked) and _is_called(word, after, is_ranked=is_ranked):
            yield word.start, word.end, LIKELY
        elif (
            before is not None
            and before.text in _KIN
            and word.kind == "L"
            and len(word.text) > 1
            and (at + 1 == len(words) or words[at + 1].kind in "pyw")
            and _is_called(word, "", is_ranked=False)
        ):
            yield word.start, word.end, LIKELY  # 看護師千葉が
        elif (
            word.kind == "G"
            and at >= 2
            and before is not None
            and before.text == "の"
            and words[at - 2].text in _FAMILY
        ):
            yield word.start, word.end, LIKELY  # 息子の蓮


def _is_called(word: Word, honorific: str, *, is_ranked: bool) -> bool:
    name = word.text
    if word.kind in "LP":  # family names that are places as well
        return (
            _is_kanji(name)
            and len(name) <= 3
            and not _ROLES.search(name)
            and not _ADMINISTRATIVE.search(name)
        )
    if word.kind != "C":
        return False
    if word.is_new:
        return name.isalpha() and not _ROLES.search(name) and (len(name) > 1 or not is_ranked)
    if honorific in ("くん", "ちゃん") and 2 <= len(name) <= 4 and not _is_kanji(name):
        return name[0] != "お" and name not in _ENDEARMENTS
    return name in _SURNAME_WORDS and honorific != "先生" and not is_ranked


def _could_be_name(words: Sequence[Word]) -> bool:
    if any(word.kind in "SGN" for word in words):
        return not ORGANISATION.search(words[-1].text)
    return all(
        word.kind in "Pw" or (word.kind in "CLXE" and (word.is_new or len(word.text) == 1))
        for word in words
    ) and not _ROLES.search(words[-1].text)


def _chained(text: str, words: Sequence[Word]) -> Iterator[tuple[int, int, float]]:
    """Find foreign names in katakana: parts joined by a middle dot, one of them a known name."""
    if "・" not in text and "=" not in text:
        return
    for match in _CHAIN.finditer(text):
        start, end = match.span()
        inside = [word for word in words if start <= word.start < end and word.text not in "・="]
        if not inside or inside[-1].end < end:
            continue
        glued = _GLUED.search(inside[-1].text)
        if inside[-1].end > end and not (glued and inside[-1].start + glued.start() == end):
            continue
        names = sum(word.kind in "SGN" for word in inside)
        common = sum(word.kind == "C" and not word.is_new for word in inside)
        if names and common <= 1 and not ORGANISATION.search(inside[-1].text):
            yield start, end, SURE
        elif not common and all(word.is_new for word in inside):
            yield start, end, LIKELY


def reader() -> JapaneseReader:
    """Make the reader; loads Sudachi's dictionary."""
    return JapaneseReader()
