"""A text marked up with what was found in it, for a terminal and as a page of HTML.

Both show personal data, to whoever has the text anyway. Control characters and those that turn the
direction of writing are made visible, so that a hostile text can neither drive a terminal nor hide
where a mark begins.
"""

import html
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from privacy.detection.spans import Reason, Span

if TYPE_CHECKING:
    from rich.text import Text

REASONS: Mapping[str, str] = {
    Reason.KNOWN: "known: the value stands in the record",
    Reason.CHECKSUM: "checksum: its check digits, or its numbering plan, are right",
    Reason.CONTEXT: "context: a word nearby says so",
    Reason.PATTERN: "pattern: it has the form",
    Reason.CUE: "cue: a phrase announces it",
    Reason.LEXICON: "lexicon: it is in a list of names or places, and its neighbours fit",
    Reason.MODEL: "model: a model read it so",
}
"""Of each reason, what it means to a reader."""

_HUES = ("#fde68a", "#bfdbfe", "#bbf7d0", "#fecaca", "#ddd6fe", "#fed7aa", "#a5f3fc", "#f5d0fe")
_STYLES = (
    "black on yellow",
    "black on bright_blue",
    "black on green",
    "black on red",
    "black on magenta",
    "black on bright_yellow",
    "black on cyan",
    "black on bright_magenta",
)
_KEPT = "\n\t"


def visible(text: str) -> str:
    """Give a text in which every code point that would act instead of show is shown as a sign.

    The length in code points stays, so offsets hold.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(one if _is_harmless(one) else "\N{REPLACEMENT CHARACTER}" for one in text)


def _is_harmless(character: str) -> bool:
    # A zero-width joiner makes one emoji of two and one Devanagari sign of two; it acts on nothing.
    if character in _KEPT or character in "\u200c\u200d":
        return True
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


def parts(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, Span | None]]:
    """Cut a text at its spans, in order: each part with the span that covers it, if one does."""
    shown = visible(text)
    reached = 0
    for span in spans:
        if reached < span.start:
            yield shown[reached : span.start], None
        yield shown[span.start : span.end], span
        reached = span.end
    if reached < len(shown):
        yield shown[reached:], None


def colour_of(entity: str) -> int:
    """Give one of eight colours, always the same for an entity."""
    return sum(entity.encode()) % len(_HUES)


def on_terminal(text: str, spans: Sequence[Span]) -> "Text":
    """Mark a text for a terminal; where there are no colours the entity's name still stands."""
    from rich.text import Text

    marked = Text()
    for part, span in parts(text, spans):
        if span is None:
            marked.append(part)
        else:
            style = _STYLES[colour_of(span.entity)]
            marked.append(f"[{part}", style=style)
            marked.append(f" {span.entity}]", style=f"{style} bold")
    return marked


def rows(spans: Sequence[Span]) -> list[dict[str, object]]:
    """Give one row a span: where, what, how sure, and why."""
    return [
        {
            "start": str(span.start),
            "end": str(span.end),
            "entity": span.entity,
            "score": round(float(span.score), 2),
            "recognizer": span.recognizer,
            "reason": REASONS.get(span.reason, span.reason),
        }
        for span in spans
    ]


_PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }}
.text {{ white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid #ccc; padding: 1rem }}
mark {{ border-radius: .2rem; padding: .1rem .2rem; unicode-bidi: isolate; color: #111 }}
mark small {{ font-weight: 600; margin-inline-start: .3rem }}
table {{ border-collapse: collapse; margin-top: 1.5rem }}
th, td {{ text-align: start; padding: .3rem .8rem; border-bottom: 1px solid #ddd }}
</style>
<h1>{title}</h1>
<p>Language: {language}. {count} found. Offsets count code points.</p>
<div class="text" dir="auto">{text}</div>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody>
</table>
</html>
"""


def as_html(text: str, spans: Sequence[Span], *, language: str, title: str) -> str:
    """Mark a text as a page that needs nothing from elsewhere.

    Args:
        text: The original.
        spans: As found in it.
        language: BCP 47, or ``und``.
        title: Of the page.
    """
    marked = []
    for part, span in parts(text, spans):
        escaped = html.escape(part)
        if span is None:
            marked.append(escaped)
            continue
        why = html.escape(f"{span.recognizer}, {span.score:.2f}, {REASONS.get(span.reason, '')}")
        marked.append(
            f'<mark style="background:{_HUES[colour_of(span.entity)]}" title="{why}">'
            f"{escaped}<small>{html.escape(span.entity)}</small></mark>"
        )
    given = rows(spans)
    names = tuple(given[0]) if given else ("entity",)
    return _PAGE.format(
        language=html.escape(language),
        title=html.escape(title),
        count=len(spans),
        text="".join(marked),
        head="".join(f"<th>{name}</th>" for name in names),
        body="\n".join(
            "<tr>"
            + "".join(f"<td>{html.escape(str(value))}</td>" for value in row.values())
            + "</tr>"
            for row in given
        ),
    )
