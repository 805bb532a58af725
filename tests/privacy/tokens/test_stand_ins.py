import hashlib
import hmac
import re

from hypothesis import given
from hypothesis import strategies as st

from privacy.tokens.stand_ins import StandIns


class Index:
    def __init__(self, key: bytes = b"k") -> None:
        self._key = key

    def digest(self, label: str, data: bytes) -> str:
        return hmac.digest(self._key, label.encode() + b"\0" + data, hashlib.sha256).hex()


def test_a_value_has_one_stand_in_throughout_a_thread() -> None:
    first, later = StandIns(Index(), "t_1"), StandIns(Index(), "t_1")
    assert first("PERSON", "Ada Lovelace") == later("PERSON", "ada  LOVELACE ")
    assert first("PERSON", "Ada Lovelace") != first("PERSON", "Bob")


def test_a_value_has_another_stand_in_in_every_other_thread_and_zone() -> None:
    made = {
        StandIns(Index(key), thread)("PERSON", "Ada")
        for key in (b"a", b"b")
        for thread in ("t_1", "t_2")
    }
    assert len(made) == 4


def test_a_stand_in_says_its_kind_in_a_word() -> None:
    stand_in = StandIns(Index(), "t_1")
    assert re.fullmatch(r"\[PERSON-[a-z2-7]{4}\]", stand_in("PERSON", "Ada"))
    assert stand_in("EMAIL_ADDRESS", "a@b.c").startswith("[EMAIL-")
    assert stand_in("BR_CPF", "390.533.447-05").startswith("[BR_CPF-")


@given(st.text(st.characters(codec=None), max_size=30))
def test_any_value_has_a_stand_in_that_does_not_hold_it(value: str) -> None:
    stand_in = StandIns(Index(), "t")("PERSON", value)
    assert re.fullmatch(r"\[PERSON-[a-z2-7]{4}\]", stand_in)
