"""Who was seen in a publication, and who was not."""

from hypothesis import given
from hypothesis import strategies as st

from privacy.profiles.removal import Seen

IDS = st.text("ab2z", min_size=1, max_size=4).map("c_".__add__)


@given(st.sets(IDS), st.sets(IDS), st.integers(1, 4))
def test_exactly_those_never_added_are_missing(added: set[str], asked: set[str], size: int) -> None:
    seen = Seen()
    ordered = sorted(added)
    for start in range(0, len(ordered), size):
        seen.add(ordered[start : start + size])
        seen.add([])
    for _ in range(2):
        assert set(seen.without(sorted(asked))) == asked - added
    assert seen.count == len(added)
