"""The file keystore: private to its owner, whole or not at all, and gone when destroyed."""

import json
import stat
import threading
from base64 import b64decode, b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from privacy.errors import ConfigurationError, KeyDestroyed, Tampered, WrongKey
from privacy.keys.keystore import Lock
from privacy.keys.local import KEYSTORE_NAME, LocalProvider
from privacy.keys.wrapping import WrappingKey

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
    assert set(content["passphrase"]) == {"algorithm", "log2_cost", "salt"}
    # 32 bytes of key, wrapped: version, fingerprint, nonce and tag come on top.
    assert len(b64decode(content["generations"][0]["key"])) == 32 + 1 + 8 + 12 + 16


def test_a_passphrase_for_a_keystore_without_one_is_refused(tmp_path: Path) -> None:
    _made(tmp_path)
    with pytest.raises(ConfigurationError, match="has none"):
        LocalProvider(tmp_path, passphrase="x").wrap(b"k" * 32, context=CONTEXT)


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_a_keystore_of_version_1_is_read_and_written_anew(
    tmp_path: Path, passphrase: str | None
) -> None:
    key, salt = b"k" * 32, b"s" * 16
    content: dict[str, object] = {"version": 1, "key": _text(key)}
    if passphrase is not None:
        wrapped = Lock(CHEAP, salt).key(passphrase).wrap(key, b"c360 keystore v1")
        content = {"version": 1, "passphrase": SCRYPT, "wrapped": _text(wrapped)}
    path = tmp_path / KEYSTORE_NAME
    path.write_text(json.dumps(content))
    path.chmod(0o600)
    provider = LocalProvider(tmp_path, passphrase=passphrase)
    old = provider.wrap(b"x" * 32, context=CONTEXT)
    assert old == WrappingKey(key).wrap(b"x" * 32, CONTEXT, old[9:21])
    assert provider.begin_generation() == "2"
    again = LocalProvider(tmp_path, passphrase=passphrase)
    assert again.generation_of(old) == "1"
    assert again.unwrap(old, context=CONTEXT) == b"x" * 32


def test_an_ended_generation_is_in_no_file(tmp_path: Path) -> None:
    provider = _made(tmp_path)
    key = json.loads((tmp_path / KEYSTORE_NAME).read_text())["generations"][0]["key"].encode()
    provider.begin_generation()
    provider.end_generation("1")
    assert not any(key in file.read_bytes() for file in tmp_path.iterdir())


def test_generations_begun_at_once_are_all_kept(tmp_path: Path) -> None:
    _made(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: LocalProvider(tmp_path).begin_generation(), range(8)))
    assert names == {str(number) for number in range(2, 10)}
    assert len(LocalProvider(tmp_path).generations()) == 9


def test_a_destroyed_keystore_opens_for_nobody(tmp_path: Path) -> None:
    provider, other = _made(tmp_path), LocalProvider(tmp_path)
    before = (tmp_path / KEYSTORE_NAME).read_bytes()
    wrapped = provider.wrap(b"k" * 32, context=CONTEXT)
    assert other.unwrap(wrapped, context=CONTEXT) == b"k" * 32
    provider.destroy()
    for one in (provider, other, LocalProvider(tmp_path)):
        with pytest.raises(KeyDestroyed):
            one.unwrap(wrapped, context=CONTEXT)
    key = json.loads(before)["generations"][0]["key"].encode()
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
        json.dumps({"version": 2, "passphrase": None, "generations": []}).encode(),
        json.dumps(
            {
                "version": 2,
                "passphrase": None,
                "generations": [{"number": 1, "fingerprint": "00", "key": _text(b"k" * 32)}],
            }
        ).encode(),
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
