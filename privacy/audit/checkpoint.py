"""Signed tree heads: the zone states how long its audit log is and what its root is.

What is signed is text of four lines, each ended by a line feed, after the checkpoints of
transparency logs (C2SP tlog-checkpoint): origin, size in decimal, root in base64, and when. The
signature is raw Ed25519 over those bytes.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from privacy.clock import as_utc
from privacy.errors import Tampered

HASH_BYTES = 32


def origin_of(zone: str) -> str:
    """Give the name of a zone's log."""
    return f"c360/{zone}/audit"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head with its signature.

    Attributes:
        origin: Which log.
        size: Number of leaves.
        root: Over all of them, 32 bytes.
        sealed_at: When.
        signature: 64 bytes, over `body`.
    """

    origin: str
    size: int
    root: bytes
    sealed_at: datetime
    signature: bytes = b""

    def body(self) -> bytes:
        """Give what is signed."""
        root = b64encode(self.root).decode("ascii")
        at = as_utc(self.sealed_at).isoformat(timespec="microseconds")
        return f"{self.origin}\n{self.size}\n{root}\n{at}\n".encode()

    def verify(self, verify_key: bytes) -> None:
        """Check the signature.

        Args:
            verify_key: The zone's raw Ed25519 public key, 32 bytes.

        Raises:
            Tampered: The zone did not sign this.
        """
        try:
            Ed25519PublicKey.from_public_bytes(verify_key).verify(self.signature, self.body())
        except (InvalidSignature, ValueError):
            raise Tampered(
                f"the checkpoint of size {self.size} is not signed by its zone"
            ) from None

    def to_json(self) -> dict[str, Any]:
        """Give its form in a proof."""
        return {
            "origin": self.origin,
            "size": self.size,
            "root": self.root.hex(),
            "sealed_at": as_utc(self.sealed_at).isoformat(timespec="microseconds"),
            "signature": b64encode(self.signature).decode("ascii"),
        }


def checkpoint_from(content: Mapping[str, Any]) -> Checkpoint:
    """Read a checkpoint from a proof; its signature is not checked yet.

    Raises:
        Tampered: It is not of its form.
    """
    try:
        checkpoint = Checkpoint(
            origin=_line(content["origin"]),
            size=_count(content["size"]),
            root=bytes.fromhex(content["root"]),
            sealed_at=as_utc(datetime.fromisoformat(content["sealed_at"])),
            signature=b64decode(content["signature"], validate=True),
        )
    except (KeyError, TypeError, ValueError):
        raise Tampered("the checkpoint is not of its form") from None
    if len(checkpoint.root) != HASH_BYTES or checkpoint.size < 0:
        raise Tampered("the checkpoint is not of its form")
    return checkpoint


def _count(number: Any) -> int:
    if type(number) is not int:
        raise TypeError
    return number


def _line(text: Any) -> str:
    if not isinstance(text, str) or not text.isprintable():
        raise TypeError
    return text
