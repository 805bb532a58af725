"""What is sealed to a zone opens there and nowhere else."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import ConfigurationError, Tampered
from privacy.ids import ZoneId
from privacy.keys.handoff import PRIVATE_BYTES, PUBLIC_BYTES, new_key, open_with, public_of, seal_to
from privacy.keys.public import PublicKeys, read_public_keys, write_public_keys

BR = ZoneId("br")
PRIVATE, PUBLIC = new_key()


def test_keys_have_their_documented_lengths() -> None:
    assert (len(PRIVATE), len(PUBLIC)) == (PRIVATE_BYTES, PUBLIC_BYTES)
    assert public_of(PRIVATE) == PUBLIC


@given(plain=st.binary(max_size=2000))
def test_what_is_sealed_to_a_zone_opens_with_its_key(plain: bytes) -> None:
    assert open_with(PRIVATE, seal_to(PUBLIC, plain, zone=BR), zone=BR) == plain


def test_it_does_not_open_with_another_key() -> None:
    with pytest.raises(Tampered):
        open_with(new_key()[0], seal_to(PUBLIC, b"x", zone=BR), zone=BR)


def test_it_does_not_open_as_another_zone() -> None:
    with pytest.raises(Tampered):
        open_with(PRIVATE, seal_to(PUBLIC, b"x", zone=BR), zone=ZoneId("us"))


@pytest.mark.parametrize("length", [0, 1, 2, 1120, 1121, 1130])
def test_a_truncated_hand_off_is_refused(length: int) -> None:
    with pytest.raises(Tampered):
        open_with(PRIVATE, seal_to(PUBLIC, b"x" * 40, zone=BR)[:length], zone=BR)


@given(data=st.data())
def test_any_changed_byte_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(seal_to(PUBLIC, b"x" * 40, zone=BR))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Tampered):
        open_with(PRIVATE, bytes(sealed), zone=BR)


@given(garbage=st.binary(max_size=1500))
def test_garbage_never_opens(garbage: bytes) -> None:
    with pytest.raises(Tampered):
        open_with(PRIVATE, garbage, zone=BR)


@pytest.mark.parametrize("public", [b"", b"x" * 32, b"\xff" * PUBLIC_BYTES, b"x" * 1217])
def test_what_is_no_public_key_is_refused(public: bytes) -> None:
    with pytest.raises(ConfigurationError):
        seal_to(public, b"x", zone=BR)


# --- the file of public keys ----------------------------------------------------------------------

KEYS = PublicKeys(BR, b"v" * 32, PUBLIC)


def test_public_keys_are_read_as_they_were_written(tmp_path: Path) -> None:
    write_public_keys(tmp_path / "new", KEYS)
    assert read_public_keys(tmp_path / "new", BR) == KEYS
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["br.json"]


def test_a_zone_that_published_nothing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="br"):
        read_public_keys(tmp_path, BR)


@pytest.mark.parametrize("change", ["", "[]", "null", "{}", "\u00e9", "{", "zone", "signing"])
def test_a_file_not_of_its_form_is_refused(tmp_path: Path, change: str) -> None:
    path = write_public_keys(tmp_path, KEYS)
    content = json.loads(path.read_text())
    if change == "zone":
        content["zone"] = "us"
        change = json.dumps(content)
    elif change == "signing":
        content["signing"]["public"] = "AAAA"
        change = json.dumps(content)
    path.write_text(change)
    with pytest.raises(ConfigurationError):
        read_public_keys(tmp_path, BR)
