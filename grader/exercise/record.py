"""The frozen Exercise: target, network, rules, and what each check is worth."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from grader.exact.network import Network, Unit, UnitSpec
from grader.exact.piecewise import PiecewiseLinear, Segment
from grader.exercise.checks import Rules
from grader.named import NamedTuple
from grader.text.codes import ChosenBy, Kind, Live, Reveal, Role
from grader.text.inert import Inert, InertLines, inert


class Sliders(NamedTuple):
    """The grid that a student can reach in a page with sliders."""

    min: Fraction
    max: Fraction
    step: Fraction


class Check(NamedTuple):
    """One check: a segment (left, right) or a breakpoint (left == right == x), and its worth.

    `blank` is the credit of the blank submission; 1 makes the check a guard. `share` is the
    weight's share of all weights, `worth` the points of a goal, 0 for a guard.
    """

    id: str
    kind: Kind
    role: Role
    left: Fraction
    right: Fraction
    slope_change: Fraction
    blank: Fraction
    share: Fraction
    worth: Fraction


class Variant(NamedTuple):
    """Which of its variants an exercise is, and how to have another.

    Variants count from 0. `number` is None where none is chosen yet: the exercise then shows the
    first, and nothing is graded by it. `of` is how many there are, `digest` is the list's, and
    `chosen_by` says how it was chosen. `make` gives the exercise of a number, `spec` its text,
    `numbers` its numbers by name; a spec of one variant has none of these.
    """

    number: int | None
    of: int
    digest: str
    values: Mapping[str, Fraction]
    make: "Callable[[int], Exercise] | None" = None
    spec: "Callable[[int], str] | None" = None
    numbers: "Callable[[int], Mapping[str, Fraction]] | None" = None
    chosen_by: ChosenBy = "nobody"


class Exercise(NamedTuple):
    """A target to rebuild and how a network is marked; made by `build`."""

    id: str
    title: Inert
    description: InertLines
    target: PiecewiseLinear
    segments: tuple[Segment, ...]
    units: tuple[UnitSpec, ...]
    bias: Fraction
    rules: Rules
    points: Fraction
    reveal: Reveal
    live: Live  # what the page with sliders says before anything is handed in
    messages: Mapping[str, InertLines]
    sliders: Sliders | None
    free: Mapping[str, tuple[int, str]]  # parameter name -> unit index, "w" or "b"
    free_units: frozenset[int]
    checks: tuple[Check, ...]
    digest: str = ""
    variant: Variant | None = None  # None: everybody has the same
    any_order: bool = False  # whether a trained network's units may come in another order

    def __repr__(self) -> str:
        """Return one line: the id, and how much there is to rebuild and to choose."""
        sizes = f"{len(self.segments)} segments, {len(self.units)} units, {len(self.free)} free"
        which = ""
        if self.variant:
            number = "no variant" if self.variant.number is None else self.variant.number
            which = f", {number} chosen of {self.variant.of:,} variants"
        return f"<Exercise {inert(self.id, 40)}: {sizes}{which}>"

    @property
    def domain(self) -> tuple[Fraction, Fraction]:
        """The ends of the interval."""
        return self.target.domain

    @property
    def is_open(self) -> bool:
        """Whether there are variants of which none is chosen: nothing is graded by it."""
        return self.variant is not None and self.variant.number is None

    def network(self, parameters: Mapping[str, Fraction]) -> Network:
        """Return the network with the free parameters, all given by name, put in."""
        return Network(
            tuple(
                Unit(
                    parameters[f"w{k}"] if unit.w is None else unit.w,
                    parameters[f"b{k}"] if unit.b is None else unit.b,
                    unit.v,
                )
                for k, unit in enumerate(self.units)
            ),
            self.bias,
        )


def free_parameters(units: Sequence[UnitSpec]) -> dict[str, tuple[int, str]]:
    """Return the names of the free parameters, in order, with the unit and the letter of each."""
    free: dict[str, tuple[int, str]] = {}
    for k, unit in enumerate(units):
        if unit.w is None:
            free[f"w{k}"] = (k, "w")
        if unit.b is None:
            free[f"b{k}"] = (k, "b")
    return free
