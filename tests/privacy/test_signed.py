"""One form for every document a zone signs: the same bytes wherever they are made, or a refusal."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from privacy.errors import Tampered
from privacy.signed import check_signature, read_document, signature_of, signed_bytes


class Signer:
    """As much of a keyring as signing takes."""

    def __init__(self) -> None:
        self.private = Ed25519PrivateKey.generate()
        self.verify_key = self.private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


def test_the_bytes_are_label_line_feed_and_sorted_ascii_without_blanks() -> None:
    document = {"b": [1, None, True], "a": "ü", "signature": "left out"}
    assert signed_bytes(b"label", document) == b'label\n{"a":"\\u00fc","b":[1,null,true]}'


def test_only_the_named_member_is_left_out() -> None:
    signed = signed_bytes(b"x", {"signature": "s", "signatures": {}}, member="signatures")
    assert signed == b'x\n{"signature":"s"}'


@pytest.mark.parametrize("part", [1.5, [{"x": 1.0}], {1: 2}, {"x": (0.5,)}, {"a", "b"}, b"x"])
def test_what_two_programs_may_write_differently_is_not_signed(part: Any) -> None:
    with pytest.raises(TypeError):
        signed_bytes(b"x", {"part": part})


def test_a_signature_holds_for_its_label_its_key_and_its_document_only() -> None:
    signer, document = Signer(), {"kind": "one"}
    signature = signature_of(signer, b"label", document)  # type: ignore[arg-type]

    def check(given: Any, of: dict[str, Any], label: bytes, key: bytes) -> None:
        check_signature(of, given, label=label, verify_key=key, what="paper")

    check(signature, document, b"label", signer.verify_key)
    for given, of, label, key, why in (
        (signature, document, b"other", signer.verify_key, "not signed by this key"),
        (signature, document, b"label", Signer().verify_key, "not signed by this key"),
        (signature, {"kind": "two"}, b"label", signer.verify_key, "not signed by this key"),
        (None, document, b"label", signer.verify_key, "not of its form"),
        ("ü", document, b"label", signer.verify_key, "not of its form"),
        (signature, {"kind": 0.5}, b"label", signer.verify_key, "not of its form"),
        (signature, document, b"label", b"short", "not of its form"),
    ):
        with pytest.raises(Tampered, match=f"the paper is {why}"):
            check(given, of, label, key)


def test_a_file_is_read_up_to_a_size_and_has_each_name_once(tmp_path: Path) -> None:
    path = tmp_path / "paper.json"
    path.write_text(json.dumps({"a": "x" * 100}))
    assert read_document(path, what="paper") == {"a": "x" * 100}
    with pytest.raises(Tampered, match="too large for a paper"):
        read_document(path, what="paper", largest_bytes=50)
    for content in ('{"a": 1, "a": 2}', "[1]", "{", "nothing"):
        path.write_text(content)
        with pytest.raises(Tampered, match="no JSON of a paper"):
            read_document(path, what="paper")
