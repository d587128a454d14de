from fractions import Fraction as F

import pytest

from grader.exact.network import Knot, Network, Unit
from grader.exact.piecewise import PiecewiseLinear, Segment


def test_a_unit() -> None:
    unit = Unit(F(-2), F(3), F(-1, 2))
    assert (unit.z(F(1)), unit.a(F(1)), unit.a(F(2))) == (1, 1, 0)
    assert (unit.knot, unit.bend) == (F(3, 2), -1)
    assert Unit(F(0), F(3)).knot is None
    assert Unit(F(0), F(3)).bend == 0


@pytest.mark.parametrize(
    ("w", "b", "active"),
    [
        (1, -1, (1, 3)),
        (-1, 1, (0, 1)),
        (1, 5, (0, 3)),
        (1, -3, None),
        (-1, 0, None),
        (0, 1, (0, 3)),
        (0, 0, None),
        (0, -1, None),
    ],
)
def test_where_a_unit_is_active(w: int, b: int, active: tuple[int, int] | None) -> None:
    assert Unit(F(w), F(b)).active(F(0), F(3)) == active


def test_knots_count_strictly_inside_the_domain() -> None:
    units = (Unit(F(1), F(0)), Unit(F(1), F(-3)), Unit(F(-2), F(2)), Unit(F(0), F(1)))
    network = Network((*units, Unit(F(1), F(-1, 2))))
    assert network.knots(F(0), F(3)) == [Knot(F(1, 2), F(1), 4), Knot(F(1), F(2), 2)]


def test_the_lab_network_is_the_lab_target() -> None:
    units = (Unit(F(-2), F(2)), Unit(F(1), F(-1)), Unit(F(2), F(-4)))
    assert Network(units).as_piecewise(F(0), F(3)) == PiecewiseLinear.from_points(
        [(F(0), F(2)), (F(1), F(0)), (F(2), F(1)), (F(3), F(4))]
    )


def test_no_units_are_the_output_bias() -> None:
    assert Network((), F(7)).as_piecewise(F(0), F(1)).segments == (Segment(F(0), F(1), F(0), F(7)),)


def test_bends_that_cancel_and_output_weight_0_leave_no_breakpoint() -> None:
    one, other = Unit(F(1), F(-1)), Unit(F(-1), F(1), F(-1))
    network = Network((one, other, Unit(F(1), F(-2), F(0))))
    assert network.as_piecewise(F(0), F(3)).segments == (Segment(F(0), F(3), F(1), F(-1)),)
