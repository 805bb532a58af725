"""Decodes spaCy's entity recognizer for many documents at once, with the same result.

spaCy's own loop takes Python's lock for every feature of every token, which costs more than the
arithmetic. Every action of this recognizer (begin, in, last, unit, out) consumes one token, and
outside an entity its choice depends on that token alone: those choices are made for all tokens in
one product of matrices, and only what stands inside an entity is walked, one token of every
document at a time.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from spacy.attrs import IS_SPACE
from spacy.pipeline.ner import EntityRecognizer

_FEATURES = 3
"""The next token, the entity's first and the one before the next; padding outside an entity."""
_NEVER = np.float32(-np.inf)


class Entity(NamedTuple):
    """Tokens ``[start, end)`` of a document, and their label."""

    start: int
    end: int
    label: str


class Decoder:
    """Reads as ``EntityRecognizer.predict`` does, without a beam and without preset entities.

    Args:
        recognizer: Of a pipeline; see `can_decode`.
    """

    def __init__(self, recognizer: Any) -> None:
        model, moves = recognizer.model, recognizer.moves
        self._embed = model.get_ref("tok2vec")
        self._lower, self._upper = model.get_ref("lower"), model.get_ref("upper")
        names = [moves.get_class_name(at) for at in range(moves.n_moves)]
        kinds = [name[0] for name in names]
        labels = [name[2:] for name in names]
        self._labels = sorted(set(filter(None, labels)))
        place = {label: at for at, label in enumerate(self._labels)}
        self._begins = np.array(
            [place[label] if kind == "B" else -1 for kind, label in zip(kinds, labels, strict=True)]
        )
        self._units = np.array(
            [
                place[label] if kind == "U" and label else -1
                for kind, label in zip(kinds, labels, strict=True)
            ]
        )
        self._is_last = np.array([kind == "L" for kind in kinds])
        is_out = np.array([kind == "O" for kind in kinds])
        # What may be added to a score: nothing, or minus infinity where the action is not allowed.
        self._anywhere = _allowed(is_out | (self._begins >= 0) | (self._units >= 0))
        self._at_end = _allowed(is_out | (self._units >= 0))
        self._on_blank = _allowed(is_out)
        self._within = np.stack(
            [
                _allowed(np.array([f"{kind}-{of}" in (f"I-{label}", f"L-{label}")
                                   for kind, of in zip(kinds, labels, strict=True)]))
                for label in self._labels
            ]
        )  # fmt: skip

    def read(self, documents: Sequence[Any]) -> list[list[Entity]]:
        """Give the entities of each document, in order."""
        found: list[list[Entity]] = [[] for _ in documents]
        lengths = np.array([len(one) for one in documents])
        if not lengths.sum():
            return found
        # Row 0 is padding; a token's row is its place among all tokens, and one.
        features = self._lower.predict(self._embed.predict(documents))
        last = np.cumsum(lengths)
        is_end = np.zeros(last[-1], bool)
        is_end[last[lengths > 0] - 1] = True
        is_blank = np.concatenate([one.to_array(IS_SPACE) for one in documents]).astype(bool)
        scores = self._scores(features[1:, 0] + (features[0, 1] + features[0, 2]))
        scores += self._anywhere
        scores[is_end] += self._at_end
        scores[is_blank] += self._on_blank
        choice = scores.argmax(axis=1)
        ends = self._walk(features, choice, is_end)
        owners = np.repeat(np.arange(len(documents)), lengths)
        firsts = last - lengths
        for at in np.flatnonzero((self._begins[choice] >= 0) | (self._units[choice] >= 0)).tolist():
            end = ends.get(at) if self._begins[choice[at]] >= 0 else at + 1
            owner = int(owners[at])
            first = int(firsts[owner])
            if end is None or (found[owner] and found[owner][-1].end > at - first):
                continue
            label = max(self._begins[choice[at]], self._units[choice[at]])
            found[owner].append(Entity(at - first, end - first, self._labels[label]))
        return found

    def _walk(self, features: Any, choice: Any, is_end: Any) -> dict[int, int]:
        """Give where each entity that might begin ends, by its first token.

        One is walked from every token whose choice is to begin; those that begin inside another
        are left out afterwards.
        """
        starts = np.flatnonzero(self._begins[choice] >= 0)
        labels = self._begins[choice[starts]]
        at = starts + 1
        ends: dict[int, int] = {}
        while len(starts):
            scores = self._scores(features[at + 1, 0] + features[starts + 1, 1] + features[at, 2])
            scores += self._within[labels]
            chosen = scores.argmax(axis=1)
            # At the end of a document only the last token of an entity may stand.
            is_over = self._is_last[chosen] | is_end[at]
            ends.update(zip(starts[is_over].tolist(), (at[is_over] + 1).tolist(), strict=True))
            starts, labels, at = starts[~is_over], labels[~is_over], at[~is_over] + 1
        return ends

    def _scores(self, summed: Any) -> Any:
        """Give each action's score, from the sum of a state's features (states, hidden, pieces)."""
        hidden = (summed + self._lower.get_param("b")).max(axis=-1)
        return hidden @ self._upper.get_param("W").T + self._upper.get_param("b")


def can_decode(recognizer: Any) -> bool:
    """Tell whether a pipe is an entity recognizer as spaCy's pipelines have them."""
    if type(recognizer) is not EntityRecognizer or recognizer.model.name != "parser_model":
        return False
    model = recognizer.model
    return (
        recognizer.cfg.get("beam_width", 1) == 1
        and not recognizer.incorrect_spans_key
        and bool(model.attrs["has_upper"])
        and not model.attrs["unseen_classes"]
        and model.get_ref("lower").get_dim("nF") == _FEATURES
        and model.get_ref("lower").get_dim("nP") > 1
    )


def _allowed(is_allowed: Any) -> Any:
    return np.where(is_allowed, np.float32(0), _NEVER)
