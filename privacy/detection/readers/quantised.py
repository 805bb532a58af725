"""Rewrites an ONNX graph with 4-bit weights to one that multiplies 8-bit integers, in memory.

A graph with ``MatMulNBits`` unpacks its weights to floats at every call. Multiplying integers is
twice as fast on a processor with VNNI. Each token's numbers are quantised with a step of their
own, so what is found in a text does not depend on the texts it is read with.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_LARGEST = 63
"""Seven bits: products of 8-bit weights overflow 16 bits in processors that have AVX2 only."""
_OPERATORS = 18
"""The first set of ONNX operators in which those used here have the inputs given to them."""
_MICROSOFT = "com.microsoft"
_CONSTANTS: Mapping[str, Any] = {
    "/one": np.array(1, np.float32),
    "/zero": np.array(128, np.uint8),
    "/share": np.array(1 / 127, np.float32),
    "/least": np.array(1e-6, np.float32),
    "/first": np.array([0], np.int64),
    "/last": np.array([-1], np.int64),
    "/single": np.array([1], np.int64),
}


def session_bytes(path: Path) -> bytes:
    """Give a graph's bytes, with its 4-bit products rewritten where it has any."""
    content = path.read_bytes()
    if b"MatMulNBits" not in content:
        return content
    model = onnx.load_model_from_string(content)
    if all(one.domain or one.version < _OPERATORS for one in model.opset_import):
        return content
    rewrite(model.graph)
    made: bytes = model.SerializeToString()
    return made


def rewrite(graph: Any) -> None:
    """Replace each ``MatMulNBits`` of a graph whose weights can be unpacked here."""
    weights = {one.name: one for one in graph.initializer}
    quantised: dict[str, tuple[str, str]] = {}
    nodes: list[Any] = []
    for name, value in _CONSTANTS.items():
        graph.initializer.append(numpy_helper.from_array(value, name))
    for node in graph.node:
        if node.op_type != "MatMulNBits" or not _is_plain(node, weights):
            nodes.append(node)
            continue
        matrix = _unpacked(node, weights)
        steps = np.abs(matrix).max(axis=0) / _LARGEST
        steps[steps == 0] = 1
        given, made = node.input[0], node.output[0]
        for name, value in (
            ("weights", np.rint(matrix / steps).astype(np.int8)),
            ("steps", steps),
            ("rows", np.array([-1, matrix.shape[0]], np.int64)),
        ):
            graph.initializer.append(numpy_helper.from_array(value, f"{made}/{name}"))
        if given not in quantised:
            quantised[given] = f"{given}/integers", f"{given}/step"
            nodes += _quantising(given, f"{made}/rows")
        integers, step = quantised[given]
        operands = [integers, f"{made}/weights", "/one", f"{made}/steps", "/zero"]
        nodes += [
            helper.make_node("MatMulIntegerToFloat", operands, [f"{made}/sum"], domain=_MICROSOFT),
            helper.make_node("Mul", [f"{made}/sum", step], [made]),
        ]
    del graph.node[:]
    graph.node.extend(nodes)
    used = {name for node in nodes for name in node.input}
    kept = [one for one in graph.initializer if one.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)


def _quantising(given: str, rows: str) -> list[Any]:
    """Give the nodes that make 8-bit integers of floats, with one step for each row of the last axis.

    Rows are made the first of two axes for it, because a step an axis can only be given for one.
    """

    def node(kind: str, inputs: list[str], output: str, **more: Any) -> Any:
        return helper.make_node(
            kind, [_of(given, one) for one in inputs], [_of(given, output)], **more
        )

    zero = helper.make_tensor("zero", TensorProto.UINT8, [1], [128])
    return [
        node("Reshape", [given, rows], "#rows"),
        node("Abs", ["#rows"], "#sizes"),
        node("ReduceMax", ["#sizes", "/last"], "#size", keepdims=0),
        node("Max", ["#size", "/least"], "#least"),
        node("Mul", ["#least", "/share"], "#steps"),
        node("Shape", ["#steps"], "#count"),
        node("ConstantOfShape", ["#count"], "#zeros", value=zero),
        node("QuantizeLinear", ["#rows", "#steps", "#zeros"], "#quantised", axis=0),
        node("Shape", [given], "#shape"),
        node("Reshape", ["#quantised", "#shape"], "#integers"),
        node("Slice", ["#shape", "/first", "/last"], "#outer"),
        node("Concat", ["#outer", "/single"], "#column", axis=0),
        node("Reshape", ["#steps", "#column"], "#step"),
    ]


def _of(given: str, name: str) -> str:
    return f"{given}/{name[1:]}" if name.startswith("#") else name


def _is_plain(node: Any, weights: dict[str, Any]) -> bool:
    """Tell whether a node has four bits a weight, all of them constant, and nothing else."""
    numbers = {one.name: one.i for one in node.attribute}
    return (
        numbers.get("bits", 4) == 4
        and len([name for name in node.input[3:] if name]) <= 1
        and not any(node.input[4:])
        and all(name in weights for name in node.input[1:4] if name)
        and weights[node.input[2]].data_type == TensorProto.FLOAT
        and (
            len(node.input) < 4
            or not node.input[3]
            or weights[node.input[3]].data_type == TensorProto.UINT8
        )
    )


def _unpacked(node: Any, weights: dict[str, Any]) -> Any:
    """Give a node's weights as floats, input by output.

    Two weights a byte, the first in its low half; a block of inputs shares a step and a zero. The
    zero is 8 where none is given.
    """
    numbers = {one.name: one.i for one in node.attribute}
    inputs, outputs, block = numbers["K"], numbers["N"], numbers["block_size"]
    values = _halves(numpy_helper.to_array(weights[node.input[1]])).reshape(outputs, -1, block)
    steps = numpy_helper.to_array(weights[node.input[2]]).reshape(outputs, -1, 1)
    zeros: Any = np.float32(8)
    if len(node.input) > 3 and node.input[3]:
        packed = numpy_helper.to_array(weights[node.input[3]]).reshape(outputs, -1)
        zeros = _halves(packed).reshape(outputs, -1)[:, : values.shape[1], None]
    matrix = ((values - zeros) * steps).reshape(outputs, -1)[:, :inputs]
    return np.ascontiguousarray(matrix.T)


def _halves(packed: Any) -> Any:
    return np.stack([packed & 15, packed >> 4], axis=-1).astype(np.float32)
