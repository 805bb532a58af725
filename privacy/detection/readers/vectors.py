"""A spaCy model's word vectors, held in a sixth of the memory.

spaCy keeps a dictionary of half a million words to rows, and all these words; a model that only
names entities asks for rows, and for few of them. Here the table is two sorted arrays, the words
are left on the disk, and the vectors too, until they are read: workers share those pages.
"""

from pathlib import Path
from typing import Any

import numpy as np
import srsly

LEFT_OUT = ("strings", "vectors")
"""What `spacy.load` need not read of a vocabulary whose vectors are given by `attach`."""


class Rows:
    """Tells the row of a word by its hash, as the dictionary did."""

    def __init__(self, rows: dict[int, int]) -> None:
        keys = np.fromiter(rows.keys(), np.uint64, len(rows))
        order = keys.argsort()
        self._keys = keys[order]
        self._rows = np.fromiter(rows.values(), np.int32, len(rows))[order]

    def get(self, key: int, default: int | None = None) -> int | None:
        """Give a word's row."""
        at = int(self._keys.searchsorted(np.uint64(key)))
        if at < len(self._keys) and int(self._keys[at]) == key:
            return int(self._rows[at])
        return default

    def __contains__(self, key: int) -> bool:
        return self.get(key) is not None

    def __len__(self) -> int:
        return len(self._keys)


def can_attach(folder: Path) -> bool:
    """Tell whether a pipeline's vectors are of the plain kind: one row a word."""
    vocabulary = folder / "vocab"
    settings = vocabulary / "vectors.cfg"
    return (
        (vocabulary / "vectors").is_file()
        and (vocabulary / "key2row").is_file()
        and (not settings.is_file() or srsly.read_json(settings).get("mode") in (None, "default"))
    )


def attach(nlp: Any, folder: Path) -> None:
    """Give a pipeline that was loaded without `LEFT_OUT` its vectors."""
    vectors = nlp.vocab.vectors
    vectors.data = np.load(folder / "vocab" / "vectors", mmap_mode="r")
    vectors.key2row = Rows(srsly.read_msgpack(folder / "vocab" / "key2row"))
