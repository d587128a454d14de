"""Two units rebuild the line from x = 1: each adds the slope that the target gains at its knot."""


def submission():
    """Return the weights and biases of the free units."""
    knots_and_slope_changes = [(1, 1), (2, 2)]
    answer = {}
    for unit, (knot, change) in enumerate(knots_and_slope_changes, start=1):
        answer[f"w{unit}"] = change
        answer[f"b{unit}"] = -change * knot
    return answer
