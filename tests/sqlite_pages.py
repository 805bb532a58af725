"""Bytes of nobody's row in a SQLite file, as an insert that rearranges a page may leave them."""

from pathlib import Path

_LEAVES = (10, 13)
_LEAF_HEADER_BYTES = 8


def plant_in_a_page(file: Path, content: bytes) -> None:
    """Write bytes where a page has no row: between its list of cells and the cells.

    The file must not be in use. See https://www.sqlite.org/fileformat.html, section 1.6.
    """
    whole = bytearray(file.read_bytes())
    size = int.from_bytes(whole[16:18], "big")
    for page in range(size, len(whole), size):
        cells = int.from_bytes(whole[page + 3 : page + 5], "big")
        free = page + _LEAF_HEADER_BYTES + 2 * cells
        taken = page + int.from_bytes(whole[page + 5 : page + 7], "big")
        if whole[page] in _LEAVES and cells and taken - free > len(content) + 16:
            whole[free + 8 : free + 8 + len(content)] = content
            file.write_bytes(whole)
            return
    raise AssertionError("no page has room")
