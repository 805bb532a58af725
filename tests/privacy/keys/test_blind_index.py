"""The blind index tells equality and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.keys.blind_index import BlindIndex
from privacy.keys.suites import AES_256_GCM, SM4_GCM, SUITES, Suite

KEY = bytes(range(32))
both = pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))
any_text = st.text(st.characters(exclude_categories=[]), max_size=20)


def test_the_index_does_not_change() -> None:
    index = BlindIndex(KEY, AES_256_GCM)
    assert (
        index.of("email", "ana@example.org")
        == "7842815ddf8f78b502561fc1b3727b0f190d6cc98c887697e68aedd1c29022f4"
    )
    assert index.mint("s", "0a1b", "0") == "s_tki4pqgwmyr5frjtr6glaym4c4"
    assert (
        index.digest("profile", b"{}")
        == "43b25b6513c7204252ffd9d23c4aa85510028d3ef9660056709a630fd492e69a"
    )


def test_the_index_of_sm3_zones_does_not_change() -> None:
    index = BlindIndex(KEY, SM4_GCM)
    assert (
        index.of("phone", "+8613800138000")
        == "adb7b572a1e7643332b58a40cad33753037882d2f137471934cec3d806993f6f"
    )
    assert index.mint("s", "0a1b", "0") == "s_z4z7mjcwqrmchep3u4cjsw7bwi"
    assert (
        index.digest("profile", b"{}")
        == "1bf99dd7e5f53b953eb11731c452a2870578178ce3a3b562012d423601dececc"
    )


@both
def test_results_have_their_documented_form(suite: Suite) -> None:
    index = BlindIndex(KEY, suite)
    assert re.fullmatch(r"[0-9a-f]{64}", index.of("email", "a@b"))
    assert re.fullmatch(r"s_[a-z2-7]{26}", index.mint("s", "a"))
    assert re.fullmatch(r"[0-9a-f]{64}", index.digest("x", b""))


@both
def test_a_prefix_may_be_given_with_its_underscore(suite: Suite) -> None:
    index = BlindIndex(KEY, suite)
    assert index.mint("s_", "a") == index.mint("s", "a")


@both
@given(one=st.tuples(any_text, any_text, any_text), two=st.tuples(any_text, any_text, any_text))
def test_only_the_same_parts_have_the_same_index(
    suite: Suite, one: tuple[str, str, str], two: tuple[str, str, str]
) -> None:
    index = BlindIndex(KEY, suite)
    assert (index.of(*one) == index.of(*two)) == (one == two)
    assert (index.mint("s", *one) == index.mint("s", *two)) == (one == two)


@both
def test_moving_text_between_parts_changes_the_index(suite: Suite) -> None:
    index = BlindIndex(KEY, suite)
    assert index.of("email", "ab", "c") != index.of("email", "a", "bc")
    assert index.mint("s", "ab") != index.mint("s", "a", "b")
    assert index.mint("s", "a") != index.mint("s", "a", "")
    assert index.digest("ab", b"c") != index.digest("a", b"bc")


@both
def test_uses_and_keys_share_no_result(suite: Suite) -> None:
    index, other = BlindIndex(KEY, suite), BlindIndex(b"\1" * 32, suite)
    results = [
        index.of("a", "b"),
        index.digest("a", b"b"),
        index.mint("a", "b"),
        other.of("a", "b"),
        other.digest("a", b"b"),
        other.mint("a", "b"),
    ]
    assert len(set(results)) == len(results)


@both
def test_a_lone_surrogate_is_indexed_like_any_other_text(suite: Suite) -> None:
    index = BlindIndex(KEY, suite)
    assert index.of("email", "\ud800") != index.of("email", "\ud801")
