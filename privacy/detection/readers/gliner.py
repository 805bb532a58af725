"""Reads with a GLiNER model: a network that is told in words what to look for.

Needs the extra `gliner`, which brings PyTorch. Much slower than what is shipped, and in many
languages better. The folder must hold all there is, so that nothing is fetched: the weights as
``model.safetensors`` (a pickle may run code), ``tokenizer.json``, and in ``gliner_config.json`` the
encoder's configuration, as `GLiNER.save_pretrained(folder, safe_serialization=True)` writes them.
"""

import importlib.util
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from threadpoolctl import ThreadpoolController

from privacy.detection.spans import Reason, Span
from privacy.errors import ConfigurationError

RECOGNIZER = "Gliner"

_ENTITY_OF_LABEL: Mapping[str, str] = {
    "person": "PERSON",
    "location": "LOCATION",
    "street address": "STREET_ADDRESS",
    "organization": "ORGANIZATION",
    "nationality, religious or political group": "NRP",
}
"""What the model is asked for. Numbers are left to patterns and checksums."""

_THRESHOLD = 0.5
_WORDS = 300
_OVERLAP_WORDS = 40
_BATCH_TEXTS = 8
_WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")
"""What a model counts as a word; a text of more than it was trained for is cut off by it."""


class GlinerReader:
    """A GLiNER model's entities.

    Args:
        folder: Where the model lies.

    Raises:
        ConfigurationError: The extra is not installed, or the folder lacks something that would
            have to be fetched.
    """

    def __init__(self, folder: Path) -> None:
        if importlib.util.find_spec("gliner") is None:
            raise ConfigurationError(
                f"detection model in {folder.name}: reading with a GLiNER needs the extra c360[gliner]"
            )
        config = json.loads((folder / "gliner_config.json").read_text(encoding="utf-8"))
        missing = [
            name
            for name in ("model.safetensors", "tokenizer.json")
            if not (folder / name).is_file()
        ]
        if not config.get("encoder_config"):
            missing.append("encoder_config in gliner_config.json")
        if missing:
            raise ConfigurationError(
                f"detection model in {folder.name} is not whole: there is no {', no '.join(missing)}"
            )
        from gliner import GLiNER

        self._model: Any = GLiNER.from_pretrained(
            str(folder), local_files_only=True, map_location="cpu", load_tokenizer=True
        )
        self._words = min(_WORDS, int(config.get("max_len") or _WORDS))
        self._threads = ThreadpoolController()

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Name the entities of each text, long ones in windows that overlap."""
        found: list[list[Span]] = [[] for _ in texts]
        windows = [
            (owner, start, text[start:end])
            for owner, text in enumerate(texts)
            for start, end in self._windows(text)
        ]
        windows.sort(key=lambda one: len(one[2]))
        if not windows:
            return found
        with self._threads.limit(limits=1):
            read = self._model.inference(
                [text for _, _, text in windows],
                list(_ENTITY_OF_LABEL),
                threshold=_THRESHOLD,
                batch_size=_BATCH_TEXTS,
            )
        for (owner, start, _), entities in zip(windows, read, strict=True):
            found[owner].extend(
                Span(
                    entity["start"] + start,
                    entity["end"] + start,
                    _ENTITY_OF_LABEL[entity["label"]],
                    round(min(float(entity["score"]), 0.89), 3),
                    RECOGNIZER,
                    Reason.MODEL.value,
                )
                for entity in entities
            )
        return found

    def _windows(self, text: str) -> Iterator[tuple[int, int]]:
        words = [match.span() for match in _WORD.finditer(text)]
        first = 0
        while len(words) - first > self._words:
            yield words[first][0], words[first + self._words - 1][1]
            first += self._words - min(_OVERLAP_WORDS, self._words // 2)
        if words:
            yield words[first][0], words[-1][1]
