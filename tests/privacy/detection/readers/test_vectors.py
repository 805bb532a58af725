import numpy as np
import pytest
import spacy

from privacy.detection.readers.model_files import folder_of
from privacy.detection.readers.registry import ENGLISH
from privacy.detection.readers.vectors import LEFT_OUT, Rows, attach, can_attach


def test_a_word_has_the_row_it_had() -> None:
    rows = {2**64 - 1: 0, 7: 3, 0: 9, 2**63: 4}
    made = Rows(rows)
    assert {key: made.get(key) for key in rows} == rows
    assert made.get(8) is None
    assert made.get(2**64 - 2, -1) == -1
    assert 7 in made
    assert 8 not in made
    assert len(made) == 4


def test_a_pipeline_given_its_vectors_has_those_it_came_with() -> None:
    folder = folder_of(ENGLISH, "en")
    assert can_attach(folder)
    rest = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"]
    whole = spacy.load(folder, exclude=rest)
    lean = spacy.load(folder, exclude=[*rest, *LEFT_OUT])
    attach(lean, folder)
    for word in ("London", "lives", "zqxzqx", "the"):
        key = whole.vocab.strings[word]
        assert whole.vocab.vectors.find(key=key) == lean.vocab.vectors.find(key=key)
        assert whole.vocab[word].vector == pytest.approx(lean.vocab[word].vector)
    assert np.isfinite(lean.vocab.vectors.data[:5]).all()


def test_vectors_of_another_kind_are_left_to_spacy(tmp_path) -> None:
    assert not can_attach(tmp_path)
    spacy.blank("pl").to_disk(tmp_path)
    assert can_attach(tmp_path)
    (tmp_path / "vocab" / "vectors.cfg").write_text('{"mode": "floret"}')
    assert not can_attach(tmp_path)
