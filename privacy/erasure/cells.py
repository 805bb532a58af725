"""Turn Arrow batches into bytes to search, a column at a time, with a break between two cells.

Without the break, the end of one customer's value and the start of the next one's could together
look like a third's.
"""

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from privacy.erasure.formats import HEADS, MARKS

_PIECE_BYTES: Final = 256 << 20


class Cells(NamedTuple):
    """Bytes of one column.

    Attributes:
        content: The cells, with a break between two; or one cell.
        is_packed: It is one cell, and begins like a compressed stream or an archive.
    """

    content: bytes
    is_packed: bool


def pieces_of(batch: pa.RecordBatch) -> Iterator[tuple[str, Cells]]:
    """Yield (column, cells) for everything in a batch that could hold a value.

    Texts, binaries, and whole numbers of at least 32 bits, inside lists, maps, structs, and
    dictionaries too. Fractions, truth values, and times hold nobody's name.
    """
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        for leaf in _leaves(column):
            for piece in _joined(leaf):
                yield name, Cells(piece, is_packed=False)
            if pa.types.is_binary(leaf.type) or pa.types.is_large_binary(leaf.type):
                for cell in _packed(leaf):
                    yield name, Cells(cell, is_packed=True)


def _leaves(column: Any) -> Iterator[Any]:
    kind = column.type
    if isinstance(column, pa.ExtensionArray):
        yield from _leaves(column.storage)
    elif pa.types.is_dictionary(kind):
        yield from _leaves(column.dictionary)
    elif pa.types.is_struct(kind):
        for child in column.flatten():
            yield from _leaves(child)
    elif pa.types.is_map(kind):
        yield from _leaves(column.keys)
        yield from _leaves(column.items)
    elif pa.types.is_nested(kind):
        yield from _leaves(column.flatten())
    elif pa.types.is_string_view(kind) or pa.types.is_large_string(kind):
        yield column.cast(pa.large_string())
    elif pa.types.is_binary_view(kind) or pa.types.is_fixed_size_binary(kind):
        yield column.cast(pa.large_binary())
    elif pa.types.is_string(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        yield column
    elif pa.types.is_decimal(kind) or (pa.types.is_integer(kind) and kind.bit_width >= 32):
        yield column.cast(pa.string())


def _joined(leaf: Any) -> Iterator[bytes]:
    present = leaf.drop_null()
    if not len(present):
        return
    if present.nbytes > _PIECE_BYTES and len(present) > 1:
        middle = len(present) // 2
        yield from _joined(present.slice(0, middle))
        yield from _joined(present.slice(middle))
        return
    is_text = pa.types.is_string(present.type) or pa.types.is_large_string(present.type)
    narrow = present.cast(pa.string() if is_text else pa.binary())
    one_list = pa.ListArray.from_arrays(pa.array([0, len(narrow)], pa.int32()), narrow)
    break_ = pa.scalar("\0\0" if is_text else b"\0\0", narrow.type)
    yield pc.binary_join(one_list, break_)[0].as_buffer().to_pybytes()


def _packed(leaf: Any) -> Iterator[bytes]:
    for head in HEADS:
        for cell in leaf.filter(pc.starts_with(leaf, head)):
            yield cell.as_py()
    for offset, mark in MARKS.values():
        found: Any = pc.equal(pc.binary_slice(leaf, offset, offset + len(mark)), mark)
        for cell in leaf.filter(found):
            yield cell.as_py()
