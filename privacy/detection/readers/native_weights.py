"""What more speaks for a name in Polish, Turkish and Indonesian, which no model reads.

There a name counts for more if it is one of those who speak the language, if its holder acts or is
called, and if it stands in a row of people.
"""

import re
from collections.abc import Sequence

from privacy.detection.lexicons.lexicon import (
    CITY,
    COMMON_FAMILY,
    FAMILY,
    GIVEN,
    LARGE_CITY,
    RARE_FAMILY,
    RARE_GIVEN,
    REGION,
    WELL_KNOWN,
)
from privacy.detection.readers.name_page import Page
from privacy.detection.readers.name_tokens import Shape, Token

_SPEAKS = frozenset(
    ["bilang", "kata", "ngomong", "nanya", "tanya", "cerita", "chat", "telpon", "nelpon", "dedi", "diyor", "soyledi", "aradi", "yazdi", "sordu", "mowi", "mowila", "mowil", "powiedzial", "powiedziala", "pisze", "pisal", "pisala", "dzwonil", "dzwonila", "twierdzi"]
)  # fmt: skip
_DOES = {
    "pl": re.compile(r"\w{2,}(?:al|il|yl|ul|edl|la|li)$|(?:ma|jest|nie|juz|tez|sie|chce|bedzie)$"),
    "tr": re.compile(
        r"(?:de|da|mi|mu|ile|gibi|icin|ve|diye|hala|yine|nerede|nerde|neden|gelecek|gelsin)$|\w{2,}(?:di|du|ti|tu|mis|mus|yor|cak|cek)$"
    ),
    "id": re.compile(
        r"(?:udah|sudah|udh|tadi|lagi|mau|minta|datang|yang|belum|juga|pernah|akan|telah|tidak|gak|ga|nggak|lahir|adalah|suka|pergi|pulang|pindah|sakit|ikut|bisa|masih|baru|nunggu)$|(?:me|ber)[a-z]{4,}$"
    ),
}
_WORKS = frozenset(
    ["film", "filmi", "filminin", "filminde", "filmu", "filmie", "dizi", "dizisi", "dizisinde", "roman", "romani", "romaninin", "kitap", "kitabi", "kitabinin", "sarki", "sarkisi", "albumu", "albumunun", "albumunde", "oyunu", "oyununda", "dergisi", "gazetesi", "markasi", "marka", "grubu", "grubunun", "takimi", "sirketi", "uygulamasi", "sitesi", "serisi", "serisinin", "serial", "serialu", "powiesc", "powiesci", "ksiazka", "ksiazke", "ksiazki", "piosenka", "piosenki", "piosenke", "plyta", "album", "gra", "gry", "grze", "spektakl", "zespol", "zespolu", "klub", "klubu", "druzyna", "firma", "firmy", "firmie", "marki", "sklep", "sklepu", "aplikacja", "aplikacji", "model", "modelu", "novel", "buku", "lagu", "sinetron", "majalah", "koran", "grup", "merek", "merk", "toko", "aplikasi", "perusahaan", "tim", "game", "band", "perang", "gunung", "danau", "sungai", "hotel", "restoran"]
)  # fmt: skip
_CALLED = frozenset(
    ["tesekkurler", "tesekkur", "merhaba", "selam", "sevgili", "sagol", "canim", "czesc", "hej", "dzieki", "dziekuje", "witaj", "kochana", "kochany", "droga", "drogi", "halo", "hai", "kasih", "makasih", "hi", "hello", "hey", "thanks"]
)  # fmt: skip
_ENGLISH = frozenset(
    ["the", "for", "of", "and", "to", "my", "me", "she", "he", "red", "man", "big", "new", "old", "is"]
)  # fmt: skip
_AND = frozenset(
    ["dan", "sama", "serta", "ve", "ile", "i", "oraz", "a", "and", "atau", "lub", "veya"]
)
_COMMA = re.compile(r",[ \n]{1,2}|\n|/| [/&-] ")
_OWNED = re.compile(r"(?:[iu]|[sn][iu]n?[a-z]{0,3}|inda|unda|indan)$")


def native_evidence(page: Page, names: Sequence[int], named: Sequence[Token]) -> float:
    """Weigh what the reader's other weights leave out."""
    native = page.manner.native
    if not native:
        return 0.0
    first, last = names[0], names[-1]
    value = 0.0
    if _is_work(page, first, last):
        return -1.5
    if len(named) > 1:
        return _of_row(page, names, named)
    one = named[0]
    is_given = bool(one.bits & GIVEN and one.bits & native)
    is_family = bool(one.bits & COMMON_FAMILY and one.bits & native)
    is_ended = bool(one.bits & FAMILY and page.manner.ending.search(one.key) and not one.is_word)
    if not (is_given or is_family or is_ended) or one.shape is Shape.INITIAL:
        return 0.0
    if one.is_word:
        if page.is_declined(last):
            value += 1.2
        elif page.is_regular and not one.is_first:
            value += 0.4
        if is_family and page.is_regular and not one.is_first:
            value += 0.4
        if page.manner.language == "tr" and len(names) == 1 and _is_compound(page, last):
            return -0.5
    elif is_family and not one.is_first:
        value += 0.5
    elif one.is_first and is_ended:
        value += 0.3
    if first and one.gap == " " and page.words[first - 1].key in _CALLED:
        value += 1.0
    return value + does(page, last)


def does(page: Page, last: int) -> float:
    """Weigh that the word after a name says what its holder does or says."""
    if not page.has_next(last) or page.words[last + 1].shape is not Shape.LOWER:
        return 0.0
    key = page.words[last + 1].key
    if key in _SPEAKS:
        return 1.2
    pattern = _DOES.get(page.manner.language)
    return 0.5 if pattern is not None and pattern.match(key) else 0.0


def _is_place(page: Page, word: Token) -> bool:
    bits = page.manner.lexicon.place_bits(word.key)
    return bool(bits & (REGION | LARGE_CITY)) and not word.bits & (GIVEN | FAMILY)


def _is_work(page: Page, first: int, last: int) -> bool:
    """Tell whether a word beside a row says that it names a film, a book, a firm."""
    words = page.words
    if first and words[first].gap in (" ", ' "') and words[first - 1].key in _WORKS:
        return True
    return page.has_next(last) and words[last + 1].key in _WORKS


def _is_compound(page: Page, last: int) -> bool:
    """Tell whether a Turkish word owns the next, as no person does: ``Gül suyu``."""
    if not page.has_next(last) or page.words[last + 1].gap != " ":
        return False
    follower = page.words[last + 1]
    if follower.shape is not Shape.LOWER or not follower.is_word:
        return False
    return bool(_OWNED.search(follower.key)) and not _DOES["tr"].match(follower.key)


def _of_row(page: Page, names: Sequence[int], named: Sequence[Token]) -> float:
    native = page.manner.native
    first, last = named[0], named[-1]
    if first.shape is Shape.INITIAL:
        is_family = last.bits & (FAMILY | RARE_FAMILY | RARE_GIVEN) or not last.is_word
        is_apart = named[1].gap == ". " or last.bits & FAMILY
        return 1.1 if is_family and is_apart and "." in named[1].gap and len(last.key) > 2 else 0.0
    if all(word.is_word for word in named):
        if not (first.bits & native and last.bits & native and first.bits & GIVEN):
            return -0.6
        is_family = last.bits & (FAMILY | GIVEN)
        is_told = not first.is_first or len(named) > 2 or last.bits & COMMON_FAMILY
        return 1.2 if is_family and (page.is_regular or is_told) else 0.3
    english = page.manner.lexicon.has_english_word
    foreign = sum(english(word.key) and not word.bits & WELL_KNOWN for word in named)
    if any(word.key in _ENGLISH for word in named):
        return -1.5
    if foreign and not (first.bits & GIVEN and len(named) == 2):
        return -0.6 * foreign  # the title of a song
    if (
        not first.is_first
        and page.is_regular
        and not any(word.is_word or _is_place(page, word) for word in named)
    ):
        return 0.4  # names from elsewhere, which no list has
    return 0.0


def is_beside(page: Page, first: int, last: int, inside: set[int]) -> bool:
    """Tell whether a name stands in a row with others: before or after a comma, after ``and``.

    Args:
        page: The text.
        first: The name's first word.
        last: Its last.
        inside: The words of names found.
    """
    words = page.words
    for left, right, other in ((first - 1, first, first - 1), (last, last + 1, last + 1)):
        if left < 0 or right >= len(words):
            continue
        if other in inside and _COMMA.fullmatch(words[right].gap):
            return True
        joint = other
        beyond = other - 1 if other < first else other + 1
        if (
            words[joint].key in _AND
            and words[joint].shape is Shape.LOWER
            and beyond in inside
            and words[joint].gap.strip() in ("", ",")
            and words[joint + 1].gap == " "
        ):
            return True
    return False


def can_stand_beside(page: Page, first: int, last: int) -> bool:
    """Tell whether words little is known of may be a person's name where others are."""
    lexicon = page.manner.lexicon
    for word in page.words[first : last + 1]:
        bits = lexicon.place_bits(word.key)
        if bits & (REGION | LARGE_CITY | CITY) and not word.bits & (GIVEN | FAMILY):
            return False
        if word.is_word and not word.bits & page.manner.native:
            return False
        if word.shape is Shape.UPPER or len(word.key) < 3 - bool(word.bits & WELL_KNOWN):
            return False
    return True


def extends_lower(page: Page, at: int, *, is_told: bool) -> bool:
    """Tell whether a word in small letters goes on with the given name before it."""
    native = page.manner.native
    word = page.words[at]
    if not word.bits & native or len(word.key) < 3:
        return False
    if not word.is_word:
        return bool(word.bits & (FAMILY | RARE_FAMILY | GIVEN | RARE_GIVEN))
    beside = page.manner.beside
    return (
        bool(word.bits & (COMMON_FAMILY | (FAMILY if is_told else 0)))
        and word.key not in beside.near
        and word.key not in beside.places
    )
