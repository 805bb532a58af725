from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.spans import Span
from privacy.redaction import merged, redact

texts = st.text(st.characters(codec=None), max_size=60)
spans = st.lists(
    st.builds(
        lambda start, size, entity, score: Span(start, start + size, entity, score, "made", "cue"),
        st.integers(-5, 70),
        st.integers(-2, 30),
        st.sampled_from(["PERSON", "LOCATION"]),
        st.sampled_from([0.4, 0.8, 1.0]),
    ),
    max_size=8,
)


def named(entity: str, value: str) -> str:
    return f"[{entity}]"


def test_spans_are_replaced_and_the_rest_stays() -> None:
    text = "Ada called from London."
    found = [Span(16, 22, "LOCATION", 1, "", ""), Span(0, 3, "PERSON", 1, "", "")]
    assert redact(text, found, named) == "[PERSON] called from [LOCATION]."


def test_overlapping_spans_become_one_of_the_strongest_kind() -> None:
    found = [Span(0, 6, "PERSON", 0.5, "", ""), Span(4, 9, "EMAIL_ADDRESS", 0.9, "", "")]
    assert redact("abcdefghij", found, named) == "[EMAIL_ADDRESS]j"


def test_the_stand_in_is_asked_for_exactly_what_is_replaced() -> None:
    asked = []
    redact(
        "Ada and Bob", [Span(8, 11, "PERSON", 1, "", "")], lambda *given: asked.append(given) or ""
    )
    assert asked == [("PERSON", "Bob")]


@given(texts, spans)
def test_nothing_inside_a_span_is_left_and_nothing_outside_is_changed(text, found) -> None:
    covered = {at for span in found for at in range(max(0, span.start), min(len(text), span.end))}
    kept = "".join(one for at, one in enumerate(text) if at not in covered)
    assert redact(text, found, lambda entity, value: "") == kept


@given(texts, spans)
def test_merged_spans_lie_in_the_text_in_order_and_apart(text, found) -> None:
    at = -1
    for span in merged(found, len(text)):
        assert at < span.start < span.end <= len(text)
        at = span.end - 1


@given(texts, spans)
def test_redacting_without_a_change_gives_the_text(text, found) -> None:
    assert redact(text, found, lambda entity, value: value) == text
