"""Files that after a crash are there whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Write a file aside, and put it in its place once it is on the disk.

    Where the block raises, nothing of it is left.
    """
    aside = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        with aside.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    sync(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and reach the disk before returning."""
    with whole_file(path) as stream:
        stream.write(content)


def sync(folder: Path) -> None:
    """Reach the disk with the names in a folder."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
