"""Where a model's files lie, and whether they are the ones that were chosen.

A model is found in an installed package or in a folder; its package is never imported, and nothing
is ever downloaded.
"""

import hashlib
import importlib.metadata
import importlib.util
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from privacy.errors import ConfigurationError


class ModelFormat(StrEnum):
    """How a model's folder is laid out, and so what reads it."""

    SPACY = "spacy"
    TOKEN_CLASSIFIER = "token_classifier"  # noqa: S105
    GLINER = "gliner"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model that finds names: a folder of an installed package, or any folder.

    Attributes:
        package: Import name. The package is found, never imported: only its files are used. Empty
            for a model that is in no package.
        version: As installed; another version is refused, because it marks other things.
        folder: Where in the package the model lies; empty for the package folder itself. Without a
            package, a path.
        format: How the folder is laid out.
        sha256: Of the folder (see `hash_of`), 64 hexadecimal digits; empty is for tests only.
    """

    package: str = ""
    version: str = ""
    folder: str = ""
    format: ModelFormat = ModelFormat.SPACY
    sha256: str = ""

    @property
    def label(self) -> str:
        """What messages call it."""
        return f"package {self.package}" if self.package else f"folder {self.folder}"


_MAIN_FILE = {
    ModelFormat.SPACY: "config.cfg",
    ModelFormat.TOKEN_CLASSIFIER: "tokenizer.json",
    ModelFormat.GLINER: "gliner_config.json",
}


def folder_of(choice: ModelChoice, language: str) -> Path:
    """Find a model's files.

    Args:
        choice: The model.
        language: Named in the error.

    Raises:
        ConfigurationError: The package is not installed, is another version, or holds no model.
    """
    what = f"detection model of language {language}: {choice.label}"
    if choice.package:
        folder = _package_folder(choice, what) / choice.folder
    else:
        folder = Path(choice.folder)
    if not (folder / _MAIN_FILE[choice.format]).is_file():
        raise ConfigurationError(
            f"{what} holds no {choice.format} model in folder {choice.folder or '.'}: there is no "
            f"{_MAIN_FILE[choice.format]}"
        )
    return folder


def _package_folder(choice: ModelChoice, what: str) -> Path:
    spec = importlib.util.find_spec(choice.package)
    if spec is None or not spec.submodule_search_locations:
        raise ConfigurationError(f"{what} is not installed")
    try:
        installed = importlib.metadata.version(choice.package)
    except importlib.metadata.PackageNotFoundError:
        installed = "unknown"
    if installed != choice.version:
        raise ConfigurationError(
            f"{what} is of version {installed}, and {choice.version} is configured"
        )
    return Path(spec.submodule_search_locations[0])


def hash_of(folder: Path) -> str:
    """Give the SHA-256 of a folder: of the lines that ``sha256sum`` prints of its files.

    One line a file, in the order of their paths as bytes: the file's hash, two blanks, the path
    from the folder on with ``/``. What Python compiles is left out.
    """
    names = sorted(
        path.relative_to(folder).as_posix().encode()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    )
    whole = hashlib.sha256()
    for name in names:
        with (folder / name.decode()).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        whole.update(f"{digest}  ".encode() + name + b"\n")
    return whole.hexdigest()


def verified(choice: ModelChoice, language: str) -> Path:
    """Find a model's files and prove that they are the chosen ones.

    Raises:
        ConfigurationError: As `folder_of`; or the files' hash is another.
    """
    folder = folder_of(choice, language)
    if choice.sha256:
        actual = hash_of(folder)
        if actual != choice.sha256:
            raise ConfigurationError(
                f"detection model of language {language}: {choice.label} has files of sha256 "
                f"{actual}, and {choice.sha256} is configured"
            )
    return folder
