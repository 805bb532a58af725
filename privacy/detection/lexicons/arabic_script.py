"""Words in Arabic letters: what one is, and the form in which one is looked up."""

import re

_NORMAL = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیې", "ي"),
        **dict.fromkeys("ةۀە", "ه"),
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("ہھ", "ه"),
        **dict.fromkeys(map(chr, (0x640, 0x670, *range(0x64B, 0x660))), None),
    }
)


def key(word: str) -> str:
    """Write letters that people interchange in one way, and leave out vowel signs."""
    return word.translate(_NORMAL)


def keys(words: str) -> frozenset[str]:
    """Give the normal forms of words set apart by blanks."""
    return frozenset(key(one) for one in words.split())


WORD = re.compile(
    r"([\u0620-\u065f\u066e-\u06d3\u06d5-\u06dc\u06fa-\u06ff]++)|\n|[ \t]{2,}|[^\s\u0620-\u06ff]+"
)
