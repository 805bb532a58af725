"""Reads with a spaCy pipeline, cut down to what names entities."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import spacy
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from privacy.detection.readers.embedding import remember_words
from privacy.detection.readers.transitions import Decoder, can_decode
from privacy.detection.readers.trusted import Named, trusted
from privacy.detection.readers.vectors import LEFT_OUT, attach, can_attach
from privacy.detection.spans import Span
from privacy.errors import ConfigurationError

_BATCH_CHARACTERS = 32_000
_MOST_WORDS = 200_000
"""Once so many different words were read, those of later texts are forgotten after each call."""

ENTITY_OF_LABEL: Mapping[str, str] = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "PRS": "PERSON",
    "persName": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "placeName": "LOCATION",
    "geogName": "LOCATION",
    "NORP": "NRP",
    "ORG": "ORGANIZATION",
    "orgName": "ORGANIZATION",
    "DATE": "DATE_TIME",
    "TIME": "DATE_TIME",
}
"""What a model's label is called here. Other labels (amounts, works of art) are not personal."""


def load(folder: Path) -> Any:
    """Load a spaCy pipeline that names entities and does nothing else.

    Tagger, parser and lemmatizer cost half of the time and change no entity. The shared tok2vec is
    kept only where the entity recognizer listens to it. Matrices are multiplied by NumPy's
    OpenBLAS, which is faster than BLIS on them.

    Raises:
        ConfigurationError: The pipeline names no entities.
    """
    config = spacy.util.load_config(folder / "config.cfg")
    pipeline = config["nlp"]["pipeline"]
    if "ner" not in pipeline:
        raise ConfigurationError(f"detection model in {folder.name} names no entities")
    embedding = config["components"]["ner"].get("model", {}).get("tok2vec", {})
    listened = {"tok2vec", "transformer", "curated_transformer"}
    is_listening = "Listener" in str(embedding.get("@architectures", ""))
    kept = {"ner"} | (listened if is_listening else set())
    excluded = [name for name in pipeline if name not in kept]
    if can_attach(folder):
        nlp: Any = spacy.load(folder, exclude=[*excluded, *LEFT_OUT])
        attach(nlp, folder)
    else:
        nlp = spacy.load(folder, exclude=excluded)
    operations = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for node in component.model.walk():
            node.ops = operations
        remember_words(component.model)
    return nlp


class SpacyReader:
    """A spaCy pipeline's entities.

    Args:
        folder: Where the pipeline lies.
        batch_size: Texts read at once.

    Raises:
        ConfigurationError: The pipeline names no entities.
    """

    def __init__(self, folder: Path, batch_size: int = 256) -> None:
        self._batch_size = batch_size
        self._nlp = load(folder)
        *self._before, (_, recognizer) = self._nlp.pipeline
        self._decoder = Decoder(recognizer) if can_decode(recognizer) else None
        self._threads = ThreadpoolController()

    def read(self, texts: Sequence[str]) -> list[list[Span]]:
        """Name the entities of each text, in batches of like length.

        The matrices are small: a second thread of OpenBLAS costs more than it brings, and takes a
        core from another worker, so there is only one while this runs.
        """
        found: list[list[Span]] = [[] for _ in texts]
        order = sorted(
            (at for at, text in enumerate(texts) if text.strip()), key=lambda at: len(texts[at])
        )
        is_full = len(self._nlp.vocab) > _MOST_WORDS
        forgetting = self._nlp.memory_zone() if is_full else contextlib.nullcontext()
        with self._threads.limit(limits=1), forgetting:
            for batch in self._batches(texts, order):
                read = self._read([texts[at] for at in batch])
                for at, named in zip(batch, read, strict=True):
                    found[at] = list(trusted(texts[at], named))
        return found

    def _read(self, texts: Sequence[str]) -> Iterator[list[Named]]:
        if self._decoder is None:
            for document in self._nlp.pipe(texts, batch_size=len(texts)):
                yield [
                    (entity.start_char, entity.end_char, ENTITY_OF_LABEL[entity.label_])
                    for entity in document.ents
                    if entity.label_ in ENTITY_OF_LABEL
                ]
            return
        documents = [self._nlp.make_doc(text) for text in texts]
        for _, component in self._before:
            documents = list(component.pipe(documents, batch_size=len(texts)))
        for document, entities in zip(documents, self._decoder.read(documents), strict=True):
            yield [
                (
                    document[start].idx,
                    document[end - 1].idx + len(document[end - 1]),
                    ENTITY_OF_LABEL[label],
                )
                for start, end, label in entities
                if label in ENTITY_OF_LABEL
            ]

    def _batches(self, texts: Sequence[str], order: Sequence[int]) -> Iterator[list[int]]:
        """Cut into batches bounded in texts and in characters: memory grows with the latter."""
        batch: list[int] = []
        size = 0
        for at in order:
            length = len(texts[at])
            if batch and (len(batch) == self._batch_size or size + length > _BATCH_CHARACTERS):
                yield batch
                batch, size = [], 0
            batch.append(at)
            size += length
        if batch:
            yield batch
