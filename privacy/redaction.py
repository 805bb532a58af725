"""A text with its personal data replaced by stand-ins."""

from collections.abc import Callable, Iterable

from privacy.detection.spans import Span


def merged(spans: Iterable[Span], length: int) -> list[Span]:
    """Give spans in order without overlaps; one that overlaps another makes one span with it.

    The merged span is of the type of its strongest part, the longer one when they are even. What
    lies outside of the text is cut off.
    """
    kept: list[Span] = []
    strongest: Span | None = None
    for span in sorted(spans):
        one = span._replace(start=max(0, span.start), end=min(length, span.end))
        if one.start >= one.end:
            continue
        if kept and one.start < kept[-1].end and strongest is not None:
            if (one.score, one.end - one.start) > (
                strongest.score,
                strongest.end - strongest.start,
            ):
                strongest = one
            kept[-1] = strongest._replace(start=kept[-1].start, end=max(kept[-1].end, one.end))
        else:
            kept.append(one)
            strongest = one
    return kept


def redact(text: str, spans: Iterable[Span], stand_in: Callable[[str, str], str]) -> str:
    """Replace every span of a text; what lies between spans stays as it is.

    Args:
        text: The original.
        spans: In code points of it; in any order, overlaps allowed.
        stand_in: Gives what stands for an entity's value, such as `StandIns`.
    """
    pieces = []
    at = 0
    for span in merged(spans, len(text)):
        pieces.append(text[at : span.start])
        pieces.append(stand_in(span.entity, text[span.start : span.end]))
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces)
