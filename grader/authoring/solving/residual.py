"""What is left for the free units once the fixed ones are taken off the target."""

from fractions import Fraction
from typing import NamedTuple

from grader.exact.network import Network, Unit, UnitSpec
from grader.exact.piecewise import Breakpoint, PiecewiseLinear
from grader.exercise.record import Exercise


class Residual(NamedTuple):
    """The function that the free units have to add up to, and who they are.

    `able` are the free units whose output weight is not 0: only these can add anything. `changes`
    are where they have to bend the network, and by how much.
    """

    function: PiecewiseLinear
    units: tuple[UnitSpec, ...]
    free: tuple[int, ...]
    able: tuple[int, ...]
    changes: tuple[Breakpoint, ...]

    @property
    def left(self) -> Fraction:
        """The left end of the domain."""
        return self.function.domain[0]

    @property
    def right(self) -> Fraction:
        """The right end of the domain."""
        return self.function.domain[1]

    @property
    def start(self) -> Fraction:
        """The value at the left end."""
        return self.function.value(self.left)

    @property
    def slope(self) -> Fraction:
        """The slope at the left end."""
        return self.function.segments[0].slope


def residual(exercise: Exercise) -> Residual:
    """Return what the fixed units and the output bias leave over of the target."""
    left, right = exercise.domain
    fixed = tuple(
        Unit(unit.w, unit.b, unit.v)
        for unit in exercise.units
        if unit.w is not None and unit.b is not None
    )
    given = Network(fixed, exercise.bias).as_piecewise(left, right)
    free = tuple(sorted(exercise.free_units))
    able = tuple(k for k in free if exercise.units[k].v)
    left_over = exercise.target - given
    return Residual(left_over, exercise.units, free, able, left_over.breakpoints)
