"""A model's view of single words, remembered.

The first layers of a spaCy model look at one word at a time: the same word always gives the same
numbers, and most words of a message have been seen before. What comes after (the window over
neighbours, the parser) is computed every time. Remembered are hashes of words and numbers, never a
word.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from spacy.attrs import IDS
from thinc.api import Model

_ORTH = IDS["ORTH"]
_WORDWISE = frozenset(
    [
        "extract_features",
        "list2ragged",
        "ragged2list",
        "ints-getitem",
        "hashembed",
        "static_vectors",
        "maxout",
        "layernorm",
        "dropout",
    ]
)
"""Layers that treat each word alone."""

_MIX = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
     0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63],
    dtype=np.uint64,
)  # fmt: skip
"""Odd constants, one a column, that make one number of a word's features."""


class _Words:
    """What the first layers ask of a document, for words from many documents."""

    def __init__(self, features: Any, columns: Sequence[int], vocab: Any) -> None:
        self._features = features
        self._place = {column: at for at, column in enumerate(columns)}
        self.vocab = vocab

    def __len__(self) -> int:
        return len(self._features)

    def to_array(self, wanted: Any) -> Any:
        """Give features as `spacy.tokens.Doc.to_array` does."""
        if isinstance(wanted, int | str):
            return np.ascontiguousarray(self._features[:, self._place[_attribute(wanted)]])
        return np.ascontiguousarray(
            self._features[:, [self._place[_attribute(one)] for one in wanted]]
        )


def _attribute(name: int | str) -> int:
    return int(IDS[name.upper()]) if isinstance(name, str) else int(name)


class _Memory:
    """Rows of numbers by word; emptied when full."""

    def __init__(self, embed: Any, columns: Sequence[int], capacity: int) -> None:
        self._embed = embed
        self._columns = list(columns)
        self._capacity = capacity
        self._rows: dict[int, int] = {}
        self._table: Any = None

    def read(self, documents: Sequence[Any]) -> list[Any]:
        """Give each document's rows."""
        features = np.concatenate([one.to_array(self._columns) for one in documents])
        words = (features * _MIX[: len(self._columns)]).sum(axis=1, dtype=np.uint64).tolist()
        rows = self._rows
        new = {word: at for at, word in enumerate(words) if word not in rows}
        if len(rows) + len(new) > self._capacity:
            rows.clear()
            new = {word: at for at, word in enumerate(words)}
            if len(new) > self._capacity:
                return list(self._embed.predict(documents))
        if new:
            chosen = features[list(new.values())]
            made = self._embed.predict([_Words(chosen, self._columns, documents[0].vocab)])[0]
            if self._table is None:
                self._table = np.zeros((self._capacity, made.shape[1]), dtype=made.dtype)
            first = len(rows)
            self._table[first : first + len(new)] = made
            rows.update((word, first + place) for place, word in enumerate(new))
        gathered = self._table[[rows[word] for word in words]]
        return np.split(gathered, np.cumsum([len(one) for one in documents])[:-1])


def _forward(model: Any, documents: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
    if is_train or not sum(len(one) for one in documents):
        return model.layers[0](documents, is_train)  # type: ignore[no-any-return]
    return model.attrs["memory"].read(documents), lambda _: []


def remember_words(model: Any, capacity: int = 40_000) -> bool:
    """Let a model remember its view of single words.

    Args:
        model: A pipe's model. Left as it is where it is not built as expected.
        capacity: Words; 40,000 of 96 numbers are 15 MB.

    Returns:
        Whether it now remembers.
    """
    for node in model.walk():
        if not (node.has_ref("embed") and node.layers and node.layers[0] is node.get_ref("embed")):
            continue
        embed = node.get_ref("embed")
        leaves = [leaf for leaf in embed.walk() if not leaf.layers]
        columns = sorted(
            {_ORTH}
            | {
                _attribute(column)
                for leaf in leaves
                if leaf.name == "extract_features"
                for column in leaf.attrs["columns"]
            }
        )
        if any(leaf.name not in _WORDWISE for leaf in leaves) or len(columns) > len(_MIX):
            continue
        node.layers[0] = Model(
            "remembered_words",
            _forward,
            layers=[embed],
            attrs={"memory": _Memory(embed, columns, capacity)},
        )
        return True
    return False
