"""The models that find names: loaded from an installed package, cut down to what is needed."""

import importlib.metadata
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import spacy
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController

from privacy.detection.config import ModelChoice
from privacy.detection.embedding import remember_words
from privacy.errors import ConfigurationError

_BATCH_CHARACTERS = 32_000

Named = tuple[int, int, str]
"""Start, end, entity."""

ENTITY_OF_LABEL: Mapping[str, str] = {
    "PERSON": "PERSON",
    "PER": "PERSON",
    "PRS": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "NORP": "NRP",
    "ORG": "ORGANIZATION",
    "DATE": "DATE_TIME",
    "TIME": "DATE_TIME",
}
"""What a model's label is called here. Other labels (amounts, works of art) are not personal."""


def folder_of(language: str, choice: ModelChoice) -> Path:
    """Find a model's files without importing its package and without a network.

    Raises:
        ConfigurationError: The package is not installed, is another version, or holds no model.
    """
    spec = importlib.util.find_spec(choice.package)
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError(
            f"detection model of language {language}: package {choice.package} is not installed"
        )
    try:
        installed = importlib.metadata.version(choice.package)
    except importlib.metadata.PackageNotFoundError:
        installed = "unknown"
    if installed != choice.version:
        raise ConfigurationError(
            f"detection model of language {language}: package {choice.package} is of version "
            f"{installed}, and {choice.version} is configured"
        )
    folder = Path(spec.submodule_search_locations[0]) / choice.folder
    if not (folder / "config.cfg").is_file():
        raise ConfigurationError(
            f"detection model of language {language}: package {choice.package} holds no spaCy "
            f"model in folder {choice.folder or '.'}"
        )
    return folder


def load(language: str, choice: ModelChoice) -> Any:
    """Load a spaCy pipeline that names entities and does nothing else.

    Tagger, parser and lemmatizer cost half of the time and change no entity. The shared tok2vec is
    kept only where the entity recognizer listens to it. Matrices are multiplied by NumPy's
    OpenBLAS, which is faster than BLIS on them.
    """
    folder = folder_of(language, choice)
    config = spacy.util.load_config(folder / "config.cfg")
    pipeline = config["nlp"]["pipeline"]
    if "ner" not in pipeline:
        raise ConfigurationError(
            f"detection model of language {language}: {choice.package} names no entities"
        )
    embedding = config["components"]["ner"].get("model", {}).get("tok2vec", {})
    listened = {"tok2vec", "transformer", "curated_transformer"}
    is_listening = "Listener" in str(embedding.get("@architectures", ""))
    kept = {"ner"} | (listened if is_listening else set())
    nlp: Any = spacy.load(folder, exclude=[name for name in pipeline if name not in kept])
    operations = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for node in component.model.walk():
            node.ops = operations
        remember_words(component.model)
    return nlp


class EntityModels:
    """The models of a detector, by language.

    Args:
        models: Language to model.
        batch_size: Texts read at once.

    Raises:
        ConfigurationError: One is not installed as configured. Nothing is ever downloaded.
    """

    def __init__(self, models: Mapping[str, ModelChoice], batch_size: int = 64) -> None:
        self._batch_size = batch_size
        self._loaded = {language: load(language, choice) for language, choice in models.items()}
        self._threads = ThreadpoolController()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a model."""
        return tuple(self._loaded)

    def read(self, texts: Sequence[str], language: str) -> Iterator[list[Named]]:
        """Name the entities of each text, in order, in batches.

        The matrices are small: a second thread of OpenBLAS costs more than it brings, and takes a
        core from another worker, so there is only one while this runs.
        """
        nlp = self._loaded[language]
        with self._threads.limit(limits=1):
            for batch in self._batches(texts):
                for document in nlp.pipe(batch, batch_size=len(batch)):
                    yield [
                        (entity.start_char, entity.end_char, ENTITY_OF_LABEL[entity.label_])
                        for entity in document.ents
                        if entity.label_ in ENTITY_OF_LABEL
                    ]

    def _batches(self, texts: Sequence[str]) -> Iterator[list[str]]:
        """Cut into batches bounded in texts and in characters: memory grows with the latter."""
        batch: list[str] = []
        size = 0
        for text in texts:
            if batch and (len(batch) == self._batch_size or size + len(text) > _BATCH_CHARACTERS):
                yield batch
                batch, size = [], 0
            batch.append(text)
            size += len(text)
        if batch:
            yield batch
