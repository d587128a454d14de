"""A free parameter as a traitlet: a number inside its slider's range, as the page shows it.

The page keeps 15 places behind the point. A longer number is cut to them here as well, so that
Python, the page and the grade always speak of the same one: 0.1 + 0.2 is set as 0.3.
"""

from decimal import Decimal
from fractions import Fraction
from math import trunc

import traitlets

from grader.authoring.linting.grid import nearest_on_grid
from grader.exact.rational import to_double
from grader.exercise.record import Sliders
from grader.labs.controls import Control
from grader.library import plain
from grader.submission.described import describe
from grader.text.inert import inert

_SCALE = 10**15


class Setting(traitlets.Float):
    """What a slider is set to; it starts at 0, or at the step that comes nearest to it."""

    def __init__(self, control: Control) -> None:
        """Take name, range and start from the slider."""
        self._control = control
        start = nearest_on_grid(Sliders(*control[1:]), Fraction(0))
        super().__init__(to_double(_cut(start)))

    def validate(self, obj: object, value: object) -> float:  # noqa: ARG002 - traitlets passes it
        """Return the number to keep.

        Raises: TraitError if the value is not a number, or outside the slider's range.
        """
        name, low, high, _ = self._control
        number = _number(value)
        if number is None:
            given = inert(repr(value), 40)
            raise traitlets.TraitError(
                f"{name} needs a number such as 1 or -0.5, but {given} was given"
            )
        number = _cut(number)
        if not low <= number <= high:
            raise traitlets.TraitError(
                f"{name} goes from {describe(low)} to {describe(high)}, "
                f"but {describe(number)} was given"
            )
        return to_double(number) or 0.0


def _number(value: object) -> Fraction | None:
    """Return a finite number, Python's or NumPy's, as the decimal that it prints; else None."""
    found = plain(value)
    if isinstance(found, bool) or not isinstance(found, (int, float, Fraction, Decimal)):
        return None
    if isinstance(found, (int, Fraction)):
        return Fraction(found)
    try:
        return Fraction(repr(float(found)))
    except (ValueError, OverflowError):  # NaN and infinity
        return None


def _cut(number: Fraction) -> Fraction:
    """Return the number with 15 places, cut towards 0 as the page cuts it."""
    return Fraction(trunc(number * _SCALE), _SCALE)
