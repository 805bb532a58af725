"""slovnet's news model, run without slovnet's own loops: the same weights, the same answers, faster.

All texts of a batch stand in one row with an empty place between them, so that none is padded. What
the first layer makes of a word depends on the word alone: it is kept for the words that come again.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

_ATOM = r"(?:[а-яё]+|[a-z]+|\d+|[^\W\d_]+)"
_TOKEN = re.compile(
    rf"\d+(?:[.,/\\]\d+)+|{_ATOM}(?:[-‐−‒⁃–—―_]{_ATOM})*+|[.?!…]+|--|\*\*|\S", re.IGNORECASE
)
_KEPT_WORDS = 6_000
"""Words whose first layer is kept; 3 kB each."""
_LONGEST = 40
"""Letters of a word that are looked at; the model knows no longer ones."""
_WIDTH = 3
"""Of every convolution: a word, the one before and the one after."""


class Find(NamedTuple):
    """A name: ``text[start:end]``, and what it is to the model."""

    start: int
    end: int
    kind: str


class _Layer(NamedTuple):
    """A convolution, its bias, and the scale and shift of the norm after it."""

    weight: Any
    bias: Any
    scale: Any
    shift: Any


class NewsModel:
    """Finds ``PER``, ``LOC`` and ``ORG``.

    Args:
        folder: natasha's, with its data.
    """

    def __init__(self, folder: Path) -> None:
        from navec import Navec
        from slovnet import NER
        from slovnet.shape import word_shape

        embedding = Navec.load(str(folder / "data/emb/navec_news_v1_1B_250K_300d_100q.tar"))
        path = str(folder / "data/model/slovnet_ner_news_v1.tar")
        infer: Any = NER.load(path).navec(embedding).infer
        model = infer.model
        self._embed = model.emb
        self._words, self._shapes = infer.encoder.words_vocab, infer.encoder.shapes_vocab
        self._shape = word_shape
        self._layers = [_layer(one) for one in model.encoder.layers]
        self._head = model.head.proj.weight.array, model.head.proj.bias.array
        self._moves = model.head.crf.transitions.array
        self._tags: list[str] = infer.decoder.tags_vocab.items
        self._outside = self._tags.index("O")
        self._rows: dict[str, int] = {}
        self._kept: Any = np.zeros((0, 0, 0), np.float32)

    def read(self, texts: Sequence[str]) -> list[list[Find]]:
        """Find the names in each text."""
        tokens = [[match.span() for match in _TOKEN.finditer(text)] for text in texts]
        words = [
            [text[start : min(end, start + _LONGEST)] for start, end in spans]
            for text, spans in zip(texts, tokens, strict=True)
        ]
        found: list[list[Find]] = [[] for _ in texts]
        chosen = [at for at, some in enumerate(words) if some]
        if not chosen:
            return found
        weights = self._weigh([words[at] for at in chosen])
        named = [
            number for number, one in enumerate(weights) if (one.argmax(-1) != self._outside).any()
        ]
        if not named:
            return found
        for number, tags in zip(named, self._decode([weights[one] for one in named]), strict=True):
            at = chosen[number]
            found[at] = list(self._finds(tokens[at], tags))
        return found

    def _weigh(self, texts: Sequence[Sequence[str]]) -> list[Any]:
        """Give for every word of every text the weight of each tag."""
        first = self._layers[0]
        ends = np.cumsum([len(words) + 1 for words in texts])
        gaps = ends - 1
        numbers = self._numbers({word for words in texts for word in words})
        at = np.zeros(ends[-1], np.int64)
        held = np.ones(ends[-1], bool)
        held[gaps] = False
        at[held] = [numbers[word] for words in texts for word in words]
        made = self._kept[at]
        made[gaps] = 0
        row = _joined(made) + first.bias
        for number, layer in enumerate(self._layers):
            if number:
                row = _joined((row @ layer.weight).reshape(len(row), _WIDTH, -1)) + layer.bias
            np.maximum(row, 0, out=row)
            row *= layer.scale
            row += layer.shift
            row[gaps] = 0
        weight, bias = self._head
        emitted = row @ weight + bias
        return [emitted[start:end] for start, end in pairwise([0, *ends])]

    def _numbers(self, words: set[str]) -> dict[str, int]:
        """Give the rows in which what the first layer makes of each word is kept."""
        new = [word for word in words if word not in self._rows]
        if len(self._rows) + len(new) > _KEPT_WORDS:
            self._rows, new = {}, list(words)
        if new:
            word_ids = np.array([self._words.encode(word.lower()) for word in new])
            shape_ids = np.array([self._shapes.encode(self._shape(word)) for word in new])
            made = (self._embed(word_ids, shape_ids) @ self._layers[0].weight).reshape(
                len(new), _WIDTH, -1
            )
            begin = len(self._rows)
            if begin + len(new) > len(self._kept):
                grown = np.zeros((2 * (begin + len(new)), *made.shape[1:]), np.float32)
                grown[:begin] = self._kept[:begin] if begin else 0
                self._kept = grown
            self._kept[begin : begin + len(new)] = made
            self._rows.update({word: begin + at for at, word in enumerate(new)})
        return self._rows

    def _decode(self, weights: Sequence[Any]) -> Iterator[list[str]]:
        """Give the likeliest row of tags of each text (Viterbi)."""
        sizes = [len(one) - 1 for one in weights]
        whole = np.zeros((max(sizes), len(weights), len(self._tags)), np.float32)
        for at, one in enumerate(weights):
            whole[: sizes[at], at] = one[:-1]
        score = whole[0]
        lengths = np.array(sizes)[:, None]
        history: list[Any] = []
        for step in range(1, len(whole)):
            moved = score[:, :, None] + self._moves
            history.append(moved.argmax(1))
            score = np.where(lengths > step, moved.max(1) + whole[step], score)
        for at, size in enumerate(sizes):
            best = int(score[at].argmax())
            tags = [best]
            for came in reversed(history[: size - 1]):
                best = int(came[at, best])
                tags.append(best)
            yield [self._tags[tag] for tag in reversed(tags)]

    def _finds(self, tokens: Sequence[tuple[int, int]], tags: Sequence[str]) -> Iterator[Find]:
        start, end, kind = 0, 0, ""
        for (first, last), tag in zip(tokens, tags, strict=True):
            part, _, what = tag.partition("-")
            if part != "I" and kind:
                yield Find(start, end, kind)
                kind = ""
            if part == "B":
                start, kind = first, what
            end = last
        if kind:
            yield Find(start, end, kind)


def _layer(layer: Any) -> _Layer:
    weight = layer.conv.weight.array  # filters by inputs by places
    norm = layer.norm
    scale = norm.weight.array / norm.std.array
    shift = norm.bias.array - norm.mean.array * scale
    flat = np.concatenate([weight[:, :, place].T for place in range(_WIDTH)], axis=1)
    return _Layer(np.ascontiguousarray(flat), layer.conv.bias.array, scale, shift)


def _joined(made: Any) -> Any:
    """Add up what each word, the one before and the one after make of a word."""
    row = made[:, 1].copy()
    row[1:] += made[:-1, 0]
    row[:-1] += made[1:, 2]
    return row
