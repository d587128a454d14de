"""A submission as one file with an array after the other.

That is what `np.save(file, array)` writes, called for each array of get_weights() on one open
file. A single array of two rows is the hidden layer's weights and biases.
"""

from grader.submission.weights import npy
from grader.submission.weights.by_names import from_names
from grader.submission.weights.contained import contained
from grader.submission.weights.cursor import Cursor
from grader.submission.weights.layers import MOST_LAYERS, Array, Saved, refusal


def layers(data: bytes) -> Saved:
    """Return the layers of the file's arrays.

    Raises: SubmissionError (not-weights, not-a-number).
    """
    window = Cursor(data, "the file")
    arrays: list[Array] = []
    while window.left:
        arrays.append(npy.read(window, f"array {len(arrays)}"))
        if len(arrays) > 2 * MOST_LAYERS:
            raise refusal("there are more arrays than any network of the exercise has")
    return from_names(_rows(*arrays) if len(arrays) == 1 else arrays)


def _rows(both: Array) -> list[Array]:
    """Return the two rows of an array as weights and biases; any other array as it is."""
    if len(both.shape) != 2 or both.shape[0] != 2 or both.shape[1] == 1:
        return [both]
    half = both.size // 2
    parts = (both.values[:half], both.values[half:])
    return [
        both._replace(name=f"row {k}", shape=both.shape[1:], values=part)
        for k, part in enumerate(parts)
    ]


read = contained("npy")
