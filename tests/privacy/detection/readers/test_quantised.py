import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from privacy.detection.readers.quantised import session_bytes

INPUTS, OUTPUTS, BLOCK = 64, 24, 32


def four_bit_graph(random, *, has_zeros: bool, operators: int = 18) -> onnx.ModelProto:
    packed = random.integers(0, 256, (OUTPUTS, INPUTS // BLOCK, BLOCK // 2), dtype=np.uint8)
    steps = random.uniform(0.01, 0.05, OUTPUTS * INPUTS // BLOCK).astype(np.float32)
    weights = [numpy_helper.from_array(packed, "packed"), numpy_helper.from_array(steps, "steps")]
    names = ["x", "packed", "steps"]
    if has_zeros:
        zeros = random.integers(0, 256, OUTPUTS * ((INPUTS // BLOCK + 1) // 2), dtype=np.uint8)
        weights.append(numpy_helper.from_array(zeros, "zeros"))
        names.append("zeros")
    node = helper.make_node(
        "MatMulNBits", names, ["y"], domain="com.microsoft", K=INPUTS, N=OUTPUTS, bits=4,
        block_size=BLOCK,
    )  # fmt: skip
    graph = helper.make_graph(
        [node],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["texts", "rows", INPUTS])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["texts", "rows", OUTPUTS])],
        weights,
    )
    opsets = [helper.make_opsetid("", operators), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=9)


@pytest.mark.parametrize("has_zeros", [False, True])
def test_the_rewritten_product_is_the_old_one_but_for_rounding(tmp_path, has_zeros: bool) -> None:
    random = np.random.default_rng(4)
    path = tmp_path / "model.onnx"
    onnx.save(four_bit_graph(random, has_zeros=has_zeros), path)
    rewritten = session_bytes(path)
    kinds = {node.op_type for node in onnx.load_model_from_string(rewritten).graph.node}
    assert "MatMulIntegerToFloat" in kinds
    assert "MatMulNBits" not in kinds
    given = {"x": random.normal(size=(2, 5, INPUTS)).astype(np.float32)}
    before = onnxruntime.InferenceSession(path).run(None, given)[0]
    after = onnxruntime.InferenceSession(rewritten).run(None, given)[0]
    assert np.abs(before - after).max() < 0.03 * np.abs(before).max()


def test_a_row_gives_the_same_whatever_stands_beside_it(tmp_path) -> None:
    random = np.random.default_rng(5)
    path = tmp_path / "model.onnx"
    onnx.save(four_bit_graph(random, has_zeros=False), path)
    session = onnxruntime.InferenceSession(session_bytes(path))
    rows = random.normal(size=(3, 4, INPUTS)).astype(np.float32)
    rows[1] *= 1000
    rows[2] = 0
    together = session.run(None, {"x": rows})[0]
    alone = session.run(None, {"x": rows[:1]})[0]
    assert (together[0] == alone[0]).all()
    assert (together[2] == 0).all()


def test_a_graph_of_older_operators_is_left_as_it_is(tmp_path) -> None:
    path = tmp_path / "model.onnx"
    onnx.save(four_bit_graph(np.random.default_rng(6), has_zeros=False, operators=17), path)
    assert session_bytes(path) == path.read_bytes()


def test_a_graph_without_four_bit_products_is_left_as_it_is(make_classifier) -> None:
    path = make_classifier({"ada": "B-PER"}) / "model.onnx"
    assert session_bytes(path) == path.read_bytes()
