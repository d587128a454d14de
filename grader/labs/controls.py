"""What each slider of the page can be set to: the author's range, or one that fits."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from grader.exercise.record import Exercise

# Steps and ends that a person can count in.
_STEPS = tuple(Fraction(n) for n in ("1", "1/2", "1/10", "1/20", "1/100", "1/1000"))
_ENDS = tuple(Fraction(n * 10**k) for k in range(9) for n in (1, 2, 4, 5, 8))
_MOST_SETTINGS = 2000  # beyond that a step is less than a pixel
_SMALLEST_END = 4


class Control(NamedTuple):
    """One slider: the parameter's name, the ends, and the step from min on."""

    name: str
    min: Fraction
    max: Fraction
    step: Fraction


def given(exercise: Exercise) -> tuple[Control, ...]:
    """Return the author's sliders, none if the exercise has none."""
    sliders = exercise.sliders
    return tuple(Control(name, *sliders) for name in exercise.free) if sliders else ()


def fitting(exercise: Exercise, answers: Iterable[Mapping[str, Fraction]]) -> tuple[Control, ...]:
    """Return sliders that reach the right answers, the same for all weights and for all biases.

    Without an answer they reach what the target's slopes and intercepts suggest.
    """
    found = list(answers)
    return tuple(
        Control(name, -end, end, step)
        for name, (_, letter) in exercise.free.items()
        for end, step in [_fit(_wanted(exercise, found, letter))]
    )


def _wanted(
    exercise: Exercise, answers: list[Mapping[str, Fraction]], letter: str
) -> list[Fraction]:
    """Return the values that sliders of weights, or of biases, have to reach."""
    names = [name for name, (_, own) in exercise.free.items() if own == letter]
    if answers:
        return [answer[name] for answer in answers for name in names]
    return [s.slope if letter == "w" else s.intercept for s in exercise.segments]


def _fit(wanted: list[Fraction]) -> tuple[Fraction, Fraction]:
    """Return end and step: some room beyond the values, and the coarsest step that meets them."""
    largest = max(map(abs, wanted), default=Fraction(0))
    end = max(Fraction(_SMALLEST_END), next(e for e in _ENDS if e >= largest * Fraction(5, 4)))
    # Several settings to a unit, so that the right one is not the only one in sight.
    fine = [s for s in _STEPS if s <= end / 20 and 2 * end / s <= _MOST_SETTINGS]
    meeting = (s for s in fine if all((n / s).denominator == 1 for n in wanted))
    step = next(meeting, None)
    if step is None:  # thirds, say: the page shows them as decimals, as near as JSON can
        shared = max(n.denominator for n in wanted)
        whole = all((n * shared).denominator == 1 for n in wanted)
        step = Fraction(1, shared * ceil(20 / end)) if whole else fine[-1]
    return end, step
