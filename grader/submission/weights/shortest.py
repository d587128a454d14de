"""The numbers of an array's bytes as exact decimals, the shortest that each dtype allows.

A float32 is stored for the decimal that a person or a framework wrote: 0.1 is kept as
0.100000001490116..., and 0.1 is the shortest decimal that reads back as it. That one counts, as
for the doubles of a JSON submission.

Source: IEEE 754 binary16, 32 and 64; bfloat16 is the upper half of a binary32.
"""

import struct
from collections.abc import Callable
from decimal import ROUND_UP, Context
from math import frexp, isfinite, isnan

from grader.errors import SubmissionError
from grader.named import NamedTuple
from grader.submission.weights.layers import MOST_NUMBERS, Array, refusal, shape
from grader.text.inert import inert

_POWER = 0.5  # the fraction of a power of two


class Dtype(NamedTuple):
    """How a number lies in its bytes: struct's letter, bytes, and digits that always suffice."""

    letter: str
    size: int
    digits: int


DTYPES = {
    "float16": Dtype("e", 2, 5),
    "bfloat16": Dtype("H", 2, 4),
    "float32": Dtype("f", 4, 9),
    "float64": Dtype("d", 8, 17),
    "int8": Dtype("b", 1, 0),
    "int16": Dtype("h", 2, 0),
    "int32": Dtype("i", 4, 0),
    "int64": Dtype("q", 8, 0),
    "uint8": Dtype("B", 1, 0),
    "uint16": Dtype("H", 2, 0),
    "uint32": Dtype("I", 4, 0),
    "uint64": Dtype("Q", 8, 0),
}  # fmt: skip


def array(
    name: str, dtype: str, lengths: tuple[int, ...], data: bytes, *, big: bool = False
) -> Array:
    """Return an array of these bytes; of one with too many numbers, the shape alone.

    Raises: SubmissionError (not-weights, not-a-number) for another dtype, other bytes than the
    shape needs, NaN and infinity.
    """
    kind = DTYPES.get(dtype)
    if kind is None:
        raise refusal(
            f'"{inert(name, 60)}" is of the dtype {inert(dtype, 40)}, which no weights have; save '
            "them as float32"
        )
    made = Array(name, dtype, lengths, ())
    if len(data) != made.size * kind.size:
        raise refusal(
            f'"{inert(name, 60)}" of shape {shape(lengths)} needs {made.size * kind.size:,} bytes, '
            f"but the file has {len(data):,} for it; save it again"
        )
    if made.size > MOST_NUMBERS:
        return made
    return made._replace(values=_decimals(made, kind, data, ">" if big else "<"))


def _decimals(made: Array, kind: Dtype, data: bytes, order: str) -> tuple[str, ...]:
    numbers = struct.unpack(f"{order}{made.size}{kind.letter}", data)
    if not kind.digits:
        return tuple(map(str, numbers))
    if made.dtype == "bfloat16":
        numbers = tuple(_widened(bits) for bits in numbers)
    for place, number in enumerate(numbers):
        if not isfinite(number):
            raise SubmissionError(
                "not-a-number",
                f'"{inert(made.name, 60)}" has {_called(number)} at {_index(place, made.shape)}; '
                "the training went astray: try a smaller learning rate, then save again",
            )
    return tuple(shortest(number, made.dtype) for number in numbers)


def _called(number: float) -> str:
    return "NaN" if isnan(number) else "an infinite number"


def _index(place: int, lengths: tuple[int, ...]) -> str:
    index: list[int] = []
    for length in reversed(lengths):
        place, at = divmod(place, length)
        index.append(at)
    return f"[{', '.join(map(str, reversed(index)))}]"


def shortest(number: float, dtype: str) -> str:
    """Return the shortest decimal that reads back as the number in its dtype, the nearest such."""
    if dtype == "float64":
        return repr(number)
    bits = _BITS[dtype]
    kept = bits(number)
    is_power = abs(frexp(number)[0]) == _POWER  # its gap below is half of the gap above
    for digits in range(1, DTYPES[dtype].digits):
        text = f"{number:.{digits}g}"
        if bits(float(text)) == kept:
            return text
        if is_power:
            text = str(Context(digits, ROUND_UP).create_decimal_from_float(number))
            if bits(float(text)) == kept:
                return text
    return f"{number:.{DTYPES[dtype].digits}g}"


def _widened(bits: int) -> float:
    (number,) = struct.unpack("<f", struct.pack("<I", bits << 16))
    return float(number)


def _narrow(letter: str) -> Callable[[float], bytes]:
    def bits(number: float) -> bytes:
        try:
            return struct.pack(f"<{letter}", number)
        except OverflowError:  # rounded up beyond the largest
            return b""

    return bits


def _brain(number: float) -> bytes:
    """Return a bfloat16's bytes: of the two halves the upper one, rounded to even."""
    (bits,) = struct.unpack("<I", struct.pack("<f", number))
    return struct.pack("<I", (bits + 0x7FFF + (bits >> 16 & 1)) >> 16)


_BITS = {"float16": _narrow("e"), "float32": _narrow("f"), "bfloat16": _brain}
