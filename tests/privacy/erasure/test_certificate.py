"""A certificate is the zone's word, bit by bit, and says nothing that does not hold together."""

import copy
import json
import random
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from privacy.erasure.certificate import KIND, verify_certificate, verify_file
from privacy.erasure.erase import erase
from privacy.errors import Tampered
from privacy.signed import file_of


@pytest.fixture(scope="module")
def issued(make_world: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A certificate, the key that checks it, and the zone that can sign others."""
    world = make_world(tmp_path_factory.mktemp("certificate"))
    yield erase(world.zone, world.anna, "case 7"), world.zone.keyring
    world.zone.close()


def _leaves(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(part, dict):
        for name, inner in part.items():
            yield from _leaves(inner, (*path, name))
    elif isinstance(part, list):
        for place, inner in enumerate(part):
            yield from _leaves(inner, (*path, place))
    else:
        yield path, part


def _with(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = copy.deepcopy(document)
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


def _one_bit_off(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value ^ 1
    if value is None:
        return 0
    return (chr(ord(value[0]) ^ 1) + value[1:]) if value else "x"


def _resigned(document: Any, keyring: Any) -> Any:
    """Sign what the product would never sign."""
    from privacy.signed import signature_of

    signature = signature_of(keyring, b"c360 certificate of erasure 1", document)
    return {**document, "signature": signature}


def test_a_certificate_that_is_untouched_holds(issued: Any) -> None:
    document, keyring = issued
    assert verify_certificate(document, keyring.verify_key).erasure_id == document["erasure_id"]
    assert verify_certificate(json.loads(json.dumps(document)), keyring.verify_key)


def test_every_field_off_by_one_bit_fails(issued: Any) -> None:
    document, keyring = issued
    leaves = list(_leaves(document))
    assert len(leaves) > 60
    held = []
    for path, value in leaves:
        try:
            verify_certificate(_with(document, path, _one_bit_off(value)), keyring.verify_key)
        except Tampered:
            continue
        held.append(path)
    assert held == []


def test_every_bit_of_a_file_counts(issued: Any, tmp_path: Path) -> None:
    document, keyring = issued
    path = tmp_path / "c.json"
    whole = file_of(document)
    path.write_bytes(whole)
    assert verify_file(path, keyring.verify_key).erasure_id == document["erasure_id"]
    signature = whole.index(document["signature"].encode())
    bits = random.Random(11)
    off = {(place, bits.randrange(8)) for place in range(0, len(whole), 5)}
    off |= {(place, bits.randrange(8)) for place in range(len(whole)) if whole[place] in b' \n",'}
    off |= {(signature + n, bit) for n in range(len(document["signature"])) for bit in range(8)}
    held = []
    for place, bit in sorted(off)[:: 1 + len(off) // 3000]:
        changed = bytearray(whole)
        changed[place] ^= 1 << bit
        path.write_bytes(changed)
        try:
            verify_file(path, keyring.verify_key)
        except Tampered:
            continue
        held.append((place, bit))
    assert held == []


@pytest.mark.parametrize(
    "rewritten",
    [
        lambda document: json.dumps(document, indent=2).encode(),
        lambda document: json.dumps(document, sort_keys=True).encode() + b"\n",
        lambda document: file_of(document) + b"\n",
        lambda document: file_of(document).replace(b"eu", b"\\u0065u"),
    ],
)
def test_a_file_that_says_the_same_in_another_form_is_refused(
    issued: Any, tmp_path: Path, rewritten: Any
) -> None:
    document, keyring = issued
    path = tmp_path / "c.json"
    path.write_bytes(rewritten(document))
    with pytest.raises(Tampered, match="not of the form"):
        verify_file(path, keyring.verify_key)


def test_bits_at_the_end_of_a_signature_that_mean_nothing_are_refused(issued: Any) -> None:
    document, keyring = issued
    text = document["signature"]
    assert text.endswith("==")
    last = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".index(text[-3])
    other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[last ^ 1]
    assert b64decode(text) == b64decode(f"{text[:-3]}{other}==")
    with pytest.raises(Tampered):
        verify_certificate({**document, "signature": f"{text[:-3]}{other}=="}, keyring.verify_key)


def test_a_field_more_or_less_fails(issued: Any) -> None:
    document, keyring = issued
    with pytest.raises(Tampered):
        verify_certificate({**document, "note": "x"}, keyring.verify_key)
    for name in document:
        less = {key: part for key, part in document.items() if key != name}
        with pytest.raises(Tampered):
            verify_certificate(less, keyring.verify_key)


def test_another_key_fails(issued: Any) -> None:
    document, _ = issued
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    with pytest.raises(Tampered):
        verify_certificate(document, other)


@pytest.mark.parametrize("key", [b"", b"x" * 31, b"\0" * 32])
def test_what_is_no_key_fails(issued: Any, key: bytes) -> None:
    with pytest.raises(Tampered):
        verify_certificate(issued[0], key)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("kind",), "c360.erasure.certificate/2"),
        (("erasure_id",), "r_another"),
        (("zone",), "uk"),
        (("places", 0, "after"), 1),
        (("keys", "count_that_open"), 1),
        (("search", "count_found"), 1),
        (("search", "count_not_searched"), 1),
        (("opening", "payload"), {"erasure_id": "r_another"}),
        (("places",), []),
        (("places",), 7),
        (("times", "executed_at"), None),
        (("search", "count_found"), 0.5),
    ],
)
def test_what_does_not_hold_together_fails_though_it_is_signed(
    issued: Any, path: tuple[Any, ...], value: Any
) -> None:
    document, keyring = issued
    changed = _with(document, path, value)
    if not isinstance(value, float):
        changed = _resigned(changed, keyring)
    with pytest.raises(Tampered):
        verify_certificate(changed, keyring.verify_key)


@pytest.mark.parametrize(
    "content",
    [b"", b"7", b"[]", b"{", b"\xff", b'{"kind": 1, "kind": 2}', b"[" * 100_000, b" " * (5 << 20)],
)
def test_a_file_that_is_no_certificate_fails(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "c.json"
    path.write_bytes(content)
    with pytest.raises(Tampered):
        verify_file(path, b"\0" * 32)


def test_a_member_given_twice_fails(issued: Any, tmp_path: Path) -> None:
    document, keyring = issued
    path = tmp_path / "c.json"
    path.write_text('{"zone": "uk", ' + json.dumps(document)[1:])
    with pytest.raises(Tampered):
        verify_file(path, keyring.verify_key)


def test_a_certificate_holds_no_fraction_and_only_ascii(issued: Any) -> None:
    document, _ = issued
    assert document["kind"] == KIND
    assert not any(isinstance(value, float) for _, value in _leaves(document))
