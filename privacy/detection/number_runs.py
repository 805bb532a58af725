"""Where a text says a number in words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from privacy.detection.digit_runs import FEWEST_DIGITS, LETTER, Piece, Run, written_runs
from privacy.detection.number_words import PLUS, REPEATS, ROUND, number_words

# Languages whose digit words are syllables of ordinary words need more of them in a row.
_SHORT_WORDS = frozenset({"zh", "ja", "ko"})
_FEWEST_WORDS, _FEWEST_SHORT_WORDS = 3, 6

_FILLERS = (
    r"and|und|et|y|e|en|i|uh|uhm|um|erm|er|äh|ähm|euh|eh|dash|hyphen|minus|strich|bindestrich|space|blank|tiret|espace"
    r"|guion|guión|trattino|traço|hífen|streepje|kreska|tire|тире|дефис|then|next|dann|puis|luego|poi|daarna|depois"
    r"|okay|ok|yes|yeah|yep|right|got it|go ahead|uh-huh|mhm|mm-hmm|ja|oui|sí|si|sì|sim|tak|да|evet|slash|schrägstrich"
)
# Between two said digits: blanks and signs, a filler, a quote mark, the other speaker's "okay".
_GAP = re.compile(
    rf"(?:[\s,.;>()/_·、。・-]++|(?<![^\W_])(?i:{_FILLERS})(?![^\W_])|(?<=\s)[A-Z][\w.]{{0,20}}(?: [\w.]{{1,20}})?:(?=\s)){{0,12}}+"
)
_LONGEST_GAP = 80
_JOINER = re.compile(r"[ -]|[ -](?:y|et|e|en|und|i)[ -]")
_DIGITS = re.compile(r"\d{1,6}")
_LETTERS_BEFORE = re.compile(r"(?:(?<![\w'])[A-Za-z][ ,.-]{1,2}){1,4}$")
_LETTERS_AFTER = re.compile(r"(?:[ ,.-]{1,2}[A-Za-z](?![^\W_])){1,2}")


class _Word(NamedTuple):
    start: int
    end: int
    word: str


def runs_in(text: str) -> list[Run]:
    """Give the numbers a folded text spells, in order, none overlapping another."""
    found = list(_said(text))
    if sum(map(text.count, "0123456789")) >= FEWEST_DIGITS:
        found += written_runs(text)
    found.sort(key=lambda run: (run.start, -run.end))
    kept: list[Run] = []
    for run in found:
        if not kept or run.start >= kept[-1].end:
            kept.append(run)
    return kept


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    words = (*number_words(), *REPEATS, *ROUND, *PLUS)
    unique = tuple(dict.fromkeys(words))
    return AhoCorasick(unique, matchkind=MatchKind.LeftmostLongest), unique


def _said(text: str) -> Iterator[Run]:
    automaton, names = _automaton()
    small = _small(text)
    hits = [
        _Word(start, end, names[which])
        for which, start, end in automaton.find_matches_as_indexes(small)
        if _is_whole(small, start, end)
    ]
    if len(hits) < _FEWEST_WORDS:
        return
    by_language: dict[str, list[_Word]] = {}
    values = number_words()
    for hit in hits:
        for language in values.get(hit.word, ()):
            by_language.setdefault(language, []).append(hit)
    others = [hit for hit in hits if hit.word not in values]
    digits = [_Word(*match.span(), match[0]) for match in _DIGITS.finditer(text)]
    found: list[Run] = []
    for language, words in by_language.items():
        is_short = language in _SHORT_WORDS or language.endswith("-Latn")
        fewest = _FEWEST_SHORT_WORDS if is_short else _FEWEST_WORDS
        if len(words) >= fewest:
            tokens = sorted([*words, *others, *digits])
            found += _runs_of(text, tokens, language, fewest)
    # Of two languages that both read it, the one that reads more of it is right.
    found.sort(key=lambda run: (-len(run.pieces), run.start))
    kept: list[Run] = []
    for run in found:
        if all(run.end <= one.start or one.end <= run.start for one in kept):
            kept.append(run)
            yield run


def _small(text: str) -> str:
    small = text.lower()
    if len(small) != len(text):
        small = "".join(low if len(low := one.lower()) == 1 else one for one in text)
    return small


def _is_whole(text: str, start: int, end: int) -> bool:
    """Tell whether it is no part of a longer word, where blanks stand between words."""
    if "\u0e00" <= text[start] <= "\u0e7f" or "\u3000" <= text[start] <= "\ud7af":
        return True
    if start and text[start - 1].isalpha() and text[start - 1] != "و":
        return False
    return not (end < len(text) and text[end].isalpha())


def _runs_of(text: str, tokens: Sequence[_Word], language: str, fewest: int) -> Iterator[Run]:
    values = number_words()
    first = 0
    while first < len(tokens):
        last = first + 1
        while last < len(tokens) and _is_near(text, tokens[last - 1].end, tokens[last].start):
            last += 1
        row = tokens[first:last]
        if sum(language in values.get(token.word, ()) for token in row) >= fewest:
            pieces = list(_pieces(text, row, language))
            if sum(len(piece.text) for piece in pieces) >= FEWEST_DIGITS:
                yield Run((*_before(text, pieces), *pieces, *_after(text, pieces)), True)
        first = last


def _is_near(text: str, end: int, start: int) -> bool:
    return 0 <= start - end <= _LONGEST_GAP and _GAP.fullmatch(text, end, start) is not None


def _pieces(text: str, row: Sequence[_Word], language: str) -> Iterator[Piece]:
    """Say in digits what the words of a row say: `zwanzig`, `sixty four`, `double five`."""
    values = number_words()
    repeat, since = 1, None
    at = 0
    while at < len(row):
        token = row[at]
        at += 1
        start = token.start if since is None else since
        if token.word in REPEATS and language not in values.get(token.word, ()):
            repeat, since = REPEATS[token.word], token.start
            continue
        if token.word in PLUS:
            if at == 1:
                yield Piece("+", token.start, token.end)
            continue
        if token.word in ROUND:
            yield Piece(ROUND[token.word], token.start, token.end)
            continue
        said = token.word
        end = token.end
        value = values.get(token.word, {}).get(language)
        if value is not None:
            while at < len(row) and _is_added(value, values.get(row[at].word, {}).get(language)):
                if not _JOINER.fullmatch(text, end, row[at].start):
                    break
                value += values[row[at].word][language]
                end = row[at].end
                at += 1
            said = str(value)
        elif not token.word.isdigit():
            continue  # a word of another language
        yield Piece(said * (repeat if len(said) == 1 else 1), start, end)
        repeat, since = 1, None


def _is_added(value: int, following: int | None) -> bool:
    if following is None or following == 0:
        return False
    if value >= 100:
        return (value % 100 == 0 and following < 100) or (
            value % 10 == 0 != value % 100 and following < 10
        )
    return value >= 20 and value % 10 == 0 and following < 10


def _before(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    match = _LETTERS_BEFORE.search(text, max(0, pieces[0].start - 16), pieces[0].start)
    if match:
        for letter in LETTER.finditer(text, *match.span()):
            yield Piece(letter[0], *letter.span())


def _after(text: str, pieces: Sequence[Piece]) -> Iterator[Piece]:
    match = _LETTERS_AFTER.match(text, pieces[-1].end)
    if match:
        for letter in LETTER.finditer(text, *match.span()):
            yield Piece(letter[0], *letter.span())
