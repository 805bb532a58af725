import json
from pathlib import Path

import pytest

from privacy.detection.readers import gliner
from privacy.detection.readers.gliner import GlinerReader
from privacy.detection.readers.model_files import ModelChoice, ModelFormat, hash_of
from privacy.detection.readers.registry import make
from privacy.errors import ConfigurationError

NEEDED = "the extra c360[gliner] is not installed"
TEXT = "Ada Lovelace lives in London."


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A model of 16 numbers a word that has learnt nothing, saved as real ones are."""
    pytest.importorskip("gliner", reason=NEEDED)
    from gliner import GLiNER, GLiNERConfig
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    letters = [*"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.,"]
    vocabulary = [*special, *letters, *(f"##{letter}" for letter in letters)]
    raw = Tokenizer(
        models.WordPiece({one: at for at, one in enumerate(vocabulary)}, unk_token="[UNK]")
    )
    raw.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    names = dict(
        zip(
            ("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), special, strict=True
        )
    )
    saved = tmp_path_factory.mktemp("gliner")
    PreTrainedTokenizerFast(tokenizer_object=raw, **names).save_pretrained(saved / "base")
    encoder = {
        "model_type": "bert", "architectures": ["BertModel"], "vocab_size": len(vocabulary), "hidden_size": 16,
        "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32,
    }  # fmt: skip
    (saved / "base" / "config.json").write_text(json.dumps(encoder))
    config = GLiNERConfig(
        model_name=str(saved / "base"), encoder_config=encoder, hidden_size=16, max_width=4,
        max_len=64, fine_tune=False, vocab_size=len(vocabulary),
    )  # fmt: skip
    model = GLiNER.from_config(config, backbone_from_pretrained=False)
    model.save_pretrained(saved / "model", safe_serialization=True)
    return saved / "model"


@pytest.fixture
def reader(folder: Path, monkeypatch) -> GlinerReader:
    monkeypatch.setattr(gliner, "_THRESHOLD", 0.0)  # it is sure of nothing
    choice = ModelChoice(folder=str(folder), format=ModelFormat.GLINER, sha256=hash_of(folder))
    return make(choice, "de")


def test_a_gliner_is_read_from_its_folder_by_its_hash(reader: GlinerReader) -> None:
    found = reader.read(["", TEXT, " "])
    assert found[0] == found[2] == []
    assert found[1]
    for span in found[1]:
        assert 0 <= span.start < span.end <= len(TEXT)
        assert span.entity in {"PERSON", "LOCATION", "STREET_ADDRESS", "ORGANIZATION", "NRP"}


def test_the_end_of_a_long_text_is_read_too(reader: GlinerReader) -> None:
    text = "where is it " * 60 + TEXT
    assert max(span.end for span in reader.read([text])[0]) > len(text) - len(TEXT)


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
def test_what_would_have_to_be_fetched_is_refused(folder: Path, tmp_path, name: str) -> None:
    for path in folder.iterdir():
        if path.name != name:
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(ConfigurationError, match=f"no {name}"):
        GlinerReader(tmp_path)


def test_without_the_extra_it_is_said_what_to_install(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"c360\[gliner\]"):
        GlinerReader(tmp_path)
