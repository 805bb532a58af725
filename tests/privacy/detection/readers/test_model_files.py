import hashlib

import pytest

from privacy.detection.readers.model_files import (
    ModelChoice,
    ModelFormat,
    folder_of,
    hash_of,
    verified,
)
from privacy.errors import ConfigurationError


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "ner").mkdir()
    (tmp_path / "config.cfg").write_text("[nlp]")
    (tmp_path / "ner" / "model").write_bytes(b"\0\1")
    return tmp_path


def test_a_folders_hash_is_that_of_what_sha256sum_prints(folder) -> None:
    lines = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in (("config.cfg", b"[nlp]"), ("ner/model", b"\0\1"))
    )
    assert hash_of(folder) == hashlib.sha256(lines.encode()).hexdigest()


def test_what_python_compiles_does_not_change_a_folders_hash(folder) -> None:
    before = hash_of(folder)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_bytes(b"1")
    assert hash_of(folder) == before


def test_a_changed_a_new_and_a_moved_file_each_change_the_hash(folder) -> None:
    hashes = {hash_of(folder)}
    (folder / "ner" / "model").write_bytes(b"\0\2")
    hashes.add(hash_of(folder))
    (folder / "more").write_bytes(b"")
    hashes.add(hash_of(folder))
    (folder / "more").rename(folder / "ner" / "more")
    hashes.add(hash_of(folder))
    assert len(hashes) == 4


def test_a_model_with_another_hash_is_refused_by_language_and_place(folder) -> None:
    right = ModelChoice(folder=str(folder), sha256=hash_of(folder))
    assert verified(right, "de") == folder
    wrong = ModelChoice(folder=str(folder), sha256="0" * 64)
    with pytest.raises(ConfigurationError, match=f"language de: folder {folder} .*{'0' * 64}"):
        verified(wrong, "de")


@pytest.mark.parametrize("layout", [ModelFormat.TOKEN_CLASSIFIER, ModelFormat.GLINER])
def test_a_folder_of_another_format_is_refused(folder, layout: ModelFormat) -> None:
    with pytest.raises(ConfigurationError, match=f"no {layout} model"):
        folder_of(ModelChoice(folder=str(folder), format=layout), "de")
