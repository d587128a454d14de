"""The assignment of least cost: each row gets a column of its own, exactly, in whole numbers.

Costs that are compared one after the other (first the worse kind, then the next) become one whole
number, in which a step of an earlier one outweighs all that the later ones add up to.

Source: H. W. Kuhn, "The Hungarian method for the assignment problem" (1955), with shortest paths
and potentials as in R. Jonker and A. Volgenant (1987); O(rows * rows * columns).
"""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from grader.named import NamedTuple

_FREE = _START = -1  # no row; no column
Costs = Sequence[Sequence[tuple[Fraction | int, ...]]]


def cheapest(costs: Costs) -> tuple[int, ...]:
    """Return for each row its column, so that the costs add up to the least, the first one first.

    Shape: rows of equal length, at least as many columns as rows; costs of 0 or more.
    """
    whole = _whole(costs)
    columns = len(whole[0]) if whole else 0
    state = _State(whole, [0] * len(whole), [0] * columns, [_FREE] * columns)
    for row in range(len(whole)):
        _make_room(state, row)
    places = {row: column for column, row in enumerate(state.owners) if row != _FREE}
    return tuple(places[row] for row in range(len(whole)))


class _State(NamedTuple):
    """What is known between rows: potentials of rows and columns, and whose each column is."""

    costs: list[list[int]]
    of_rows: list[int]
    of_columns: list[int]
    owners: list[int]


def _make_room(state: _State, row: int) -> None:
    """Give a row a column, moving other rows along the path that costs least."""
    reached, before = _paths(state, row)
    at, total = next(reversed(reached.items()))
    state.of_rows[row] += total
    for column, far in reached.items():
        if state.owners[column] != _FREE:
            state.of_rows[state.owners[column]] += total - far
            state.of_columns[column] -= total - far
    while at != _START:
        last = before[at]
        state.owners[at] = row if last == _START else state.owners[last]
        at = last


def _paths(state: _State, row: int) -> tuple[dict[int, int], dict[int, int]]:
    """Return how far each column is that was reached, up to a free one, and after which column.

    The nearest one is reached next, as in Dijkstra's search, since no step costs less than 0.
    """
    reached: dict[int, int] = {}
    before: dict[int, int] = {}
    ahead: dict[int, int] = {}  # columns that are not reached yet, and how far they are
    here, so_far, at = row, 0, _START
    while here != _FREE:
        for column, cost in enumerate(state.costs[here]):
            far = so_far + cost - state.of_rows[here] - state.of_columns[column]
            if column not in reached and far < ahead.get(column, far + 1):
                ahead[column], before[column] = far, at
        so_far, at = min((far, column) for column, far in ahead.items())
        reached[at] = ahead.pop(at)
        here = state.owners[at]
    return reached, before


def _whole(costs: Costs) -> list[list[int]]:
    """Return each pair's costs as one whole number."""
    kinds = len(costs[0][0]) if costs and costs[0] else 0
    made = [[0] * len(row) for row in costs]
    weight = 1
    for kind in reversed(range(kinds)):
        unit = lcm(*(Fraction(cost[kind]).denominator for row in costs for cost in row))
        most = 0
        for numbers, row in zip(made, costs, strict=True):
            for column, cost in enumerate(row):
                steps = int(cost[kind] * unit)
                most = max(most, steps)
                numbers[column] += steps * weight
        weight *= most * len(costs) + 1
    return made
