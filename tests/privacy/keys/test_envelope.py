"""A sealed value has exactly the documented form, and opens in one place under one key."""

import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import Tampered, WrongKey
from privacy.keys.envelope import OVERHEAD_BYTES, SealingKey
from privacy.keys.suites import AES_256_GCM, SM4_GCM, SUITES, Suite

KEY = bytes(range(32))
NONCE = bytes(range(100, 112))
CONTEXT = b"eu|s_abc|originals|sealed"
PLAIN = "Grüße aus Köln".encode()

VECTORS = {
    "aes-256-gcm": (
        "016465666768696a6b6c6d6e6fec1edaf019bfbe65ea19b5f4e25e9ff55d1cb491809dfe0db5cf06"
        "86593bd4b9f3d4c80236e146bb07a603678d325d90ba52699840ed0936d1382ea57a15591baf"
    ),
    "sm4-gcm": (
        "026465666768696a6b6c6d6e6f70a91e8ed60a479f8a37c9dc0a428020a2cdc008c0eaf4e10439c8"
        "d3d215b48db8d91031aceaf3e6228fe968748feede12f5b0c58be5e7f2fd6d1c7f5cbce60b22"
    ),
}

both = pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))


@both
def test_the_form_of_a_sealed_value_does_not_change(suite: Suite) -> None:
    key = SealingKey(KEY, suite)
    assert key.seal(PLAIN, CONTEXT, NONCE).hex() == VECTORS[suite.name]
    assert key.open(bytes.fromhex(VECTORS[suite.name]), CONTEXT) == PLAIN


def test_a_sealed_value_can_be_made_from_its_documentation_alone() -> None:
    label = b"c360 sealed value v1\x01"
    cipher_key = hmac.digest(KEY, label + b"\x01", hashlib.sha256)
    commitment = hmac.digest(KEY, cipher_key + label + b"\x02", hashlib.sha256)
    ciphertext = AESGCM(cipher_key).encrypt(NONCE, PLAIN, CONTEXT)
    sealed = b"\x01" + NONCE + commitment + ciphertext
    assert sealed.hex() == VECTORS["aes-256-gcm"]


@both
@given(plain=st.binary(max_size=300), context=st.binary(max_size=60))
def test_whatever_is_sealed_opens_again(suite: Suite, plain: bytes, context: bytes) -> None:
    key = SealingKey(KEY, suite)
    sealed = key.seal(plain, context)
    assert len(sealed) == len(plain) + OVERHEAD_BYTES
    assert key.open(sealed, context) == plain


@both
def test_sealing_twice_never_gives_the_same_bytes(suite: Suite) -> None:
    key = SealingKey(KEY, suite)
    assert key.seal(PLAIN, CONTEXT) != key.seal(PLAIN, CONTEXT)


@both
def test_every_changed_bit_is_noticed(suite: Suite) -> None:
    key = SealingKey(KEY, suite)
    sealed = bytearray(key.seal(PLAIN, CONTEXT))
    for place in range(len(sealed) * 8):
        sealed[place // 8] ^= 1 << place % 8
        with pytest.raises((Tampered, WrongKey)):
            key.open(bytes(sealed), CONTEXT)
        sealed[place // 8] ^= 1 << place % 8
    assert key.open(bytes(sealed), CONTEXT) == PLAIN


@both
def test_every_other_version_byte_is_refused(suite: Suite) -> None:
    key = SealingKey(KEY, suite)
    sealed = key.seal(PLAIN, CONTEXT)
    for version in set(range(256)) - {suite.version}:
        with pytest.raises(Tampered):
            key.open(bytes([version]) + sealed[1:], CONTEXT)


@both
def test_every_truncation_is_noticed(suite: Suite) -> None:
    key = SealingKey(KEY, suite)
    sealed = key.seal(PLAIN, CONTEXT)
    for length in range(len(sealed)):
        with pytest.raises(Tampered):
            key.open(sealed[:length], CONTEXT)
    with pytest.raises(Tampered):
        key.open(sealed + b"\0", CONTEXT)


@both
@given(garbage=st.binary(max_size=200))
def test_garbage_never_opens(suite: Suite, garbage: bytes) -> None:
    with pytest.raises((Tampered, WrongKey)):
        SealingKey(KEY, suite).open(garbage, CONTEXT)


@both
@pytest.mark.parametrize(
    "other",
    [b"uk|s_abc|originals|sealed", b"eu|s_abd|originals|sealed", b"eu|s_abc|handles|sealed", b""],
)
def test_a_value_does_not_open_in_another_place(suite: Suite, other: bytes) -> None:
    key = SealingKey(KEY, suite)
    with pytest.raises(Tampered):
        key.open(key.seal(PLAIN, CONTEXT), other)


@both
def test_a_value_of_another_key_is_named_as_such(suite: Suite) -> None:
    sealed = SealingKey(b"\1" * 32, suite).seal(PLAIN, CONTEXT)
    with pytest.raises(WrongKey):
        SealingKey(KEY, suite).open(sealed, CONTEXT)


@both
def test_a_commitment_put_in_the_place_of_another_opens_under_neither_key(suite: Suite) -> None:
    one, two = (SealingKey(bytes([n]) * 32, suite) for n in (1, 2))
    sealed, other = one.seal(PLAIN, CONTEXT, NONCE), two.seal(PLAIN, CONTEXT, NONCE)
    swapped = sealed[:13] + other[13:45] + sealed[45:]
    with pytest.raises(WrongKey):
        one.open(swapped, CONTEXT)
    with pytest.raises(Tampered):
        two.open(swapped, CONTEXT)


@pytest.mark.parametrize(
    ("suite", "other"), [(AES_256_GCM, SM4_GCM), (SM4_GCM, AES_256_GCM)], ids=["to-sm4", "to-aes"]
)
def test_a_value_cannot_be_passed_off_as_of_another_suite(suite: Suite, other: Suite) -> None:
    sealed = SealingKey(KEY, suite).seal(PLAIN, CONTEXT)
    with pytest.raises(Tampered):
        SealingKey(KEY, other).open(sealed, CONTEXT)
    relabelled = bytes([other.version]) + sealed[1:]
    with pytest.raises(Tampered):
        SealingKey(KEY, suite).open(relabelled, CONTEXT)
    with pytest.raises(WrongKey):
        SealingKey(KEY, other).open(relabelled, CONTEXT)


# --- the attack that key commitment is there for --------------------------------------------------

_REDUCTION = 0xE1 << 120


def _times(a: int, b: int) -> int:
    """Multiply in the field of GHASH (SP 800-38D §6.3)."""
    product = 0
    for bit in range(127, -1, -1):
        if a >> bit & 1:
            product ^= b
        b = b >> 1 ^ (_REDUCTION if b & 1 else 0)
    return product


def _inverse(a: int) -> int:
    result, power = 1 << 127, a
    for _ in range(127):
        power = _times(power, power)
        result = _times(result, power)
    return result


def _block_cipher(key: bytes, block: bytes) -> int:
    cipher = algorithms.AES(key) if len(key) == AES_256_GCM.key_bytes else algorithms.SM4(key)
    encryptor = Cipher(cipher, modes.ECB()).encryptor()
    return int.from_bytes(encryptor.update(block) + encryptor.finalize(), "big")


def _ciphertext_for_two_keys(one: bytes, two: bytes, nonce: bytes, context: bytes) -> bytes:
    """Make 32 bytes and a tag that GCM accepts under both keys."""
    assert len(context) <= 16
    about = int.from_bytes(context.ljust(16, b"\0"), "big")
    first = int.from_bytes(b"pay 10 euros now", "big")
    lengths = len(context) * 8 << 64 | 32 * 8

    def parts(key: bytes) -> tuple[int, int]:
        """Everything but the second block, and what the second block is multiplied with."""
        h = _block_cipher(key, bytes(16))
        h2 = _times(h, h)
        h3 = _times(h2, h)
        mask = _block_cipher(key, nonce + b"\0\0\0\1")
        fixed = _times(about, _times(h3, h)) ^ _times(first, h3) ^ _times(lengths, h) ^ mask
        return fixed, h2

    (fixed_one, factor_one), (fixed_two, factor_two) = parts(one), parts(two)
    second = _times(fixed_one ^ fixed_two, _inverse(factor_one ^ factor_two))
    tag = fixed_one ^ _times(second, factor_one)
    return b"".join(number.to_bytes(16, "big") for number in (first, second, tag))


@both
def test_one_ciphertext_can_open_under_two_keys_in_gcm_but_not_here(suite: Suite) -> None:
    keys = [b"\1" * 32, b"\2" * 32]
    label = b"c360 sealed value v1" + bytes([suite.version])
    derived = [suite.expand(key, label, suite.key_bytes + 32) for key in keys]
    ciphers, commitments = zip(
        *((one[: suite.key_bytes], one[suite.key_bytes :]) for one in derived), strict=True
    )
    context = b"eu|s_a|t|c"
    forged = _ciphertext_for_two_keys(*ciphers, NONCE, context)
    texts = {suite.cipherer(cipher).decrypt(NONCE, forged, context) for cipher in ciphers}
    assert len(texts) == 2
    for place, commitment in enumerate(commitments):
        sealed = bytes([suite.version]) + NONCE + commitment + forged
        SealingKey(keys[place], suite).open(sealed, context)
        with pytest.raises(WrongKey):
            SealingKey(keys[1 - place], suite).open(sealed, context)
