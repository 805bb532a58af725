"""A token classifier small enough to be made by a test: each word has its label in a table."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

Made = Callable[[Mapping[str, str]], Path]


@pytest.fixture
def make_classifier(tmp_path: Path) -> Made:
    """Write an export that gives each word of a table its label, surely, and `O` to all others."""

    def make(table: Mapping[str, str]) -> Path:
        folder = tmp_path / "classifier"
        folder.mkdir()
        labels = ["O", *sorted(set(table.values()))]
        vocabulary = {
            one: at for at, one in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *table])
        }
        tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
        tokenizer.normalizer = normalizers.BertNormalizer()
        tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
        tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
        tokenizer.save(str(folder / "tokenizer.json"))
        scores = np.zeros((len(vocabulary), len(labels)), np.float32)
        scores[:4, 0] = 9
        for word, label in table.items():
            scores[vocabulary[word], labels.index(label)] = 9
        graph = helper.make_graph(
            [helper.make_node("Gather", ["scores", "input_ids"], ["logits"])],
            "table",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "length"])],
            [
                helper.make_tensor_value_info(
                    "logits", TensorProto.FLOAT, ["batch", "length", len(labels)]
                )
            ],
            [numpy_helper.from_array(scores, "scores")],
        )
        opsets = [helper.make_opsetid("", 17)]
        onnx.save(
            helper.make_model(graph, opset_imports=opsets, ir_version=9), folder / "model.onnx"
        )
        config = {"id2label": {str(at): label for at, label in enumerate(labels)}}
        (folder / "config.json").write_text(json.dumps(config))
        return folder

    return make
