"""A submission as ONNX: a chain of Gemm, or MatMul and Add, and Relu, as exporters lay it out.

The value that goes in is followed from node to node. A matrix begins a layer, a sum after it is its
bias, an activation belongs to the layer before it; a node that changes nothing here is passed over.

Source: onnx/docs/Operators.md; the layouts of torch.onnx.export and tf2onnx.
"""

import struct

from grader.submission.weights.contained import contained
from grader.submission.weights.layers import (
    Array,
    Dense,
    FirstAxis,
    Framework,
    Saved,
    dense,
    refusal,
)
from grader.submission.weights.onnx_graph import Graph, Node, graph
from grader.submission.weights.protobuf import Tagged
from grader.text.inert import inert

_PASSED = ("Identity", "Flatten", "Cast", "Dropout", "Squeeze", "Unsqueeze", "Reshape")
_ACTIVATIONS = {
    "Relu": "relu", "LeakyRelu": "leaky_relu", "PRelu": "prelu", "Elu": "elu", "Selu": "selu",
    "Sigmoid": "sigmoid", "Tanh": "tanh", "Softplus": "softplus", "Softmax": "softmax",
    "HardSigmoid": "hard_sigmoid", "Gelu": "gelu", "Clip": "clip",
}  # fmt: skip
_PRODUCERS: dict[str, Framework] = {
    "pytorch": "pytorch", "tf2onnx": "keras", "keras": "keras", "skl2onnx": "scikit-learn",
}  # fmt: skip
_EXPORT = "export a network of one hidden layer with ReLU and an output that adds up"


class Chain:
    """The layers so far, and the name of the value that they make."""

    def __init__(self, of: Graph) -> None:
        """Begin with what goes into the graph. Raises: SubmissionError (not-weights)."""
        if len(of.inputs) != 1 or len(of.outputs) != 1:
            raise refusal(f"the ONNX graph has more than one input or output; {_EXPORT}")
        self.value = of.inputs[0]
        self.tensors = dict(of.tensors)
        self.layers: list[Dense] = []

    def follow(self, node: Node) -> None:
        """Take one more node. Raises: SubmissionError (not-weights)."""
        if node.kind in {"Constant", "Transpose"}:
            self._constant(node)
            return
        if self.value not in node.inputs or len(node.outputs) < 1:
            raise _other(node)
        if node.kind in {"Gemm", "MatMul"}:
            self._matrix(node)
        elif node.kind == "Add":
            self._add(node)
        elif node.kind in _ACTIVATIONS and self.layers and self.layers[-1].activation == "linear":
            said = _ACTIVATIONS[node.kind]
            self.layers[-1] = self.layers[-1]._replace(activation=said)
        elif node.kind not in _PASSED:
            raise _other(node)
        self.value = node.outputs[0]

    def _constant(self, node: Node) -> None:
        """Keep a tensor that the graph has as a node, or is turned round by one."""
        value = node.attributes.get("value")
        if node.kind == "Transpose":
            turned = self.tensors.get(node.inputs[0]) if node.inputs else None
            order = node.attributes.get("perm")
            is_plain = isinstance(order, Tagged) and order.data != b"\x01\x00"
            if turned is None or len(turned.shape) != 2 or is_plain:
                raise _other(node)
            rows, columns = turned.shape
            values = tuple(v for at in range(columns) for v in turned.values[at::columns])
            value = turned._replace(shape=(columns, rows), values=values)
        if not isinstance(value, Array) or not node.outputs:
            raise _other(node)
        self.tensors[node.outputs[0]] = value

    def _tensor(self, node: Node, place: int) -> Array:
        found = self.tensors.get(node.inputs[place]) if place < len(node.inputs) else None
        if found is None:
            raise _other(node)
        return found

    def _matrix(self, node: Node) -> None:
        if node.inputs[0] != self.value:
            raise _other(node)
        kernel, bias = self._tensor(node, 1), None
        if node.kind == "Gemm":
            if any(_float(node, name) != 1 for name in ("alpha", "beta")) or _whole(node, "transA"):
                raise _other(node)
            bias = self._tensor(node, 2) if len(node.inputs) > 2 and node.inputs[2] else None
        first: FirstAxis = "units" if _whole(node, "transB") else "inputs"
        made = dense(kernel.name, kernel, _flat(bias), first)
        self.layers.append(made._replace(activation="linear"))

    def _add(self, node: Node) -> None:
        place = 1 if node.inputs[0] == self.value else 0
        bias = _flat(self._tensor(node, place))
        last = self.layers[-1] if self.layers else None
        if last is None or last.biases is not None or last.activation != "linear":
            raise _other(node)
        if bias is None or bias.shape != (last.units,):
            raise _other(node)
        self.layers[-1] = last._replace(biases=bias.values)


def _flat(bias: Array | None) -> Array | None:
    """Return a bias that is kept as one row as the row."""
    if bias is None or len(bias.shape) != 2 or bias.shape[0] != 1:
        return bias
    return bias._replace(shape=bias.shape[1:])


def _whole(node: Node, name: str) -> int:
    value = node.attributes.get(name)
    return value.value if isinstance(value, Tagged) else 0


def _float(node: Node, name: str) -> float:
    value = node.attributes.get(name)
    if not isinstance(value, Tagged) or len(value.data) != 4:
        return 1.0
    (number,) = struct.unpack("<f", value.data)
    return float(number)


def _other(node: Node) -> Exception:
    return refusal(
        f'the ONNX graph has a node "{inert(node.kind, 40)}" that the exercise does not have; '
        f"{_EXPORT}"
    )


def layers(data: bytes) -> Saved:
    """Return the layers of the graph, each with its activation.

    Raises: SubmissionError (not-weights, not-a-number).
    """
    found = graph(data)
    chain = Chain(found)
    for node in found.nodes:
        chain.follow(node)
    if chain.value != found.outputs[0]:
        raise refusal(f"the ONNX graph gives out another value than its last; {_EXPORT}")
    framework = _PRODUCERS.get(found.producer.lower(), "arrays")
    return Saved(framework, tuple(chain.layers))


read = contained("onnx")
