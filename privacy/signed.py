"""A zone's word as a JSON document that a stranger can check: one form for every such document.

What is signed is a label of the document's kind, a line feed, and the document without its
signature as canonical JSON (RFC 8785: sorted keys, no blanks; only ASCII, integers, text, lists,
truth values and null occur, so that form is easy to agree on). The signature is Ed25519 (RFC 8032),
64 bytes, in base64. What a document says does not belong here.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from privacy.audit.leaves import canonical
from privacy.errors import Tampered
from privacy.keys.keyring import Keyring

SIGNATURE: Final = "signature"
"""The one member that is not part of what is signed, unless a kind names another."""

_LARGEST_FILE_BYTES: Final = 4 << 20


def signature_of(
    keyring: Keyring, label: bytes, document: Mapping[str, Any], *, member: str = SIGNATURE
) -> str:
    """Sign a document with a zone's key.

    Args:
        keyring: Whose word it is.
        label: Of the document's kind, so that no document passes for one of another kind.
        document: What is said.
        member: Where signatures stand in it; left out of what is signed.

    Returns:
        The signature in base64.
    """
    return b64encode(keyring.sign(signed_bytes(label, document, member=member))).decode("ascii")


def signed(keyring: Keyring, label: bytes, document: Mapping[str, Any]) -> dict[str, Any]:
    """Give a document with the one signature of a zone in it; see `signature_of`."""
    return {**document, SIGNATURE: signature_of(keyring, label, document)}


def check_signed(
    document: Mapping[str, Any], *, label: bytes, verify_key: bytes, what: str
) -> None:
    """Check a document that holds one signature; see `check_signature`.

    Raises:
        Tampered: It was not signed by this key, or is not of its form.
    """
    check_signature(
        document, document.get(SIGNATURE), label=label, verify_key=verify_key, what=what
    )


def check_signature(
    document: Mapping[str, Any],
    signature: object,
    *,
    label: bytes,
    verify_key: bytes,
    what: str,
    member: str = SIGNATURE,
) -> None:
    """Check that a document is a zone's word.

    Args:
        document: As parsed.
        signature: In base64, as it stands in the document.
        label: Of the document's kind.
        verify_key: The zone's raw Ed25519 public key, 32 bytes, from a source you trust.
        what: Name of the kind, for the error.
        member: Where signatures stand in it.

    Raises:
        Tampered: It was not signed by this key, or is not of its form.
    """
    try:
        raw = _decoded(signature)
        content = signed_bytes(label, document, member=member)
        Ed25519PublicKey.from_public_bytes(verify_key).verify(raw, content)
    except InvalidSignature:
        raise Tampered(f"the {what} is not signed by this key") from None
    except (KeyError, TypeError, ValueError, RecursionError):
        raise Tampered(f"the {what} is not of its form") from None


def signed_bytes(label: bytes, document: Mapping[str, Any], *, member: str = SIGNATURE) -> bytes:
    """Give the bytes that are signed.

    Raises:
        TypeError: Something in it is no JSON value, or one that two programs may write differently.
    """
    unsigned = {name: part for name, part in document.items() if name != member}
    _refuse_fractions(unsigned)
    return label + b"\n" + canonical(unsigned)


def file_of(document: Mapping[str, Any]) -> bytes:
    """Give a document as the bytes of a file: sorted keys, two blanks of indent, a line feed."""
    return (json.dumps(document, indent=2, sort_keys=True) + "\n").encode("ascii")


def read_document(
    path: Path, *, what: str, largest_bytes: int = _LARGEST_FILE_BYTES
) -> dict[str, Any]:
    """Read a document from a JSON file; nothing of it is checked yet.

    Raises:
        Tampered: It is too large, or no JSON object in which each name occurs once.
    """
    if path.stat().st_size > largest_bytes:
        raise Tampered(f"{path.name} is too large for a {what}")
    try:
        document = json.loads(path.read_bytes(), object_pairs_hook=_without_doubles)
    except (ValueError, RecursionError):
        raise Tampered(f"{path.name} is no JSON of a {what}") from None
    if not isinstance(document, dict):
        raise Tampered(f"{path.name} is no JSON of a {what}")
    return document


def _decoded(signature: object) -> bytes:
    raw = b64decode(signature if isinstance(signature, str) else "", validate=True)
    if b64encode(raw).decode("ascii") != signature:
        raise ValueError("base64 with bits at its end that mean nothing")
    return raw


def _refuse_fractions(part: Any) -> None:
    """Refuse what two programs may write differently."""
    if isinstance(part, float):
        raise TypeError("a signed document holds no fractions")
    if isinstance(part, Mapping):
        for name, inner in part.items():
            if not isinstance(name, str):
                raise TypeError("a name in a signed document is text")
            _refuse_fractions(inner)
    elif isinstance(part, Collection) and not isinstance(part, str | bytes):
        for inner in part:
            _refuse_fractions(inner)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    # Two members of one name: this program would check one and another program read the other.
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name occurs twice")
    return dict(pairs)
