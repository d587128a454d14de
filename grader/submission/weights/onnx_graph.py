"""An ONNX file as records: the nodes of its graph and the tensors that it holds.

Source: onnx/onnx.proto of ONNX 1.23, whose field numbers stand in the code.
"""

import struct
from typing import NamedTuple

from grader.submission.weights.cursor import damaged
from grader.submission.weights.layers import MOST_NUMBERS, Array, refusal
from grader.submission.weights.protobuf import Tagged, fields, grouped, numbers
from grader.submission.weights.shortest import array
from grader.text.inert import inert

_WHAT = "the ONNX file"
_TYPES = {
    1: "float32", 2: "uint8", 3: "int8", 4: "uint16", 5: "int16", 6: "int32", 7: "int64",
    10: "float16", 11: "float64", 12: "uint32", 13: "uint64", 16: "bfloat16",
}  # fmt: skip
_EXTERNAL = 1
# Where a tensor's numbers are: as bytes, floats and doubles; as whole numbers one by one.
_RAW, _LISTED = (9, 4, 10), (5, 7, 11)
_MOST_DIMENSIONS = 8
_MOST_NODES = 1_000


class Node(NamedTuple):
    """An operation: its type, the names of what goes in and comes out, its attributes."""

    kind: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    attributes: dict[str, Tagged | Array]


class Graph(NamedTuple):
    """A network as ONNX has it, and the program that wrote it."""

    producer: str
    nodes: tuple[Node, ...]
    tensors: dict[str, Array]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


def graph(data: bytes) -> Graph:
    """Return the file's graph. Raises: SubmissionError (not-weights, not-a-number)."""
    model = grouped(data, _WHAT)
    if 7 not in model:
        raise damaged(_WHAT)
    if 25 in model:
        raise refusal("the ONNX file defines functions of its own; export the model as it is")
    inside = grouped(model[7][-1].data, _WHAT)
    if 15 in inside:
        raise refusal("the ONNX file has sparse tensors; export the model with dense ones")
    nodes = inside.get(1, [])
    if len(nodes) > _MOST_NODES:
        raise refusal(f"the ONNX graph has {len(nodes):,} nodes; the exercise's has about four")
    tensors: dict[str, Array] = {}
    for each in inside.get(5, []):
        tensor = _tensor(each.data)
        if tensor.name in tensors:
            raise refusal(f'the ONNX file has "{inert(tensor.name, 60)}" twice; export it again')
        tensors[tensor.name] = tensor
    names = [_value_name(each.data) for each in inside.get(11, [])]
    return Graph(
        _text(model[2][-1]) if 2 in model else "",
        tuple(_node(each.data) for each in nodes),
        tensors,
        tuple(name for name in names if name not in tensors),
        tuple(_value_name(each.data) for each in inside.get(12, [])),
    )


def _text(field: Tagged) -> str:
    return field.data.decode("utf-8", "replace")


def _value_name(data: bytes) -> str:
    return next((_text(field) for field in fields(data, _WHAT) if field.number == 1), "")


def _node(data: bytes) -> Node:
    kind = ""
    lists: dict[int, list[str]] = {1: [], 2: []}
    attributes: dict[str, Tagged | Array] = {}
    for field in fields(data, _WHAT):
        if field.number in lists:
            lists[field.number].append(_text(field))
        elif field.number == 4:
            kind = _text(field)
        elif field.number == 5:
            name, value = _attribute(field.data)
            attributes[name] = value
    return Node(kind, tuple(lists[1]), tuple(lists[2]), attributes)


def _attribute(data: bytes) -> tuple[str, Tagged | Array]:
    """Return an attribute's name and its value: a field, or a tensor."""
    name, value = "", Tagged(0, 0, b"")
    tensor: Array | None = None
    packed: list[int] = []
    for field in fields(data, _WHAT):
        if field.number == 1:
            name = _text(field)
        elif field.number == 5:
            tensor = _tensor(field.data)
        elif field.number == 8:
            packed += numbers(field, _WHAT)
        elif field.number in {2, 3}:
            value = field
        elif field.number in {6, 11}:
            raise refusal("the ONNX graph has a graph inside, as loops do; export the model alone")
    if packed:
        value = Tagged(8, 0, bytes(each & 0xFF for each in packed))
    return name, tensor or value


def _tensor(data: bytes) -> Array:
    """Return a tensor with its numbers. Raises: SubmissionError (not-weights, not-a-number)."""
    found = grouped(data, _WHAT)
    name = _text(found[8][-1]) if 8 in found else ""
    if 13 in found or (14 in found and found[14][-1].value == _EXTERNAL):
        where = next(filter(None, (_location(each.data) for each in found.get(13, []))), "unnamed")
        raise refusal(
            f'"{inert(name, 60)}" is kept in another file, {inert(where, 60)}, and no other file '
            "is read; export with external_data=False"
        )
    kind = found[2][-1].value if 2 in found else 0
    dtype = _TYPES.get(kind, f"number {kind} of ONNX")
    lengths = [length for field in found.get(1, []) for length in numbers(field, _WHAT)]
    if len(lengths) > _MOST_DIMENSIONS or any(length >> 40 for length in lengths):
        raise damaged(f'"{inert(name, 60)}"')
    raw = b"".join(field.data for key in _RAW for field in found.get(key, []))
    listed = [n for key in _LISTED for field in found.get(key, []) for n in numbers(field, _WHAT)]
    if listed:
        raw += _listed(listed, dtype)
    return array(name, dtype, tuple(lengths), raw)


def _listed(values: list[int], dtype: str) -> bytes:
    """Return whole numbers that are not raw as the bytes that they would be."""
    if len(values) > MOST_NUMBERS or dtype not in _LETTERS:
        raise damaged(_WHAT)
    size = struct.calcsize(_LETTERS[dtype])
    mask = (1 << 8 * size) - 1
    return b"".join((each & mask).to_bytes(size, "little") for each in values)


_LETTERS = {
    "uint8": "B", "int8": "b", "uint16": "H", "int16": "h", "int32": "i", "int64": "q",
    "float16": "H", "bfloat16": "H", "uint32": "I", "uint64": "Q",
}  # fmt: skip


def _location(data: bytes) -> str:
    pair = {field.number: _text(field) for field in fields(data, _WHAT)}
    return pair.get(2, "") if pair.get(1) == "location" else ""
