"""The file keystore: private to its owner, whole or not at all, and gone when destroyed."""

import json
import stat
import threading
from base64 import b64encode
from pathlib import Path

import pytest

from privacy.errors import ConfigurationError, KeyDestroyed, Tampered, WrongKey
from privacy.keys.local import KEYSTORE_NAME, LocalProvider

CONTEXT = b"eu|epoch-1"
CHEAP = 4


def _made(folder: Path, passphrase: str | None = None) -> LocalProvider:
    provider = LocalProvider(folder, passphrase=passphrase)
    provider.create(log2_cost=CHEAP)
    return provider


def test_what_one_process_wraps_another_unwraps(tmp_path: Path) -> None:
    wrapped = _made(tmp_path).wrap(b"k" * 32, context=CONTEXT)
    assert LocalProvider(tmp_path).unwrap(wrapped, context=CONTEXT) == b"k" * 32


def test_the_keystore_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    _made(tmp_path)
    assert stat.S_IMODE((tmp_path / KEYSTORE_NAME).stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [KEYSTORE_NAME]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o610])
def test_a_keystore_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    provider = _made(tmp_path)
    (tmp_path / KEYSTORE_NAME).chmod(mode)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        provider.wrap(b"k" * 32, context=CONTEXT)


def test_a_symbolic_link_in_the_keystores_place_is_refused(tmp_path: Path) -> None:
    provider = _made(tmp_path)
    (tmp_path / KEYSTORE_NAME).rename(tmp_path / "elsewhere")
    (tmp_path / KEYSTORE_NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigurationError):
        provider.wrap(b"k" * 32, context=CONTEXT)


def test_a_folder_in_the_keystores_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / KEYSTORE_NAME).mkdir()
    with pytest.raises(ConfigurationError):
        LocalProvider(tmp_path).wrap(b"k" * 32, context=CONTEXT)


def test_a_missing_keystore_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=KEYSTORE_NAME):
        LocalProvider(tmp_path).unwrap(b"x", context=CONTEXT)


def test_making_it_twice_keeps_the_first_key(tmp_path: Path) -> None:
    wrapped = _made(tmp_path).wrap(b"k" * 32, context=CONTEXT)
    assert _made(tmp_path).unwrap(wrapped, context=CONTEXT) == b"k" * 32


def test_of_many_that_make_it_at_once_all_use_one_key(tmp_path: Path) -> None:
    providers = [LocalProvider(tmp_path) for _ in range(8)]
    threads = [threading.Thread(target=provider.create) for provider in providers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wrapped = providers[0].wrap(b"k" * 32, context=CONTEXT)
    assert {one.unwrap(wrapped, context=CONTEXT) for one in providers} == {b"k" * 32}


def test_another_keystore_is_the_wrong_key(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    wrapped = _made(tmp_path / "one").wrap(b"k" * 32, context=CONTEXT)
    with pytest.raises(WrongKey):
        _made(tmp_path / "two").unwrap(wrapped, context=CONTEXT)


def test_another_context_is_tampering(tmp_path: Path) -> None:
    provider = _made(tmp_path)
    wrapped = provider.wrap(b"k" * 32, context=CONTEXT)
    with pytest.raises(Tampered):
        provider.unwrap(wrapped, context=b"uk|epoch-1")


def test_a_passphrase_opens_the_keystore(tmp_path: Path) -> None:
    wrapped = _made(tmp_path, "correct horse").wrap(b"k" * 32, context=CONTEXT)
    opened = LocalProvider(tmp_path, passphrase="correct horse")
    assert opened.unwrap(wrapped, context=CONTEXT) == b"k" * 32


@pytest.mark.parametrize("passphrase", ["correct horsf", "", None, "\udcff"])
def test_another_passphrase_is_the_wrong_key(tmp_path: Path, passphrase: str | None) -> None:
    wrapped = _made(tmp_path, "correct horse").wrap(b"k" * 32, context=CONTEXT)
    with pytest.raises(WrongKey, match="passphrase"):
        LocalProvider(tmp_path, passphrase=passphrase).unwrap(wrapped, context=CONTEXT)


def test_a_keystore_under_a_passphrase_holds_no_plain_key(tmp_path: Path) -> None:
    _made(tmp_path, "correct horse")
    content = json.loads((tmp_path / KEYSTORE_NAME).read_text())
    assert set(content) == {"version", "passphrase", "wrapped"}


def test_a_destroyed_keystore_opens_for_nobody(tmp_path: Path) -> None:
    provider, other = _made(tmp_path), LocalProvider(tmp_path)
    before = (tmp_path / KEYSTORE_NAME).read_bytes()
    wrapped = provider.wrap(b"k" * 32, context=CONTEXT)
    assert other.unwrap(wrapped, context=CONTEXT) == b"k" * 32
    provider.destroy()
    for one in (provider, other, LocalProvider(tmp_path)):
        with pytest.raises(KeyDestroyed):
            one.unwrap(wrapped, context=CONTEXT)
    key = json.loads(before)["key"].encode()
    assert not any(key in file.read_bytes() for file in tmp_path.iterdir())


def test_destroying_twice_or_before_it_was_made_is_no_error(tmp_path: Path) -> None:
    provider = LocalProvider(tmp_path)
    provider.destroy()
    provider.destroy()
    provider.create()
    with pytest.raises(KeyDestroyed):
        provider.wrap(b"k" * 32, context=CONTEXT)


def _text(raw: bytes) -> str:
    return b64encode(raw).decode()


SCRYPT = {"algorithm": "scrypt", "log2_cost": CHEAP, "salt": _text(b"s" * 16)}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[]",
        b'"x"',
        b"{}",
        b"[" * 4000,
        json.dumps({"version": 2, "key": _text(b"k" * 32)}).encode(),
        json.dumps({"version": 1}).encode(),
        json.dumps({"version": 1, "key": None}).encode(),
        json.dumps({"version": 1, "key": _text(b"k" * 31)}).encode(),
        json.dumps({"version": 1, "key": "not base64!"}).encode(),
        json.dumps({"version": 1, "passphrase": "x", "wrapped": ""}).encode(),
        json.dumps({"version": 1, "passphrase": SCRYPT, "wrapped": ""}).encode(),
        json.dumps(
            {"version": 1, "passphrase": SCRYPT | {"log2_cost": 60}, "wrapped": ""}
        ).encode(),
        json.dumps(
            {"version": 1, "passphrase": SCRYPT | {"log2_cost": -1}, "wrapped": ""}
        ).encode(),
        json.dumps(
            {"version": 1, "passphrase": SCRYPT | {"algorithm": "md5"}, "wrapped": ""}
        ).encode(),
    ],
)
def test_a_keystore_not_of_its_form_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / KEYSTORE_NAME
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(Tampered):
        LocalProvider(tmp_path, passphrase="x").wrap(b"k" * 32, context=CONTEXT)
