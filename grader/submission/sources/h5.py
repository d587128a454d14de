"""A submission as HDF5: `model.save_weights("x.weights.h5")`, or a whole model of Keras 2."""

from grader.submission.weights.contained import contained
from grader.submission.weights.keras_h5 import from_h5
from grader.submission.weights.layers import Saved


def layers(data: bytes) -> Saved:
    """Return the layers in the file. Raises: SubmissionError (not-weights, not-a-number)."""
    return from_h5(data)


read = contained("h5")
