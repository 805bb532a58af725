import itertools

from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.spans import Reason, Span, resolve, tidied

spans = st.lists(
    st.builds(
        lambda start, size, entity, score, reason: Span(
            start, start + size, entity, score, "made", reason
        ),
        st.integers(0, 60),
        st.integers(0, 20),
        st.sampled_from(["PERSON", "LOCATION", "PHONE_NUMBER"]),
        st.sampled_from([0.4, 0.6, 0.85, 1.0]),
        st.sampled_from([str(reason) for reason in Reason]),
    ),
    max_size=12,
)


def covered(found: list[Span]) -> set[int]:
    return {at for span in found for at in range(span.start, span.end)}


@given(spans)
def test_resolved_spans_are_sorted_and_do_not_overlap(given_spans: list[Span]) -> None:
    resolved = resolve(given_spans)
    assert all(one.end <= two.start for one, two in itertools.pairwise(resolved))
    assert all(one.start < one.end for one in resolved)


@given(spans)
def test_resolving_loses_no_character(given_spans: list[Span]) -> None:
    assert covered(resolve(given_spans)) == covered(given_spans)


@given(spans, st.randoms())
def test_the_order_in_which_recognizers_ran_does_not_matter(given_spans, random) -> None:
    shuffled = list(given_spans)
    random.shuffle(shuffled)
    assert resolve(shuffled) == resolve(given_spans)


def test_the_longer_of_two_equally_strong_spans_wins() -> None:
    name = Span(0, 4, "PERSON", 0.8, "a", Reason.MODEL)
    address = Span(0, 20, "STREET_ADDRESS", 0.7, "b", Reason.PATTERN)
    assert resolve([name, address]) == [address]


def test_a_checksum_keeps_its_extent_inside_a_guess() -> None:
    card = Span(5, 21, "CREDIT_CARD", 1.0, "card", Reason.CHECKSUM)
    guess = Span(0, 21, "ORGANIZATION", 0.85, "model", Reason.MODEL)
    assert resolve([guess, card]) == [guess._replace(end=5), card]


def test_two_finds_of_one_name_are_one_name() -> None:
    titled = Span(0, 11, "PERSON", 0.8, "cue", Reason.CUE)
    doubled = Span(5, 20, "PERSON", 0.85, "model", Reason.MODEL)
    assert resolve([titled, doubled]) == [doubled._replace(start=0)]


def test_a_known_name_keeps_its_extent_beside_a_guess_of_its_type() -> None:
    known = Span(0, 3, "PERSON", 1.0, "known", Reason.KNOWN)
    guess = Span(0, 12, "PERSON", 0.85, "model", Reason.MODEL)
    assert resolve([known, guess]) == [known, guess._replace(start=3)]


def test_a_comma_that_is_left_of_a_find_is_no_find() -> None:
    text = "Via Po 2, 10121 Torino"
    found = [Span(8, 10, "LOCATION", 0.6, "a", "pattern"), Span(9, 16, "LOCATION", 0.6, "a", "cue")]
    assert tidied(text, found) == [found[1]._replace(start=10, end=15)]
    assert tidied("\u3000ada\n", [Span(0, 5, "PERSON", 0.6, "a", "cue")])[0][:2] == (1, 4)
