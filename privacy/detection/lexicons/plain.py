"""The plain form of Latin letters: lower case, no accents, every position kept."""

import unicodedata

_ODD = {
    "ß": "s", "ẞ": "s", "ı": "i", "İ": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d",
    "Đ": "d", "ð": "d", "Ð": "d", "þ": "t", "Þ": "t", "æ": "a", "Æ": "a", "œ": "o", "Œ": "o",
    "’": "'", "ʼ": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "ə": "e", "Ə": "e",
}  # fmt: skip


def _table() -> dict[int, str]:
    table = {ord(letter): plain_letter for letter, plain_letter in _ODD.items()}
    for point in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        letter = chr(point)
        if letter in _ODD or not letter.isalpha():
            continue
        base = unicodedata.normalize("NFD", letter)[0].lower()
        if base.isascii():
            table[point] = base
    return table


_TABLE = _table()


def plain(text: str) -> str:
    """Give a text in lower case and without accents, each character where it was.

    Turkish dotless ``ı`` and dotted ``İ`` both become ``i``; ``ß`` becomes ``s``, ``æ`` ``a``.
    """
    if text.isascii():
        return text.lower()
    small = text.translate(_TABLE).lower()
    if len(small) == len(text):
        return small
    return "".join(low if len(low := one.lower()) == 1 else one for one in text.translate(_TABLE))
