"""A file from one zone to another opens there, whole and in order, or not at all."""

import hashlib
import io
import itertools
import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from privacy.errors import ConfigurationError, Tampered
from privacy.ids import ZoneId
from privacy.keys.handoff import new_key, open_with
from privacy.keys.handoff_file import (
    Header,
    check_file,
    frames_of,
    read_header,
    write_file,
)

BR, EU = ZoneId("br"), ZoneId("eu")
PRIVATE, PUBLIC = new_key()
SIGNER = Ed25519PrivateKey.generate()
VERIFY = SIGNER.public_key().public_bytes_raw()
HEADER = Header("h_abcdefghijklmnop", EU, BR, 3)
FRAMES = [b"first", b"", b"third" * 100]


def _file(frames: Any = FRAMES, header: Header = HEADER, signer: Any = SIGNER) -> bytes:
    out = io.BytesIO()
    write_file(out, header, iter(frames), public=PUBLIC, sign=signer.sign)
    return out.getvalue()


def _open_key(sealed: bytes, *, bound: bytes, zone: ZoneId = BR) -> bytes:
    return open_with(PRIVATE, sealed, zone=zone, bound=bound)


def _frames(content: bytes) -> list[bytes]:
    return list(frames_of(io.BytesIO(content), _open_key))


def _signed_anew(content: bytes) -> bytes:
    """Sign a changed file with the sender's own key: what only the frames can now refuse."""
    body = content[:-64]
    return body + SIGNER.sign(b"c360 hand-off file v2\n" + hashlib.sha256(body).digest())


def _parts(content: bytes) -> tuple[bytes, list[bytes]]:
    """Cut a file into what comes before its frames, and its frames with their lengths."""
    start = 3 + int.from_bytes(content[1:3], "big") + 1169
    frames, place = [], start
    while place < len(content) - 64:
        length = int.from_bytes(content[place : place + 4], "big") & ~(1 << 31)
        frames.append(content[place : place + 4 + length])
        place += 4 + length
    return content[:start], frames


@given(frames=st.lists(st.binary(max_size=300), max_size=5))
@settings(max_examples=20)
def test_frames_come_out_as_they_went_in(frames: list[bytes]) -> None:
    content = _file(frames)
    assert read_header(io.BytesIO(content)) == HEADER
    assert check_file(io.BytesIO(content), verify_key=VERIFY)
    assert _frames(content) == (frames or [b""])


def test_both_sides_know_a_file_by_the_same_digest() -> None:
    out = io.BytesIO()
    digest = write_file(out, HEADER, FRAMES, public=PUBLIC, sign=SIGNER.sign)
    assert check_file(out, verify_key=VERIFY) == digest


def test_a_file_is_written_and_read_a_frame_at_a_time() -> None:
    alive: list[int] = []

    def frames() -> Any:
        for number in range(50):
            alive.append(number)
            yield bytes(1000)

    class Watched(io.BytesIO):
        def write(self, content: Any) -> int:
            # At most the frame that waits to learn whether it is the last is held back.
            assert len(content) <= 1200
            assert self.tell() >= (len(alive) - 2) * 1000
            return super().write(content)

        largest = 0

        def read(self, size: int | None = -1) -> bytes:
            assert size is not None
            assert size >= 0
            Watched.largest = max(Watched.largest, min(size, len(self.getvalue())))
            return super().read(size)

    out = Watched()
    write_file(out, HEADER, frames(), public=PUBLIC, sign=SIGNER.sign)
    opened = frames_of(out, _open_key)
    assert len(list(itertools.islice(opened, 50))) == 50
    assert Watched.largest < 1300


@given(data=st.data())
@settings(max_examples=60)
def test_any_changed_byte_is_noticed_by_the_signature_or_the_form(data: st.DataObject) -> None:
    content = bytearray(_file())
    content[data.draw(st.integers(0, len(content) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Tampered):
        check_file(io.BytesIO(bytes(content)), verify_key=VERIFY)


@given(data=st.data())
@settings(max_examples=60)
def test_a_file_cut_anywhere_is_refused(data: st.DataObject) -> None:
    content = _file()
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    with pytest.raises(Tampered):
        check_file(io.BytesIO(cut), verify_key=VERIFY)
    with pytest.raises(Tampered):
        _frames(cut)


def test_a_file_that_shrinks_while_it_is_read_is_refused() -> None:
    class Shrinking(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return b""

    with pytest.raises(Tampered, match="cut short"):
        check_file(Shrinking(_file()), verify_key=VERIFY)


def test_a_file_signed_by_somebody_else_is_refused() -> None:
    other = Ed25519PrivateKey.generate()
    with pytest.raises(Tampered, match="not signed"):
        check_file(io.BytesIO(_file(signer=other)), verify_key=VERIFY)
    with pytest.raises(Tampered, match="not signed"):
        check_file(io.BytesIO(_file()), verify_key=b"short")


@pytest.mark.parametrize(
    "change",
    ["the last is cut off", "two change places", "one is doubled", "one is missing", "two last"],
)
def test_frames_that_are_cut_moved_or_doubled_do_not_open_whoever_signs(change: str) -> None:
    head, (first, second, third) = _parts(_file())
    marked = (int.from_bytes(second[:4], "big") | 1 << 31).to_bytes(4, "big") + second[4:]
    frames = {
        "the last is cut off": [first, second],
        "two change places": [second, first, third],
        "one is doubled": [first, first, second, third],
        "one is missing": [first, third],
        "two last": [first, marked],
    }[change]
    content = _signed_anew(head + b"".join(frames) + bytes(64))
    assert check_file(io.BytesIO(content), verify_key=VERIFY)
    with pytest.raises(Tampered):
        _frames(content)


def test_bytes_after_the_last_frame_are_refused_whoever_signs() -> None:
    content = _file()
    longer = _signed_anew(content[:-64] + b"more" + bytes(64))
    with pytest.raises(Tampered, match="breaks off"):
        _frames(longer)


@pytest.mark.parametrize(
    ("old", "new"),
    [(b'"to":"br"', b'"to":"us"'), (b'"from":"eu"', b'"from":"uk"'), (b'"items":3', b'"items":9')],
)
def test_a_header_written_anew_opens_nothing_whoever_signs(old: bytes, new: bytes) -> None:
    content = _signed_anew(_file().replace(old, new, 1))
    assert check_file(io.BytesIO(content), verify_key=VERIFY)
    with pytest.raises(Tampered):
        _frames(content)


def test_frames_of_one_file_do_not_open_in_another() -> None:
    head, _ = _parts(_file())
    _, frames = _parts(_file([b"others"]))
    with pytest.raises(Tampered):
        _frames(_signed_anew(head + b"".join(frames) + bytes(64)))


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"a":1}',
        b"[" * 900,
        b'{"algorithm":"x","file":"h_abcdefghijklmnop","from":"eu","items":3,"to":"br"}',
    ],
)
def test_a_header_that_is_none_is_refused(header: bytes) -> None:
    content = b"\x02" + len(header).to_bytes(2, "big") + header + bytes(2000)
    with pytest.raises(Tampered, match="header"):
        read_header(io.BytesIO(content))


@pytest.mark.parametrize(
    "header",
    [
        Header("h_short", EU, BR, 3),
        Header("../../etc/passwd-passwd", EU, BR, 3),
        Header(HEADER.file_id, ZoneId("../eu"), BR, 3),
        Header(HEADER.file_id, EU, ZoneId("B R"), 3),
        Header(HEADER.file_id, EU, BR, -1),
        Header(HEADER.file_id, EU, BR, True),
    ],
)
def test_a_header_that_names_no_zone_file_or_count_is_refused(header: Header) -> None:
    with pytest.raises(Tampered, match="header"):
        read_header(io.BytesIO(_file(header=header)))


def test_the_first_version_which_nobody_signed_is_refused() -> None:
    with pytest.raises(Tampered, match="version"):
        read_header(io.BytesIO(b"\x01" + bytes(2000)))


def test_what_is_no_public_key_gets_no_file() -> None:
    with pytest.raises(ConfigurationError):
        write_file(io.BytesIO(), HEADER, FRAMES, public=b"x", sign=SIGNER.sign)


def test_a_file_written_by_an_earlier_program_still_opens() -> None:
    """A test vector: another program that reads the layout reads this file, or differs."""
    vector = json.loads((Path(__file__).parent / "vectors" / "handoff_file.json").read_text())
    raw = {
        name: b64decode(vector[name])
        for name in ("recipient_private_key", "sender_verify_key", "file")
    }
    stream = io.BytesIO(raw["file"])
    header = Header(
        vector["file_id"],
        ZoneId(vector["sender"]),
        ZoneId(vector["recipient"]),
        vector["count_items"],
    )
    assert read_header(stream) == header
    assert check_file(stream, verify_key=raw["sender_verify_key"]) == vector["sha256"]

    def open_key(sealed: bytes, *, bound: bytes) -> bytes:
        return open_with(raw["recipient_private_key"], sealed, zone=header.recipient, bound=bound)

    assert list(frames_of(stream, open_key)) == [b64decode(frame) for frame in vector["frames"]]
