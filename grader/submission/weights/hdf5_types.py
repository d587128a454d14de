"""HDF5's messages about types: what a number or a text is, how many there are, and attributes.

Source: HDF5 File Format Specification 3.0, IV.A.2.b (dataspace), IV.A.2.d (datatype), IV.A.2.m
(attribute), III.E (global heap), where texts of any length lie.
"""

from grader.named import NamedTuple
from grader.submission.weights.cursor import Cursor, damaged
from grader.submission.weights.layers import refusal

_WHAT = "the HDF5 file"
_MOST_DIMENSIONS = 8
_MOST_TEXTS = 2_000
_LONGEST_TEXT = 1 << 20
_INTEGER, _FLOAT, _TEXT, _VARIABLE = 0, 1, 3, 9
_NAMES = (
    "integer", "float", "time", "string", "bit field", "opaque", "compound (complex numbers, say)",
    "reference", "enumeration", "variable length", "array",
)  # fmt: skip
# A float's bits, its exponent's place and size, its fraction's place and size, the exponent's bias.
_FLOATS: dict[tuple[int, ...], str] = {
    (16, 10, 5, 0, 10, 15): "float16",
    (16, 7, 8, 0, 7, 127): "bfloat16",
    (32, 23, 8, 0, 23, 127): "float32",
    (64, 52, 11, 0, 52, 1023): "float64",
}


class Datatype(NamedTuple):
    """What one element is, its size in bytes, whether its high byte comes first."""

    name: str
    size: int
    big: bool = False


def datatype(body: Cursor) -> Datatype:
    """Return a datatype. Raises: SubmissionError (not-weights)."""
    kind, low, _, _, size = body.numbers("<BBBBI")
    kind &= 0x0F
    if kind == _FLOAT:
        start, *form = body.numbers("<HHBBBBI")
        bits = form[0]
        name = _FLOATS.get(tuple(form)) if not start and bits == 8 * size else None
        return Datatype(name or "float of another form", size, bool(low & 1))
    if kind == _INTEGER:
        sign = "int" if low & 8 else "uint"
        return Datatype(f"{sign}{8 * size}", size, bool(low & 1))
    if kind == _TEXT:
        return Datatype("text", size)
    if kind == _VARIABLE and low & 0x0F == 1:
        return Datatype("texts", size)
    return Datatype(_NAMES[kind] if kind < len(_NAMES) else "unknown", size)


def dataspace(body: Cursor) -> tuple[int, ...]:
    """Return the lengths of the dimensions, none of a single value."""
    version, count, _ = body.numbers("<BBB")
    if version == 1:
        body.skip(5)
    elif version == 2:
        kind = body.number(1)
        if kind == 2:  # of nothing
            return (0,)
    if version not in {1, 2} or count > _MOST_DIMENSIONS:
        raise damaged(_WHAT)
    return body.numbers(f"<{count}Q")


def attribute(body: Cursor, data: bytes) -> tuple[str, bytes | list[bytes] | None]:
    """Return an attribute's name and its text or texts; None where it is something else."""
    version, flags = body.numbers("<BB")
    sizes = body.numbers("<HHH")
    if version == 3:
        body.skip(1)  # the names' encoding
    if version not in {1, 2, 3}:
        raise damaged(_WHAT)
    parts: list[Cursor] = []
    for size in sizes:
        start = body.at
        body.skip(size)
        parts.append(Cursor(body.data, _WHAT, start, start + size))
        if version == 1:
            body.align(8, start)
    name = parts[0].take(parts[0].left).split(b"\0")[0].decode("utf-8", "replace")
    if version != 1 and flags & 3:  # its type or space is another object's
        return name, None
    return name, _texts(datatype(parts[1]), dataspace(parts[2]), body, data)


def _texts(
    kind: Datatype, lengths: tuple[int, ...], body: Cursor, data: bytes
) -> bytes | list[bytes] | None:
    count = 1
    for length in lengths:
        count *= length
    if kind.name not in {"text", "texts"} or len(lengths) > 1:
        return None
    if count > _MOST_TEXTS:
        raise refusal("an attribute of the file is a list of thousands of texts")
    if kind.name == "text":
        found = [body.take(kind.size).rstrip(b"\0") for _ in range(count)]
    else:
        found = [_heaped(body, data) for _ in range(count)]
    return found if lengths else found[0]


def _heaped(body: Cursor, data: bytes) -> bytes:
    """Return a text of any length, from the heap where it lies."""
    length, address, index = body.numbers("<IQI")
    if not length:
        return b""
    heap = Cursor(data, _WHAT, address)
    if heap.take(4) != b"GCOL" or length > _LONGEST_TEXT:
        raise damaged(_WHAT)
    heap.skip(4)
    size = heap.number(8)
    heap = Cursor(data, _WHAT, heap.at, address + size)
    while heap.left >= 16:
        found, _, _, long = heap.numbers("<HHIQ")
        text = heap.take(long)
        if found == index and found:
            return text[:length]
        if not found:
            break
        heap.skip(min(-long % 8, heap.left))
    raise damaged(_WHAT)
