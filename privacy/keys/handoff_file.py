"""A file that one zone signs and only one other opens: what was met here and belongs there.

Layout, in this order; numbers are big-endian::

    1       version, 2
    2       length of the header, h
    h       header: canonical JSON (RFC 8785) in ASCII, with the members algorithm, file, from,
            items, to: the sending zone, the receiving one, the file's id and its number of items
    1169    the content key, 32 random bytes, sealed to the receiving zone by HPKE with
            SHA-256(version | length | header) bound to it (`privacy.keys.handoff`)
    …       frames, one or more, each
                4   length of what follows, n; the highest bit is set on the last frame
                n   AES-256-GCM under the content key, 16 bytes of tag at the end; nonce: the frame's
                    number from 0 in 8 bytes, 3 zero bytes, and 1 on the last frame, 0 on others
    64      Ed25519 signature (RFC 8032) by the sending zone of ``c360 hand-off file v2``, a line
            feed, and the SHA-256 of everything before it

The nonce counts frames and names the last one (the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár, 2015), so a frame that is cut off, moved or doubled does not open, whoever can
sign. The content key opens only under the header it was sealed with, so a file cannot be addressed
anew. Neither side ever holds more of a file than one frame.

Whether the signature is to be trusted depends on whose key checks it, which is found by the header's
sender in `privacy.keys.public`. What frames hold does not belong here.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from os import SEEK_END, urandom
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from privacy.errors import Tampered
from privacy.ids import ZoneId
from privacy.keys.handoff import ADDED_BYTES, ALGORITHM, seal_to
from privacy.zones.vocabulary import ZONE_ID

KEY_BYTES: Final = 32
TAG_BYTES: Final = 16
SIGNATURE_BYTES: Final = 64
LARGEST_HEADER_BYTES: Final = 1024

_VERSION: Final = b"\x02"
_SEALED_KEY_BYTES: Final = KEY_BYTES + ADDED_BYTES
_LAST: Final = 1 << 31
_LABEL: Final = b"c360 hand-off file v2\n"
_BLOCK_BYTES: Final = 1 << 20
_FILE_ID: Final = re.compile(r"h_[a-z0-9]{16,38}")

Sign = Callable[[bytes], bytes]
"""Gives the zone's Ed25519 signature of some bytes."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says of itself, for everybody to read.

    Attributes:
        file_id: Unique; the two zones account for the file by it.
        sender: The zone that signed it.
        recipient: The zone that can open it.
        count_items: How many items its frames hold.
    """

    file_id: str
    sender: ZoneId
    recipient: ZoneId
    count_items: int


class _Hashing:
    """Writes through, and hashes what it wrote."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.hash = hashlib.sha256()

    def write(self, content: bytes) -> None:
        self._out.write(content)
        self.hash.update(content)


def write_file(
    out: BinaryIO, header: Header, frames: Iterable[bytes], *, public: bytes, sign: Sign
) -> str:
    """Write a file, a frame at a time.

    Args:
        out: Where to; it need not be seekable.
        header: As it is to be.
        frames: What to seal; none at all is written as one empty frame.
        public: The receiving zone's hand-off key.
        sign: Of the sending zone.

    Returns:
        SHA-256 of the whole file, in hexadecimal: what both zones know it by.

    Raises:
        ConfigurationError: That is no hand-off key.
    """
    head = _encoded(header)
    content_key = urandom(KEY_BYTES)
    through = _Hashing(out)
    through.write(head)
    bound = hashlib.sha256(head).digest()
    through.write(seal_to(public, content_key, zone=header.recipient, bound=bound))
    cipher = AESGCM(content_key)
    for number, (frame, is_last) in enumerate(_with_last(frames)):
        sealed = cipher.encrypt(_nonce(number, is_last), frame, None)
        through.write((len(sealed) | (_LAST if is_last else 0)).to_bytes(4, "big"))
        through.write(sealed)
    through.write(sign(_LABEL + through.hash.digest()))
    return through.hash.hexdigest()


def read_header(stream: BinaryIO) -> Header:
    """Read what a file says of itself, from its first byte on; nothing of it is checked yet.

    Raises:
        Tampered: It is no file of this form.
    """
    return _read_head(stream)[0]


def check_file(stream: BinaryIO, *, verify_key: bytes) -> str:
    """Read a file through and check that it is whole and signed by its sender.

    Args:
        stream: Seekable; read from its start.
        verify_key: The sender's raw Ed25519 public key.

    Returns:
        SHA-256 of the whole file, in hexadecimal.

    Raises:
        Tampered: It was changed, cut short, or signed by somebody else.
    """
    digest, left = hashlib.sha256(), _signed_bytes(stream)
    while left:
        block = stream.read(min(left, _BLOCK_BYTES))
        if not block:
            raise Tampered("the hand-off is cut short")
        digest.update(block)
        left -= len(block)
    signature = stream.read(SIGNATURE_BYTES)
    try:
        key = Ed25519PublicKey.from_public_bytes(verify_key)
        key.verify(signature, _LABEL + digest.digest())
    except (InvalidSignature, ValueError):
        raise Tampered("the hand-off is not signed by the zone it names, or was changed") from None
    digest.update(signature)
    return digest.hexdigest()


def frames_of(stream: BinaryIO, open_key: Callable[..., bytes]) -> Iterator[bytes]:
    """Open a file's frames one after another; the signature is `check_file`'s.

    A frame that was given was sealed as it is and stands where it stood. That none is missing at the
    end is known when the iteration ends without an error.

    Args:
        stream: Seekable; read from its start.
        open_key: `Keyring.open_handoff` of the receiving zone.

    Raises:
        Tampered: It was sealed to another zone, changed, cut short, or put in another order.
    """
    end = _signed_bytes(stream)
    _, head = _read_head(stream)
    sealed_key = stream.read(_SEALED_KEY_BYTES)
    content_key = open_key(sealed_key, bound=hashlib.sha256(head).digest())
    cipher = AESGCM(content_key)
    left = end - len(head) - len(sealed_key)
    number, is_last = 0, False
    while not is_last:
        mark = int.from_bytes(stream.read(4), "big")
        length, is_last = mark & ~_LAST, bool(mark & _LAST)
        left -= 4 + length
        if left < 0 or length < TAG_BYTES or is_last != (left == 0):
            raise Tampered(f"the hand-off breaks off in frame {number}")
        try:
            yield cipher.decrypt(_nonce(number, is_last), stream.read(length), None)
        except InvalidTag:
            raise Tampered(f"frame {number} of the hand-off was changed or moved") from None
        number += 1


def _encoded(header: Header) -> bytes:
    content = {
        "algorithm": ALGORITHM,
        "file": header.file_id,
        "from": header.sender,
        "items": header.count_items,
        "to": header.recipient,
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")
    return _VERSION + len(text).to_bytes(2, "big") + text


def _read_head(stream: BinaryIO) -> tuple[Header, bytes]:
    stream.seek(0)
    if stream.read(1) != _VERSION:
        raise Tampered("not a hand-off of a version we know")
    length = int.from_bytes(stream.read(2), "big")
    text = stream.read(min(length, LARGEST_HEADER_BYTES))
    try:
        content = json.loads(text)
        header = Header(
            content["file"], ZoneId(content["from"]), ZoneId(content["to"]), content["items"]
        )
        names = (header.sender, header.recipient)
        is_ours = (
            # One form only: what is checked is what any other program would read.
            _encoded(header)[3:] == text
            and all(ZONE_ID.fullmatch(name) for name in names)
            and _FILE_ID.fullmatch(header.file_id)
            and type(header.count_items) is int
            and header.count_items >= 0
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        is_ours = False
    if not is_ours:
        raise Tampered("the hand-off's header is not of its form")
    return header, _encoded(header)


def _signed_bytes(stream: BinaryIO) -> int:
    """Give how many bytes are signed, and go back to the first."""
    size = stream.seek(0, SEEK_END)
    stream.seek(0)
    if size < SIGNATURE_BYTES:
        raise Tampered("the hand-off is cut short")
    return size - SIGNATURE_BYTES


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(8, "big") + b"\0\0\0" + bytes([is_last])


def _with_last(frames: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    iterator = iter(frames)
    before = next(iterator, b"")
    for frame in iterator:
        yield before, False
        before = frame
    yield before, True
