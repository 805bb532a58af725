"""A wrapped key opens with its own wrapping key in its own context only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import Tampered, WrongKey
from privacy.keys.wrapping import WrappingKey

KEY = bytes(range(32))
VECTOR = (
    "010b6d529d6d0a60fd6e6e6e6e6e6e6e6e6e6e6e6ea05c106eb25bb0f86c2b6d5dee4cd089f879e9"
    "3b255fc6f6d7d9d8acb5e4e5ac8ca1667634e08eaf6910ed38f26e53be"
)


def test_the_form_of_a_wrapped_key_does_not_change() -> None:
    wrapped = WrappingKey(KEY).wrap(b"\7" * 32, b"eu|s_a|1", b"n" * 12)
    assert wrapped.hex() == VECTOR
    assert WrappingKey(KEY).unwrap(wrapped, b"eu|s_a|1") == b"\7" * 32


@given(key=st.binary(max_size=256), context=st.binary(max_size=60))
def test_whatever_is_wrapped_unwraps(key: bytes, context: bytes) -> None:
    wrapping = WrappingKey(KEY)
    assert wrapping.unwrap(wrapping.wrap(key, context), context) == key


def test_another_context_is_tampering() -> None:
    wrapping = WrappingKey(KEY)
    with pytest.raises(Tampered):
        wrapping.unwrap(wrapping.wrap(b"\7" * 32, b"eu|s_a|1"), b"eu|s_b|1")


def test_another_wrapping_key_is_named_as_such() -> None:
    with pytest.raises(WrongKey):
        WrappingKey(b"\1" * 32).unwrap(bytes.fromhex(VECTOR), b"eu|s_a|1")


@given(garbage=st.binary(max_size=120))
def test_garbage_never_unwraps(garbage: bytes) -> None:
    with pytest.raises((Tampered, WrongKey)):
        WrappingKey(KEY).unwrap(garbage, b"eu|s_a|1")


def test_every_truncation_is_noticed() -> None:
    wrapped = bytes.fromhex(VECTOR)
    for length in range(len(wrapped)):
        with pytest.raises(Tampered):
            WrappingKey(KEY).unwrap(wrapped[:length], b"eu|s_a|1")
