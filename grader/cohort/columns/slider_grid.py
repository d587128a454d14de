"""The settings of an exercise's sliders, and how they are gone through."""

from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

import numpy as np

from grader.cohort.columns.decimals import Column
from grader.exercise.record import Exercise

MOST = 200_000_000  # settings: some minutes


def how_many(exercise: Exercise) -> int:
    """Return how many settings an exercise's sliders have."""
    sliders = exercise.sliders
    if sliders is None:
        return 0
    values = int((sliders.max - sliders.min) / sliders.step) + 1
    return int(values ** len(exercise.free))


def slider_values(exercise: Exercise) -> tuple[float, ...]:
    """Return the values that a slider can have; none where the exercise has no sliders."""
    sliders = exercise.sliders
    if sliders is None:
        return ()
    count = int((sliders.max - sliders.min) / sliders.step)
    return tuple(float(sliders.min + k * sliders.step) for k in range(count + 1))


class SliderGrid(NamedTuple):
    """The settings of an exercise: the values of each slider, and how units are gone through.

    `tails` are the free parameters of the last free unit, `heads` all others; `alike` says that the
    last two free units do the same with the same numbers.
    """

    exercise: Exercise
    values: tuple[float, ...]
    heads: int
    tails: int
    alike: bool

    @property
    def total(self) -> int:
        """How many settings there are."""
        return int(len(self.values) ** (self.heads + self.tails))


def settings(exercise: Exercise, values: Sequence[float] | None = None) -> SliderGrid:
    """Return the settings of an exercise's sliders, or of those values."""
    names = list(exercise.free.values())
    last = names[-1][0]
    tails = sum(k == last for k, _ in names)
    heads = len(names) - tails
    before = names[heads - 1][0] if heads else last
    one, two = exercise.units[before], exercise.units[last]
    alike = before != last and tails == 2 and one.w is one.b is None and one.v == two.v
    return SliderGrid(exercise, tuple(values or slider_values(exercise)), heads, tails, alike)


def tail_columns(given: SliderGrid) -> list[Column]:
    """Return the last unit's settings as columns."""
    grid = np.array(given.values)
    if given.tails == 1:
        return [grid]
    return [np.repeat(grid, len(grid)), np.tile(grid, len(grid))]


def head_settings(
    given: SliderGrid, share: tuple[int, int]
) -> Iterator[tuple[int, tuple[float, ...]]]:
    """Yield the others' settings, of n of them every k-th, each with its number."""
    part, parts = share
    for number, head in enumerate(product(given.values, repeat=given.heads)):
        if number % parts == part:
            yield number, head
