"""The values in order, as an array."""

import numpy as np


def submission():
    knots = np.array([1, 2])
    weights = np.diff([-2, 1, 3])  # what the slope has to change by
    weights[0] -= 2  # unit 0 ends at x = 1 and takes its own slope of -2 away
    return np.column_stack([weights, -weights * knots]).ravel()
