"""Suites give the published results of their standards."""

import hashlib
import hmac

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from privacy.errors import ConfigurationError, Tampered
from privacy.keys.suites import AES_256_GCM, SM4_GCM, SUITES, Suite, joined, suite_named


def test_aes_256_gcm_gives_the_result_of_the_gcm_specification_case_16() -> None:
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308")
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    sealed = AES_256_GCM.cipherer(key).encrypt(
        bytes.fromhex("cafebabefacedbaddecaf888"),
        plain,
        bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
    )
    assert sealed.hex() == (
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )


def test_sm4_gcm_gives_the_result_of_rfc_8998_appendix_a1() -> None:
    cipherer = SM4_GCM.cipherer(bytes.fromhex("0123456789abcdeffedcba9876543210"))
    nonce = bytes.fromhex("00001234567800000000abcd")
    context = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    plain = bytes.fromhex(
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa"
    )
    sealed = cipherer.encrypt(nonce, plain, context)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert cipherer.decrypt(nonce, sealed, context) == plain


def test_hkdf_expand_gives_the_result_of_rfc_5869_case_1() -> None:
    key = bytes.fromhex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5")
    assert AES_256_GCM.expand(key, bytes.fromhex("f0f1f2f3f4f5f6f7f8f9"), 42).hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_hmac_sha_256_gives_the_result_of_rfc_4231_case_2() -> None:
    mac = AES_256_GCM.mac(b"Jefe").of(b"what do ya want for nothing?")
    assert mac.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def _sm3(message: bytes) -> bytes:
    digest = hashes.Hash(hashes.SM3())
    digest.update(message)
    return digest.finalize()


def test_sm3_gives_the_result_of_its_standard() -> None:
    assert _sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_sm3_gives_the_second_result_of_its_standard() -> None:
    """GB/T 32905-2016, A.2."""
    assert (
        _sm3(b"abcd" * 16).hex()
        == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


def test_sm4_gives_the_result_of_its_standard() -> None:
    """GB/T 32907-2016, A.1: one block."""
    block = bytes.fromhex("0123456789abcdeffedcba9876543210")
    encryptor = Cipher(algorithms.SM4(block), modes.ECB()).encryptor()
    assert encryptor.update(block).hex() == "681edf34d206965e86b3e94f536e4246"


def _hmac_sm3(key: bytes, message: bytes) -> bytes:
    block = key.ljust(64, b"\0")
    inner = _sm3(bytes(one ^ 0x36 for one in block) + message)
    return _sm3(bytes(one ^ 0x5C for one in block) + inner)


def test_hmac_sm3_gives_the_result_of_gm_t_0042_appendix_d3() -> None:
    assert SM4_GCM.mac(bytes(range(1, 38))).of(b"\xcd" * 50).hex() == (
        "220bf579ded555393f0159f66c99877822a3ecf610d1552154b41d44b94db3ae"
    )


@given(key=st.binary(min_size=32, max_size=32), message=st.binary())
def test_hmac_sm3_is_hmac_by_rfc_2104_over_sm3(key: bytes, message: bytes) -> None:
    assert SM4_GCM.mac(key).of(message) == _hmac_sm3(key, message)


@given(key=st.binary(min_size=32, max_size=32), label=st.binary(max_size=40))
def test_hkdf_expand_is_rfc_5869_over_either_hash(key: bytes, label: bytes) -> None:
    def sha(key: bytes, message: bytes) -> bytes:
        return hmac.digest(key, message, hashlib.sha256)

    for suite, mac in ((AES_256_GCM, sha), (SM4_GCM, _hmac_sm3)):
        first = mac(key, label + b"\x01")
        second = mac(key, first + label + b"\x02")
        assert suite.expand(key, label, 48) == (first + second)[:48]


def test_one_mac_is_safe_to_use_from_the_start_again() -> None:
    for suite in SUITES.values():
        mac = suite.mac(b"k" * 32)
        assert mac.of(b"one") != mac.of(b"two")
        assert mac.of(b"one") == mac.of(b"one")


@pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))
@pytest.mark.parametrize("length", [0, 1, 15, 16])
def test_what_is_too_short_for_a_tag_does_not_open(suite: Suite, length: int) -> None:
    with pytest.raises(InvalidTag):
        suite.cipherer(b"k" * suite.key_bytes).decrypt(b"n" * 12, b"x" * length, b"")


def test_an_unknown_suite_is_a_configuration_error() -> None:
    with pytest.raises(ConfigurationError, match="rot13"):
        suite_named("rot13")


def test_every_suite_has_a_version_of_its_own() -> None:
    assert len({suite.version for suite in SUITES.values()}) == len(SUITES)


def test_two_contexts_never_read_alike() -> None:
    assert joined("a", "b") == b"a|b"
    with pytest.raises(Tampered):
        joined("a|b", "c")
