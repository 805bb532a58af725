import pytest
import spacy
from spacy.training import Example
from threadpoolctl import threadpool_limits

from privacy.detection.config import DetectionConfig
from privacy.detection.engine import Detector
from privacy.detection.readers import spacy_model
from privacy.detection.readers.model_files import ModelChoice, hash_of
from privacy.detection.readers.registry import make
from privacy.errors import ConfigurationError

TAUGHT = [
    ("Tutaj Jan Kowalski mieszka.", [(6, 18, "persName")]),
    ("Paczka jest w Radomiu.", [(14, 21, "placeName")]),
]
SMALL = {"width": 16, "depth": 1, "embed_size": 50, "window_size": 1, "maxout_pieces": 2, "subword_features": True, "pretrained_vectors": None}  # fmt: skip
EMBEDDING = {"@architectures": "spacy.HashEmbedCNN.v2", **SMALL}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 16, "upstream": "tok2vec"}


def taught(folder, *, is_listening: bool):
    """Save a pipeline that has learnt two sentences, as official ones are saved."""
    nlp = spacy.blank("pl")
    if is_listening:
        nlp.add_pipe("tok2vec", config={"model": EMBEDDING})
    nlp.add_pipe("sentencizer")
    parser = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner", "extra_state_tokens": False, "hidden_width": 16, "maxout_pieces": 2, "use_upper": True}  # fmt: skip
    embedding = LISTENER if is_listening else EMBEDDING
    nlp.add_pipe("ner", config={"model": {**parser, "tok2vec": embedding}})
    examples = [Example.from_dict(nlp.make_doc(text), {"entities": ents}) for text, ents in TAUGHT]
    optimizer = nlp.initialize(lambda: examples)
    optimizer.learn_rate = 0.02
    with threadpool_limits(1):
        for _ in range(20):
            nlp.update(examples, sgd=optimizer)
    nlp.to_disk(folder)
    return ModelChoice(folder=str(folder), sha256=hash_of(folder))


@pytest.mark.parametrize("is_listening", [False, True])
def test_an_official_pipeline_is_read_from_its_folder_by_its_hash(tmp_path, is_listening) -> None:
    choice = taught(tmp_path / "pl", is_listening=is_listening)
    reader = make(choice, "pl")
    read = reader.read(["", *(text for text, _ in TAUGHT), " "])
    assert [[one[:3] for one in spans] for spans in read] == [
        [],
        [(6, 18, "PERSON")],
        [(14, 21, "LOCATION")],
        [],
    ]
    detector = Detector(DetectionConfig(models={"pl": (choice,)}))
    found = detector.detect([TAUGHT[0][0]], ["pl"])[0]
    assert [(one.start, one.end, one.entity) for one in found] == [(6, 18, "PERSON")]


def test_a_pipeline_that_names_no_entities_is_refused(tmp_path) -> None:
    spacy.blank("pl").to_disk(tmp_path)
    with pytest.raises(ConfigurationError, match="names no entities"):
        make(ModelChoice(folder=str(tmp_path)), "pl")


def test_a_model_reads_on_when_it_has_read_too_many_words_to_keep(monkeypatch) -> None:
    reader = make("en_core_web_md", "en")
    texts = ["Ada Lovelace lives in London.", "Grace Hopper lived in Arlington."]
    kept = reader.read(texts)
    monkeypatch.setattr(spacy_model, "_MOST_WORDS", 0)
    before = len(reader._nlp.vocab.strings)
    assert [reader.read([*texts, f"Nobody wrote zqx{number}"])[:2] for number in range(3)] == [
        kept
    ] * 3
    assert len(reader._nlp.vocab.strings) == before
