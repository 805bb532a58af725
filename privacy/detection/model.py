"""The models that find names: loaded from an installed package, cut down to what is needed."""

import importlib.metadata
import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import spacy
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine
from thinc.api import NumpyOps

from privacy.detection.config import ModelChoice
from privacy.errors import ConfigurationError

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
    return nlp


class EntityEngine(NlpEngine):
    """Presidio's view of the models: named entities, and words in lower case for lemmas."""

    def __init__(self, models: Mapping[str, ModelChoice], batch_size: int = 64) -> None:
        self._choices = dict(models)
        self._batch_size = batch_size
        self._loaded: dict[str, Any] = {}

    def load(self) -> None:
        """Load every model.

        Raises:
            ConfigurationError: One is not installed as configured. Nothing is ever downloaded.
        """
        for language, choice in self._choices.items():
            if language not in self._loaded:
                self._loaded[language] = load(language, choice)

    def is_loaded(self) -> bool:
        """Tell whether `load` is done."""
        return len(self._loaded) == len(self._choices)

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Read one text."""
        return next(self.process_batch([text], language))[1]

    def process_batch(
        self,
        texts: Iterable[str],
        language: str,
        batch_size: int = 0,
        n_process: int = 1,
        **_: Any,
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        """Read texts in batches, in order."""
        nlp = self._loaded[language]
        for document in nlp.pipe(texts, batch_size=batch_size or self._batch_size):
            entities = []
            for entity in document.ents:
                mapped = ENTITY_OF_LABEL.get(entity.label_)
                if mapped:
                    entity.label_ = mapped
                    entities.append(entity)
            yield (
                document.text,
                NlpArtifacts(
                    entities=entities,
                    tokens=document,
                    tokens_indices=[],
                    lemmas=[token.lower_ for token in document],
                    nlp_engine=None,
                    language=language,
                ),
            )

    def is_stopword(self, word: str, language: str) -> bool:
        """Tell whether the model's language calls it a stop word."""
        return bool(self._loaded[language].vocab[word].is_stop)

    def is_punct(self, word: str, language: str) -> bool:
        """Tell whether it is punctuation."""
        return bool(self._loaded[language].vocab[word].is_punct)

    def get_supported_entities(self) -> list[str]:
        """Give the types the models can report."""
        return sorted(set(ENTITY_OF_LABEL.values()))

    def get_supported_languages(self) -> list[str]:
        """Give the languages that have a model."""
        return list(self._choices)
