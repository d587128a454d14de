"""One array in NumPy's own format, without NumPy and without unpickling.

The header is a Python literal of a dictionary; it is read by one expression that knows the three
keys and nothing else.

Source: numpy/lib/format.py, "Format Version 1.0" to 3.0.
"""

import re

from grader.submission.weights.cursor import Cursor, damaged
from grader.submission.weights.layers import Array, refusal, shape
from grader.submission.weights.shortest import array
from grader.text.inert import inert

MAGIC = b"\x93NUMPY"
_LONGEST_HEADER = 10_000  # bytes, as numpy.load itself allows
_MOST_DIMENSIONS = 8
_HEADER = re.compile(
    rb"\{'descr': (?P<descr>'[^'\\]{1,40}'|\[[^\n]*\]), 'fortran_order': (?P<fortran>True|False), "
    rb"'shape': \((?P<shape>[0-9, ]*)\), \}\s*"
)
_KINDS = {"f": "float", "i": "int", "u": "uint"}
_OBJECTS = (
    "is an array of objects, which only Python's unpickling can read; save the arrays themselves: "
    "np.savez('weights.npz', *model.get_weights())"
)


def read(window: Cursor, name: str) -> Array:
    """Return the array at the window's place, and leave the window behind it.

    Raises: SubmissionError (not-weights, not-a-number).
    """
    what = f'"{inert(name, 60)}"'
    if window.take(len(MAGIC)) != MAGIC:
        raise damaged(what)
    major, _ = window.take(2)
    length = window.number(2 if major == 1 else 4)
    if length > _LONGEST_HEADER:
        raise damaged(what)
    found = _HEADER.fullmatch(window.take(length))
    if found is None or major not in {1, 2, 3}:
        raise refusal(f"{what} has a header that NumPy does not write; save it again with np.savez")
    descr = found["descr"].decode("ascii", "replace").strip("'")
    if "O" in descr:
        raise refusal(f"{what} {_OBJECTS}")
    lengths = tuple(int(each) for each in found["shape"].split(b",") if each.strip())
    if len(lengths) > _MOST_DIMENSIONS:
        raise refusal(f"{what} has {len(lengths)} dimensions; the weights of a dense layer have 2")
    return _filled(window, name, descr, lengths, fortran=found["fortran"] == b"True")


def _filled(
    window: Cursor, name: str, descr: str, lengths: tuple[int, ...], *, fortran: bool
) -> Array:
    """Return the array with the numbers that follow its header."""
    kind = _KINDS.get(descr[1:2])
    if kind is None or descr[:1] not in "<>|=" or not descr[2:].isdigit():
        raise refusal(
            f'"{inert(name, 60)}" is of the dtype {inert(descr, 40)}, which no weights have; save '
            "them as float32"
        )
    size = 1
    for length in lengths:
        size *= length
    size *= int(descr[2:][:4])
    if size > window.left:
        raise refusal(
            f'"{inert(name, 60)}" of shape {shape(lengths)} needs {size:,} bytes, but the file has '
            f"{window.left:,} for it; save it again"
        )
    made = array(
        name, f"{kind}{int(descr[2:]) * 8}", lengths, window.take(size), big=descr[0] == ">"
    )
    return _by_rows(made) if fortran else made


def _by_rows(columns: Array) -> Array:
    """Return an array that is kept column by column, as Fortran does, row by row."""
    values, lengths = columns.values, columns.shape
    if len(lengths) != 2 or not values:  # more dimensions are refused whatever they hold
        return columns
    height = lengths[0]
    return columns._replace(values=tuple(v for row in range(height) for v in values[row::height]))
