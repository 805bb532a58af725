"""Mail and web addresses written to be read aloud, or to hide them from machines."""

import re
from collections.abc import Iterator
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from privacy.detection.digit_runs import Piece, Run

_AT_WORDS = (
    r"arobase|arrobase|arobas|arroba|arrova|chiocciola|chiocciolina|ma[łl]pa|собака|собачка|apenstaartje|apestaartje"
    r"|klammeraffe|affenschwanz|zavináč|kukac|snabel-a|kuyruklu a|et işareti|at the rate(?: of)?|at sign|at-zeichen"
    r"|एट द रेट|ऐट|آت"
)
_WIDE_AT_WORDS = r"골뱅이|アットマーク|アット|あっと|艾特|小老鼠|แอท|แอด"
_DOT_WORDS = r"dot|punkt|point|punto|ponto|kropka|точка|крапка|nokta|punt|titik|tečka|pont|ドット|どっと|点|點|점|닷|จุด|ดอท|डॉट|نقطة|دوت"
_OPEN, _CLOSE = r"[\[({<]{1,2}", r"[\])}>]{1,2}"
_SURE_AT = rf"[ ]?{_OPEN} ?(?:at|ät|et|a|@|{_AT_WORDS}) ?{_CLOSE}[ ]?|[ _-]?(?<![^\W_])(?:{_AT_WORDS})(?![^\W_])[ _-]?| ?(?:{_WIDE_AT_WORDS}) ?| @ "
_PLAIN_AT = r" (?:at|ät|ett) |(?<=[a-z0-9])_at_(?=[a-z0-9])"
_AT = re.compile(rf"(?P<sure>{_SURE_AT})|(?P<plain>{_PLAIN_AT})", re.IGNORECASE)
_DOT = rf"(?: ?{_OPEN} ?(?:\.|{_DOT_WORDS}) ?{_CLOSE} ?| (?:{_DOT_WORDS}) |_(?:dot|punkt)_| ?(?:ドット|どっと|点|點|점|닷|จุด|ดอท) ?)"
_DOTS = re.compile(_DOT, re.IGNORECASE)
_UNDERSCORE = (
    r" ?(?:underscores?|underline|unterstrich|tiret bas|souligné|guion bajo|guión bajo|barra baja|trattino basso"
    r"|sublinhado|podkreślnik|podkreślenie|нижнее подчеркивание|alt çizgi|alt tire|garis bawah|アンダーバー|下划线|밑줄) ?"
)
_DASH = r" (?:dash|hyphen|minus|bindestrich|tiret|guion|guión|trattino|traço|hífen|myślnik|streepje|дефис|тире|tire|strip|ハイフン) "
_LETTER = r"[^\W\u3040-\u9fff\uac00-\ud7af\u0e00-\u0e7f]"
_SIGN = rf"(?:\.|-|{_DOT}|{_UNDERSCORE}|{_DASH})"
_LOCAL = re.compile(
    rf"(?<![\w.@+-])(?:(?:{_LETTER}[ -]){{2,24}}{_LETTER}|(?:{_LETTER}|[+]){{1,40}}(?:{_SIGN}(?:{_LETTER}|[+]){{1,40}}){{0,4}})$",
    re.IGNORECASE,
)
_LABEL = rf"(?:{_LETTER}|-){{1,40}}"
_HOST = re.compile(
    rf"{_LABEL}(?:{_DASH}{_LABEL}){{0,2}}(?:(?:{_DOT}|\.| \. ){_LABEL}){{1,3}}(?![^\W_])",
    re.IGNORECASE,
)
_HIDDEN_DOT = re.compile(rf"(?<=\w) ?{_OPEN} ?(?:\.|{_DOT_WORDS}) ?{_CLOSE} ?(?=\w)", re.IGNORECASE)
_WEB = re.compile(
    rf"(?<![^\W_])(?:www|w w w){_DOT}{_LABEL}(?:{_DOT}{_LABEL}){{1,3}}", re.IGNORECASE
)
_ENDINGS = re.compile(
    r"(?:com|net|org|info|biz|edu|gov|io|app|shop|dev|eu|uk|de|fr|nl|pl|ie|br|cn|ch|at|it|es|pt|ru|ру|рф|tr|jp|kr|id|in|th"
    r"|us|ca|mx|ar|au|nz|be|se|dk|fi|no|cz|hu|ro|gr|ua|co|me)",
    re.IGNORECASE,
)
# Words before "at": who says "look at amazon dot com" gives no address.
_NOBODY = re.compile(
    r"(?:me|us|you|him|her|them|it|look(?:ed|ing)?|is|are|was|were|am|be|been|order(?:ed|s)?|buy|bought|shop(?:ped|ping)?"
    r"|account|available|sold|price|works?|working|support|team|there|here|on|off|and|or|store|online|items?|products?)",
    re.IGNORECASE,
)
_GATE = re.compile(r"@ |[\[({<] ?(?:at|ät|et|a|@|\.|dot|punkt)|www", re.IGNORECASE)
_POINT = re.compile(r"\.\s?[^\W\d_]")
_PIECES = re.compile(
    rf"(?P<dot>{_DOT}|\.| \. )|(?P<low>{_UNDERSCORE})|(?P<dash>{_DASH})|(?P<said>[ ])|(?P<word>(?:{_LETTER}|[+-])+)",
    re.IGNORECASE,
)
_WRITTEN = {"dot": ".", "low": "_", "dash": "-"}


def spelled_addresses(text: str) -> list[Run]:
    """Give the addresses a folded text spells, in order."""
    is_marked = _GATE.search(text) is not None
    if not is_marked and not _has_words(text):
        return []
    found = list(_mail(text))
    if is_marked:
        found += _web(text)
    return found


@lru_cache(maxsize=1)
def _words() -> tuple[AhoCorasick, int]:
    """Give an automaton of the words for @ and then those for a dot, and how many the first are."""
    spelled = re.sub(r"\[(.)[^]]*\]", r"\1", f"{_AT_WORDS}|{_WIDE_AT_WORDS}").replace(
        "(?: of)?", ""
    )
    signs = [*spelled.split("|"), "malpa", " at ", "_at_", " ät ", " ett "]
    return AhoCorasick([*signs, *_DOT_WORDS.split("|")], matchkind=MatchKind.Standard), len(signs)


def _has_words(text: str) -> bool:
    """Tell quickly whether there is a word for @, and a dot or a word for one."""
    automaton, count_signs = _words()
    hits = {hit[0] < count_signs for hit in automaton.find_matches_as_indexes(text.lower())}
    return True in hits and (False in hits or _POINT.search(text) is not None)


def _mail(text: str) -> Iterator[Run]:
    reach = 0
    for at in _AT.finditer(text):
        local = _LOCAL.search(text, max(reach, at.start() - 90), at.start())
        host = _HOST.match(text, at.end())
        if local is None or host is None or _NOBODY.fullmatch(local[0]):
            continue
        host_end = host.end()
        labels = re.split(rf"{_DOT}|\.| \. ", host[0], flags=re.IGNORECASE)
        if at["plain"]:
            is_said = _DOTS.search(host[0]) is not None
            is_telling = re.search(r"[._\d+-]", local[0]) or _DOTS.search(local[0])
            if not (is_said or is_telling) or not _ENDINGS.fullmatch(labels[-1]):
                continue
        yield Run(
            (
                *_pieces(text, *local.span()),
                Piece("@", *at.span()),
                *_pieces(text, at.end(), host_end),
            ),
            is_dictated=False,
        )
        reach = host_end


def _web(text: str) -> Iterator[Run]:
    for match in _WEB.finditer(text):
        yield Run(tuple(_pieces(text, *match.span())), is_dictated=False)
    for match in _HIDDEN_DOT.finditer(text):
        yield Run((Piece(".", *match.span()),), is_dictated=False)


def _pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    for match in _PIECES.finditer(text, start, end):
        kind = match.lastgroup or ""
        if kind != "said":
            yield Piece(_WRITTEN.get(kind, match[0]), *match.span())
