"""Reads with a BERT-like token classifier that was exported to ONNX.

The folder holds what such exports hold: ``config.json`` with the labels, ``tokenizer.json``, and
the graph. Nothing but the graph's arithmetic and the tokenizer runs; no code of the model's.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from privacy.detection.readers.labels import Word, columns_of, joined
from privacy.detection.readers.quantised import session_bytes
from privacy.detection.spans import Span
from privacy.errors import ConfigurationError

_GRAPHS = ("model_q4.onnx", "model_quantized.onnx", "model_int8.onnx", "model.onnx")
_BATCH_TOKENS = 512
"""Padding counted. More is slower: the numbers of one batch should stay in the cache."""
_WINDOW_TOKENS = 160
_OVERLAP_TOKENS = 48
_UNPAIRED = str.maketrans(dict.fromkeys(range(55296, 57344), "�"))


class _Window(NamedTuple):
    """Tokens of one text that are read together."""

    owner: int
    start: int
    end: int


class TokenClassifier:
    """A token classifier's entities.

    Args:
        folder: Where the export lies.

    Raises:
        ConfigurationError: There is no graph in it, or its labels say nothing about persons,
            places or organisations.
    """

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        labels = [
            label for _, label in sorted((int(at), to) for at, to in config["id2label"].items())
        ]
        self._entities, self._columns = columns_of(labels)
        if not self._entities:
            raise ConfigurationError(f"detection model in {folder.name} names no entities")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        # Workers are processes; a second thread in one takes a core from another.
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            session_bytes(_graph_in(folder)), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = [one.name for one in self._session.get_inputs()]
        self._padding = int(config.get("pad_token_id") or 0)
        whole = self._tokenizer.encode("").ids
        self._first, self._last = whole[: len(whole) // 2], whole[len(whole) // 2 :]

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Name the entities of each text, in windows of like length."""
        encoded = [
            self._tokenizer.encode(
                text if text.isascii() else text.translate(_UNPAIRED), add_special_tokens=False
            )
            for text in texts
        ]
        tokens = [one.ids for one in encoded]
        shares = [np.zeros((len(one), len(self._entities)), np.float32) for one in tokens]
        windows = [
            _Window(owner, start, end)
            for owner, one in enumerate(tokens)
            for start, end in _windows(len(one))
        ]
        windows.sort(key=lambda one: one.end - one.start)
        for batch in _batches(windows, len(self._first) + len(self._last)):
            rows = [tokens[one.owner][one.start : one.end] for one in batch]
            for one, share in zip(batch, self._shares(rows), strict=True):
                # Where two overlap, the one believed is that which sees more around.
                lead = _OVERLAP_TOKENS // 2 if one.start else 0
                is_last = one.end == len(tokens[one.owner])
                tail = len(share) if is_last else len(share) - _OVERLAP_TOKENS // 2
                shares[one.owner][one.start + lead : one.start + tail] = share[lead:tail]
        return [
            joined(text, self._words(one, share)) if share.size else []
            for text, one, share in zip(texts, encoded, shares, strict=True)
        ]

    def _shares(self, rows: Sequence[Sequence[int]]) -> Iterator[Any]:
        """Give each token's probability of each entity, all of an entity's labels together."""
        lead = len(self._first)
        width = max(map(len, rows)) + lead + len(self._last)
        ids = np.full((len(rows), width), self._padding, np.int64)
        mask = np.zeros_like(ids)
        for at, row in enumerate(rows):
            whole = [*self._first, *row, *self._last]
            ids[at, : len(whole)] = whole
            mask[at, : len(whole)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        scores = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares = powers @ self._columns / powers.sum(axis=-1, keepdims=True)
        for at, row in enumerate(rows):
            yield shares[at, lead : lead + len(row)]

    def _words(self, encoding: Any, shares: Any) -> list[Word]:
        """Put the pieces of each word together: its entity is what its pieces say on average."""
        if shares.sum(axis=1).max() < 0.2:
            return []
        words: list[Word] = []
        word_ids, offsets = encoding.word_ids, encoding.offsets
        at = 0
        while at < len(word_ids):
            end = at + 1
            while end < len(word_ids) and word_ids[end] == word_ids[at]:
                end += 1
            mean = shares[at:end].mean(axis=0)
            best = int(mean.argmax())
            words.append(
                Word(
                    offsets[at][0],
                    offsets[end - 1][1],
                    self._entities[best],
                    float(mean[best]),
                    float(mean.sum()),
                )
            )
            at = end
        return words


def _graph_in(folder: Path) -> Path:
    for place in (folder / "onnx", folder):
        for name in _GRAPHS:
            if (place / name).is_file():
                return place / name
    raise ConfigurationError(f"detection model in {folder.name} holds no ONNX graph")


def _windows(count: int) -> Iterator[tuple[int, int]]:
    """Cut tokens into windows that overlap."""
    start = 0
    while count - start > _WINDOW_TOKENS:
        yield start, start + _WINDOW_TOKENS
        start += _WINDOW_TOKENS - _OVERLAP_TOKENS
    if count:
        yield start, count


def _batches(windows: Sequence[_Window], frame: int) -> Iterator[Sequence[_Window]]:
    """Cut windows, the shortest first, into batches of a bounded number of tokens."""
    first = 0
    for at in range(1, len(windows) + 1):
        if at == len(windows) or (
            (windows[at].end - windows[at].start + frame) * (at - first + 1) > _BATCH_TOKENS
        ):
            yield windows[first:at]
            first = at
