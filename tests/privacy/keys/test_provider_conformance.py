"""What every key provider must do; a new one is a fixture here."""

from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

import pytest

from privacy.errors import ConfigurationError, KeyDestroyed, Tampered, WrongKey
from privacy.ids import ZoneId
from privacy.keys.provider import KeyProvider
from privacy.keys.providers import PROVIDERS, provider_for
from privacy.zones.layout import ZoneLayout

CONTEXT = b"eu|epoch-1"
KEY = bytes(range(32))
PIN = "c360-1234"
Reopen = Callable[[], KeyProvider]


@pytest.fixture
def layout(tmp_path: Path) -> ZoneLayout:
    made = ZoneLayout(tmp_path, ZoneId("eu"))
    made.make()
    return made


@pytest.fixture(params=sorted(PROVIDERS))
def reopen(request: pytest.FixtureRequest, layout: ZoneLayout) -> Reopen:
    """Make the key-encryption key, and give a way to open it as another process does."""
    uri = request.getfixturevalue(f"{request.param.replace('-', '_')}_uri")
    passphrase = PIN if request.param == "pkcs11" else None
    provider_for(uri, layout, passphrase, create=True)
    return lambda: provider_for(uri, layout, passphrase)


@pytest.fixture
def local_uri() -> str:
    """The keystore in the zone's folder."""
    return "local:"


@pytest.fixture
def aws_kms_uri(aws_kms_server: str) -> str:
    """A key nobody else uses, in moto's server."""
    return f"aws-kms:alias/c360-{token_hex(4)}"


@pytest.fixture
def vault_uri(vault_server: str) -> str:
    """A key nobody else uses, in a small Transit of our own: no Vault can be installed here."""
    return f"vault:transit/c360-{token_hex(4)}"


@pytest.fixture
def pkcs11_uri(softhsm: str) -> str:
    """A key nobody else uses, in SoftHSM2."""
    return f"pkcs11:token=c360;object={token_hex(4)}?module-path={softhsm}"


def test_what_one_process_wraps_another_unwraps(reopen: Reopen) -> None:
    wrapped = reopen().wrap(KEY, context=CONTEXT)
    assert reopen().unwrap(wrapped, context=CONTEXT) == KEY
    assert KEY not in wrapped
    assert len(wrapped) <= 4096


def test_wrapping_twice_gives_different_bytes(reopen: Reopen) -> None:
    provider = reopen()
    assert provider.wrap(KEY, context=CONTEXT) != provider.wrap(KEY, context=CONTEXT)


@pytest.mark.parametrize("length", [1, 32, 256])
def test_keys_of_any_length_are_wrapped(reopen: Reopen, length: int) -> None:
    provider = reopen()
    key = b"\xa5" * length
    assert provider.unwrap(provider.wrap(key, context=CONTEXT), context=CONTEXT) == key


def test_another_context_is_tampering(reopen: Reopen) -> None:
    provider = reopen()
    wrapped = provider.wrap(KEY, context=CONTEXT)
    with pytest.raises(Tampered):
        provider.unwrap(wrapped, context=b"eu|epoch-2")


def test_bytes_that_were_changed_are_refused(reopen: Reopen) -> None:
    provider = reopen()
    wrapped = provider.wrap(KEY, context=CONTEXT)
    for place in (0, len(wrapped) // 2, len(wrapped) - 1):
        changed = bytearray(wrapped)
        changed[place] ^= 1
        # A service may also deny the use of the key that a changed ciphertext names.
        with pytest.raises((Tampered, WrongKey, ConfigurationError)):
            provider.unwrap(bytes(changed), context=CONTEXT)
    for cut in (b"", wrapped[:10], wrapped[:-1]):
        with pytest.raises((Tampered, WrongKey)):
            provider.unwrap(cut, context=CONTEXT)


def test_a_new_generation_wraps_and_the_old_one_still_unwraps(reopen: Reopen) -> None:
    provider = reopen()
    first = provider.generation()
    old = provider.wrap(KEY, context=CONTEXT)
    second = provider.begin_generation()
    new = provider.wrap(KEY, context=CONTEXT)
    for one in (provider, reopen()):
        assert one.generation() == second != first
        assert one.generations() == (first, second)
        assert (one.generation_of(old), one.generation_of(new)) == (first, second)
        assert one.unwrap(old, context=CONTEXT) == KEY
        assert one.unwrap(new, context=CONTEXT) == KEY


def test_an_ended_generation_unwraps_for_nobody_and_the_others_go_on(reopen: Reopen) -> None:
    provider, other = reopen(), reopen()
    first = provider.generation()
    old = provider.wrap(KEY, context=CONTEXT)
    assert other.unwrap(old, context=CONTEXT) == KEY
    second = provider.begin_generation()
    new = provider.wrap(KEY, context=CONTEXT)
    provider.end_generation(first)
    provider.end_generation(first)
    for one in (provider, other, reopen()):
        assert one.generations() == (second,)
        assert one.unwrap(new, context=CONTEXT) == KEY
        with pytest.raises(KeyDestroyed):
            one.unwrap(old, context=CONTEXT)


def test_the_newest_generation_cannot_be_ended(reopen: Reopen) -> None:
    provider = reopen()
    with pytest.raises(ConfigurationError):
        provider.end_generation(provider.generation())
    assert provider.unwrap(provider.wrap(KEY, context=CONTEXT), context=CONTEXT) == KEY


def test_a_destroyed_key_opens_for_nobody(reopen: Reopen) -> None:
    provider, other = reopen(), reopen()
    wrapped = provider.wrap(KEY, context=CONTEXT)
    provider.begin_generation()
    provider.destroy()
    for one in (provider, other, reopen()):
        with pytest.raises(KeyDestroyed):
            one.unwrap(wrapped, context=CONTEXT)
        with pytest.raises(KeyDestroyed):
            one.wrap(KEY, context=CONTEXT)


def test_making_it_twice_keeps_the_first_key(
    request: pytest.FixtureRequest, reopen: Reopen, layout: ZoneLayout
) -> None:
    wrapped = reopen().wrap(KEY, context=CONTEXT)
    [(uri, passphrase)] = [
        (request.getfixturevalue(name), PIN if name == "pkcs11_uri" else None)
        for name in request.fixturenames
        if name.endswith("_uri")
    ] or [("local:", None)]
    again = provider_for(uri, layout, passphrase, create=True)
    assert len(again.generations()) == 1
    assert again.unwrap(wrapped, context=CONTEXT) == KEY
