"""Whether a network is one of the right answers that a solution lists, decided by evaluation."""

from collections.abc import Iterable

from grader.authoring.solving.families import Family
from grader.authoring.solving.residual import Residual
from grader.authoring.solving.ways import TURN
from grader.exact.network import Network, Unit


def contains(family: Family, rest: Residual, network: Network) -> bool:
    """Tell whether the network is one of the family's right answers."""
    units = network.units
    if any(
        part.role == TURN
        and (units[part.unit].knot != part.x or units[part.unit].w * part.side <= 0)
        for part in family.parts
    ):
        return False
    idle_sum = _sum_of([units[k] for k in family.idle], rest)
    free_sum = _sum_of([units[k] for k in rest.free], rest)
    nothing = rest.function - rest.function
    return idle_sum == nothing and free_sum == rest.function


def _sum_of(units: Iterable[Unit], rest: Residual) -> object:
    return Network(tuple(units)).as_piecewise(rest.left, rest.right)
