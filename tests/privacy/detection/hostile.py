"""Texts made to stop a detector, each with an address at its end; run as a program by test_hostile.

``python hostile.py texts CHARACTERS`` reads rows of one unit with every recognizer;
``python hostile.py patterns CHARACTERS`` runs every pattern on rows of its own pieces.
Prints what went wrong, one line each.
"""

import re._constants as sre
import re._parser as parser
import sys
from collections.abc import Iterator
from typing import Any

from privacy.detection.config import PATTERNS_ONLY, DetectionConfig
from privacy.detection.engine import Detector
from privacy.detection.recognizers.registry import registry

UNITS = [
    "x", "1", "1 ", "a.", "@", "(", ")", ".", ",", "> ", ">", "\n", "\n> ", "\n>> ", "one ", "four one one one ",
    "a at ", "(at)", "dot ", "double ", "<b>", "<a href='x'>", "<a ", "<!--", "&#64;", "&amp;", "&", "\ud800", "\u202e",
    "\0", "e\u0301", "\u0301", "'A", "-AA", "A ", "a@b.co ", "x@", "4111111111111111 ", "+49 171 2345678, ",
    "my name is Ada ", "12 Main St. ", "号", "王小明", "é", "ⓐ", "1.", "1-", "4111.", "1\n> ", "http://a.b/", "www.",
    "::", "[", "-", "_", "#1", "order ", "On a day she wrote:\n", "From: x\n", "Aa bb\n\n", "\u200b", "😀", "%40",
    "ー", "1ー", "ا", "ก", "क", "한", "Ж", "\u0e33", "\U0001f1e9\U0001f1ea", "\ufdfa",
]  # fmt: skip
ADDRESS = "ada@example.com"
_REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def texts(length: int) -> Iterator[str]:
    detector = Detector(DetectionConfig(models=PATTERNS_ONLY, cached_texts=0))
    for unit in UNITS:
        text = f"{unit * (length // len(unit) + 1)}\nwrite to {ADDRESS} now"
        spans = detector.detect([text], [None])[0]
        if not any(text[one.start : one.end] == ADDRESS for one in spans):
            yield f"{unit!r}: the end of the text was not read"


def patterns(length: int) -> Iterator[str]:
    for recognizer in registry(("US", "GB", "DE")).recognizers:
        for _, compiled in recognizer.compiled:
            tree = parser.parse(compiled.pattern, compiled.flags)
            whole = written(tree)
            units = {
                whole,
                whole[:-1],
                whole[1:],
                whole[: len(whole) // 2],
                *list(bodies(tree))[:9],
            }
            for unit in {one for some in units for one in (some, f"{some} ") if some}:
                compiled.findall(unit * (length // len(unit) + 1))
    return iter(())


def written(items: Any) -> str:
    """Something a pattern matches, or nearly."""
    text = ""
    for code, value in items:
        if code is sre.LITERAL:
            text += chr(value)
        elif code in (sre.NOT_LITERAL, sre.ANY):
            text += "x"
        elif code is sre.IN:
            text += member(value)
        elif code is sre.BRANCH:
            text += max((written(option) for option in value[1]), key=len)
        elif code is sre.SUBPATTERN:
            text += written(value[3])
        elif code is sre.ATOMIC_GROUP:
            text += written(value)
        elif code in _REPEATS:
            text += written(value[2]) * max(1, min(value[0], 4))
    return text


def member(items: Any) -> str:
    for code, value in items:
        if code is sre.NEGATE:
            return "A"
        if code is sre.LITERAL:
            return chr(value)
        if code is sre.RANGE:
            return chr(value[0])
        if code is sre.CATEGORY:
            return {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " "}.get(value, "a")
    return "a"


def bodies(items: Any) -> Iterator[str]:
    """What is repeated inside a pattern."""
    for code, value in items:
        if code in _REPEATS:
            yield written(value[2])
            yield from bodies(value[2])
        elif code is sre.BRANCH:
            for option in value[1]:
                yield from bodies(option)
        elif code is sre.SUBPATTERN:
            yield from bodies(value[3])
        elif code is sre.ATOMIC_GROUP:
            yield from bodies(value)


if __name__ == "__main__":
    what, length = sys.argv[1:]
    print("\n".join({"texts": texts, "patterns": patterns}[what](int(length))), end="")
