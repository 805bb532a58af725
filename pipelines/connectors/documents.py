"""The JSON documents of a file, whichever way it holds them: one, an array of them, or one a line."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, BinaryIO

from pipelines.connectors import wire
from pipelines.connectors.connector import ITEM_LIMIT_BYTES, Malformed, SourceFile
from privacy.errors import WireFormatError

LINE_LIMIT_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Document:
    """One JSON value of a file, and where it was found."""

    place: str
    value: Any


def documents(file: SourceFile) -> Iterator[Document | Malformed]:
    """Yield the documents of a file in order; a bad line is `Malformed` and the next is read.

    Raises:
        WireFormatError: The file is none of the three forms, or breaks off in the middle.
    """
    match _form_of(file):
        case "lines":
            yield from _lines(file)
        case "array":
            with closing(file.open()) as stream:
                elements = wire.array_elements(stream, ITEM_LIMIT_BYTES)
                for position, value in enumerate(elements):
                    yield Document(f"{file.name}[{position}]", value)
        case _:
            with closing(file.open()) as stream:
                yield Document(file.name, wire.load_json(_whole(stream), "file"))


def _whole(stream: BinaryIO) -> bytes:
    content = stream.read(ITEM_LIMIT_BYTES + 1)
    if len(content) > ITEM_LIMIT_BYTES:
        raise WireFormatError(f"file is one document of more than {ITEM_LIMIT_BYTES} bytes")
    return content


def _form_of(file: SourceFile) -> str:
    with closing(file.open()) as stream:
        firsts = []
        try:
            for _, line in wire.lines(stream, LINE_LIMIT_BYTES):
                firsts.append(line)
                if len(firsts) == 2:
                    break
        except WireFormatError:
            return "array" if _starts(file, b"[") else "lines"
    if not firsts:
        return "document"
    is_first_whole = _is_json(firsts[0])
    if firsts[0].startswith(b"["):
        return "lines" if is_first_whole and len(firsts) == 2 else "array"
    if is_first_whole:
        return "lines"
    looks_like_lines = all(line.startswith(b"{") and len(line) > 2 for line in firsts)
    return "lines" if looks_like_lines and (len(firsts) == 2) else "document"


def _starts(file: SourceFile, mark: bytes) -> bool:
    with closing(file.open()) as stream:
        return stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(mark)


def _is_json(line: bytes) -> bool:
    try:
        wire.load_json(line)
    except WireFormatError:
        return False
    return True


def _lines(file: SourceFile) -> Iterator[Document | Malformed]:
    with closing(file.open()) as stream:
        for position, line in wire.lines(stream, LINE_LIMIT_BYTES):
            place = f"{file.name}:{position}"
            try:
                value = wire.load_json(line, "line")
            except WireFormatError as error:
                yield Malformed(place, line, str(error))
            else:
                yield Document(place, value)
