"""A mail's text in three: what was written now, what was quoted, and the signature.

The phrases of mail programs in 13 languages are those of mail-parser-reply. Its expressions are
searched over a shadow of the text with short lines, as they take quadratic time on long ones.
"""

import re
from dataclasses import dataclass

from mailparser_reply.parser import EmailMessage

_LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pl", "sv", "da", "cs", "ja", "ko", "zh"]
_SHADOW_LINES = 400
_SHADOW_LINE_CHARACTERS = 160
_SIGNATURE_LINES = 10
_SIGNATURE_START_CHARACTERS = 60
# The library's lines for Spanish and Chinese can never match, those for Dutch and Polish want the
# verb last or another word first, and the French one fails on a name that ends in "le".
_MORE_HEADERS = re.compile(
    r"^Em [^\n]{1,150}escreveu:$|^_{20,}$|^-{3,} ?(?:Original|Forwarded) Message ?-{3,}$"
    r"|^Begin forwarded message:$"
    r"|^(?=[^\n]{0,150}\d{4})(?:El [^\n]{1,150}escribió|Op [^\n]{1,80}schreef\b[^\n]{0,80}"
    r"|[^\n]{1,150}(?:napisał|написал)(?:\(a\)|\(а\)|a|а)?|Le [^\n]{1,150}a écrit ?"
    r"|[^\n]{1,150}(?:写道|şunu yazdı|menulis|เขียนว่า|님이 작성(?:하였습니다)?|ने लिखा)"
    r"|\u0641\u064a [^\n]{1,80}\u0643\u062a\u0628[^\n]{1,80}) ?[:：]$",
    re.MULTILINE | re.IGNORECASE,
)
_DASHES = re.compile(r"^-- ?$", re.MULTILINE)
_QUOTE = re.compile(r"\s*[>|]")


@dataclass(frozen=True, slots=True)
class Reply:
    """The three parts of a mail's text, each in the order it was written."""

    text: str
    quoted: str
    signature: str


def _phrases() -> tuple[re.Pattern[str], re.Pattern[str]]:
    message = EmailMessage(text="", languages=list(_LANGUAGES), keep_hyphen_lists=True)
    return message.HEADER_REGEX, message.SIGNATURE_REGEX


_HEADERS, _SIGNATURES = _phrases()


def split(text: str) -> Reply:
    """Split a mail's text. Nothing is lost: what is not written now is quoted or signature."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    shadow = [line[:_SHADOW_LINE_CHARACTERS].strip() for line in lines[:_SHADOW_LINES]]
    cut = _first_line(shadow, _HEADERS, _MORE_HEADERS)
    if not any(map(_is_said, lines[:cut])):
        # Answered below or between the quoted lines: only the marked lines are quoted.
        cut = len(lines)
    said = [line for line in lines[:cut] if not _QUOTE.match(line)]
    quoted = [line for line in lines[:cut] if _QUOTE.match(line)] + lines[cut:]
    said, signature = _signed(said)
    return Reply(_joined(said), _joined(quoted), _joined(signature))


def _is_said(line: str) -> bool:
    return bool(line.strip()) and not _QUOTE.match(line)


def _first_line(shadow: list[str], *patterns: re.Pattern[str]) -> int:
    text = "\n".join(shadow)
    found = [match for pattern in patterns if (match := pattern.search(text))]
    if not found:
        return 1_000_000_000
    start = min(match.start() + len(match[0]) - len(match[0].lstrip()) for match in found)
    return text.count("\n", 0, start)


def _signed(lines: list[str]) -> tuple[list[str], list[str]]:
    shadow = [line[:_SHADOW_LINE_CHARACTERS].rstrip() for line in lines[:_SHADOW_LINES]]
    start = _first_line(shadow, _DASHES)
    if start >= len(lines):
        start = _first_line([line.strip() for line in shadow], _SIGNATURES)
        candidate = [line for line in lines[start:] if line.strip()]
        is_one = 0 < len(candidate) <= _SIGNATURE_LINES
        if not is_one or len(candidate[0].strip()) > _SIGNATURE_START_CHARACTERS:
            return lines, []
    if not any(line.strip() for line in lines[:start]):
        return lines, []
    return lines[:start], lines[start:]


def _joined(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip()
