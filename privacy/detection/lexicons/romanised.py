"""Devanagari in Latin letters, as Indians write names: राजेश is rajesh.

Both ways of writing one name lead to one form: long and short vowels, aspirates of sibilants, ``v``
and ``w``, doubled letters and a last ``a`` are not told apart, because writers do not either.
"""

import re

_CONSONANTS = {"क": "k", "ख": "kh", "ग": "g", "घ": "gh", "ङ": "n", "च": "ch", "छ": "ch", "ज": "j", "झ": "jh", "ञ": "n", "ट": "t", "ठ": "th", "ड": "d", "ढ": "dh", "ण": "n", "त": "t", "थ": "th", "द": "d", "ध": "dh", "न": "n", "प": "p", "फ": "f", "ब": "b", "भ": "bh", "म": "m", "य": "y", "र": "r", "ल": "l", "व": "v", "श": "s", "ष": "s", "स": "s", "ह": "h"}  # fmt: skip
_VOWELS = {"अ": "a", "आ": "a", "इ": "i", "ई": "i", "उ": "u", "ऊ": "u", "ऋ": "ri", "ए": "e", "ऐ": "ai", "ओ": "o", "औ": "au", "ऑ": "o"}  # fmt: skip
_SIGNS = {"ा": "a", "ि": "i", "ी": "i", "ु": "u", "ू": "u", "ृ": "ri", "े": "e", "ै": "ai", "ो": "o", "ौ": "au", "ॉ": "o"}  # fmt: skip
_VIRAMA = "्"
_INHERENT = "ə"
_SILENT = re.compile(
    f"(?<=[aeiou{_INHERENT}])([^aeiou{_INHERENT}]{{1,2}}){_INHERENT}(?=[^aeiou{_INHERENT}]{{1,2}}[aeiou])"
)
_SPELLINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"ksh|x", "ks"),
        (r"sh", "s"),
        (r"ph", "f"),
        (r"chh", "ch"),
        (r"w", "v"),
        (r"ee|ii|y(?![aeiou])", "i"),
        (r"oo|uu", "u"),
        (r"aa", "a"),
        (r"z", "j"),
        (r"(.)\1", r"\1"),
        (r"(?<=[^aeiou])a$", ""),
    )
)


def simplified(word: str) -> str:
    """Give a name in Latin letters the form that all its spellings share."""
    for pattern, to in _SPELLINGS:
        word = pattern.sub(to, word)
    return word


def _nasal(letter: str, follows: str) -> str:
    if letter != "ं":
        return ""
    return "m" if follows and follows in "पफबभम" else "n"


def romanised(word: str) -> str:
    """Give a Devanagari word the form that `simplified` gives its Latin spellings."""
    out: list[str] = []
    for at, letter in enumerate(word):
        if letter in _CONSONANTS:
            out.append(_CONSONANTS[letter])
            follows = word[at + 1 : at + 2]
            if follows not in _SIGNS and follows != _VIRAMA:
                out.append(_INHERENT)
        else:
            out.append(
                _VOWELS.get(letter) or _SIGNS.get(letter) or _nasal(letter, word[at + 1 : at + 2])
            )
    latin = "".join(out).removesuffix(_INHERENT)
    latin = _SILENT.sub(r"\1", latin).replace(_INHERENT, "a")
    return simplified(latin)
