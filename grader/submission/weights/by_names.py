"""Arrays that a file keeps by name: layers by what the names say, else by their order.

Of scikit-learn the names are coefs_ and intercepts_, one for each layer, numbered where a file
cannot hold a list; people call the hidden layer's arrays w and b.
"""

import re
from collections.abc import Sequence

from grader.submission.weights.layers import Array, Dense, Framework, Saved, by_name, in_order

# Digits in a name count as a number, so that layer 10 comes after layer 9.
_DIGITS = re.compile(r"(\d{1,9})")
_COEFFICIENTS = re.compile(r"coefs?_*\d*")
_FIRST = re.compile(rf"{_COEFFICIENTS.pattern}|[wW]\d*")
_SECOND = re.compile(r"(?:intercepts?_*|[bB])\d*")


def from_names(arrays: Sequence[Array]) -> Saved:
    """Return the network of named arrays. Raises: SubmissionError (not-weights)."""
    layers = by_name(arrays)
    if layers is None:
        kernels = [array for array in arrays if _FIRST.fullmatch(array.name)]
        biases = [array for array in arrays if _SECOND.fullmatch(array.name)]
        if kernels and len(kernels) + len(biases) == len(arrays):
            arrays = [*_sorted(kernels), *_sorted(biases)]
        layers = in_order(arrays)
    return Saved(_whose(arrays, layers), layers)


def _whose(arrays: Sequence[Array], layers: Sequence[Dense]) -> Framework:
    """Return whose words a student knows, by the names, else by which way round a matrix is."""
    if any(_COEFFICIENTS.fullmatch(array.name) for array in arrays):
        return "scikit-learn"
    for array in arrays:
        if len(array.shape) == 2 and array.shape[0] != array.shape[1]:
            first = (layers[0].inputs, layers[0].units)
            return "keras" if array.shape == first else "pytorch"
    return "arrays"


def _sorted(arrays: list[Array]) -> list[Array]:
    return sorted(arrays, key=lambda array: natural(array.name))


def natural(name: str) -> list[tuple[int, str]]:
    """Return what sorts names as people count: fc2 before fc10."""
    parts = _DIGITS.split(name)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts if part]
