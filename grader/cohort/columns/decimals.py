"""Which doubles of a column are short decimals, and the whole numbers that they are at a scale.

Let t = rint(w * 10**k). If |t| < 10**15 and t / 10**k == w, then t / 10**k, at most 15 digits long,
reads back as w; no shorter decimal does, save the same number without its zeros, because two
decimals of at most 15 digits never share a double. So t / 10**k is the number that w means.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]
Mask = NDArray[np.bool_]
_CERTAIN = 1e15


class Decimals(NamedTuple):
    """Columns times 10**digits as whole numbers, and in which rows all of them are that."""

    columns: tuple[Column, ...]
    fit: Mask


def as_decimals(columns: tuple[Column, ...], digits: int, largest: float) -> Decimals:
    """Return the columns times 10**digits; rows with a number over `largest` after that do not fit.

    What does not fit is not used.
    """
    power = float(10**digits)
    most = min(largest, _CERTAIN)
    found = []
    fit: Mask = np.ones(len(columns[0]), np.bool_)
    for column in columns:
        whole = np.rint(column * power)
        fit &= whole / power == column
        fit &= np.abs(whole) <= most
        found.append(whole)
    return Decimals(tuple(found), fit)
