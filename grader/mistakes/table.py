"""The table of mistakes: what a wrong unit looks like, named for the mistake that produces it.

Theory of operation. A wrong unit makes a *case*: the unit as submitted beside what it should be. A
row of MISTAKES is one code and one formula, either for the (w, b) that the mistake produces or for
how such a unit looks; `naming` says which of several rows that match counts. A new mistake is one
row here and nothing anywhere else: what is said about it, its example and the lists in the JSON
Schemas are read from the row.
"""

from collections.abc import Callable, Sequence

from grader.exact.network import ZERO
from grader.mistakes.cases import KNOT, NOTHING, NUMBERS, Answer, Case, Point
from grader.named import NamedTuple


class Idea(NamedTuple):
    """The idea that a mistake misses, and which of w and b to look at next ("wb": both).

    Nothing here may give a parameter a value: the words speak of places, slopes and slope changes,
    which the target shows anyway, and of signs and sizes. {t} is the breakpoint, {edge} another
    one or an end of the interval, {v} the output weight, {off} how a slope change is off, {way}
    where a turn has to move, {side} where the unit is active, {other_side} where it is needed.
    {mirrored} says that the sides are wrong, too; {nearly} and {almost} have words where numbers
    are met within tolerance only; {the_bias} begins with what is right. With what the report says
    before it, each has to fit in four lines of a terminal.
    """

    text: str
    look: str = "wb"


class Mistake(NamedTuple):
    """A row: what the code means, and how it is seen, by `numbers` or by `looks`.

    `example` gives weight and bias of unit 1, and of unit 2 where it is not right, in the exercise
    that `explaining` describes. `idea` is what the mistake misses, without one its meaning is said;
    `on_a_line` the same for a unit that is to draw a line over the whole interval. `needs` is what
    has to be known of the right answer; where what a row `explains` is right, others come first.
    `alone` are the letters that can make the mistake by themselves, where the other one is given.
    """

    code: str
    meaning: str
    example: tuple[str, ...]
    idea: Idea | None = None
    on_a_line: Idea | None = None
    needs: int = NOTHING
    numbers: Callable[[Answer], Sequence[Point]] | None = None
    looks: Callable[[Case], bool] | None = None
    explains: str = ""
    alone: str = ""


# In the order in which they count.
MISTAKES = (
    Mistake(
        "unit-unset",
        "weight and bias are both 0",
        ("0", "0"),
        Idea(
            "The weight decides by how much the slope changes and on which side of its turn the "
            "unit is active; the bias moves the turn."
        ),
        on_a_line=Idea("The weight makes the slope of its line, the bias its height at x = 0."),
        numbers=lambda _: [(ZERO, ZERO)],
    ),
    Mistake(
        "copied-line",
        "the segment's own equation put into the unit",
        ("5", "-7"),
        Idea(
            "You put {nearly}the target's own line into the unit. But units add up: a unit has to "
            "add only the change of the slope."
        ),
        needs=KNOT,
        numbers=lambda r: [(r.s, r.c)],
        explains="bend",
    ),
    Mistake(
        "absolute-slope",
        "right place, but the segment's slope instead of the slope change",
        ("5", "-10"),
        Idea(
            "{used} {nearly}the slope of the target's line. Units add up: use the change of the "
            "slope."
        ),
        needs=KNOT,
        numbers=lambda r: [(r.s, -r.s * r.t)],
        explains="bend",
        alone="w",
    ),
    Mistake(
        "ignored-output-weight",
        "the output weight was not taken into account",
        ("4", "-8"),
        Idea(
            "You gave the unit {nearly}the line that has to come out after its output weight, {v}. "
            "Allow for the output weight in both weight and bias."
        ),
        needs=NUMBERS,
        numbers=lambda r: [(r.v * r.w, r.v * r.b)],
        explains="bend",
        alone="wb",
    ),
    Mistake(
        "bias-is-breakpoint",
        "the bias is minus the breakpoint: the unit turns at -b/w",
        ("2", "-2"),
        Idea(
            "{the_bias} is {nearly}minus the x where the unit has to turn. It turns at x = -b/w: "
            "the weight counts, too.",
            "b",
        ),
        needs=KNOT,
        numbers=lambda r: [(r.w, -r.t)],
        explains="place",
        alone="b",
    ),
    Mistake(
        "bias-sign",
        "right weight, the bias has the other sign",
        ("2", "4"),
        Idea(
            "Only the sign of the bias is wrong. A unit turns at x = -b/w: right of 0 if weight "
            "and bias differ in sign.",
            "b",
        ),
        on_a_line=Idea(
            "Only the sign of the bias is wrong: it decides whether the line is above or below 0 "
            "at x = 0.",
            "b",
        ),
        needs=NUMBERS,
        numbers=lambda r: [(r.w, -r.b)],
        explains="place",
        alone="b",
    ),
    Mistake(
        "missing-bias",
        "right weight, the bias is 0",
        ("2", "0"),
        Idea(
            "{the_bias} is {missing}. The bias moves the turn, to x = -b/w.",
            "b",
        ),
        on_a_line=Idea("{the_bias} is {nearly}0; it makes the height of the line at x = 0.", "b"),
        needs=NUMBERS,
        numbers=lambda r: [(r.w, ZERO)],
        explains="place",
        alone="b",
    ),
    Mistake(
        "intercept-as-bias",
        "right weight, the segment's intercept as the bias",
        ("2", "-7"),
        Idea(
            "{the_bias} is {nearly}the intercept of the target's line. It has to place the turn, "
            "at x = -b/w.",
            "b",
        ),
        needs=KNOT,
        numbers=lambda r: [(r.w, r.c)],
        explains="place",
        alone="b",
    ),
    Mistake(
        "wrong-side",
        "turns at the right place, but is active on the wrong side",
        ("-2", "4"),
        Idea(
            "The unit is active on the {side} of its turn, but the target needs it on the "
            "{other_side}. The sign of the weight decides that; the bias has to go with it."
        ),
        on_a_line=Idea(
            "The signs are wrong: with the right ones the unit is active on the whole interval."
        ),
        needs=NUMBERS,
        numbers=lambda r: [(-r.w, -r.b)],
    ),
    Mistake(
        "weight-sign",
        "right bias, the weight has the other sign",
        ("-2", "-4"),
        Idea(
            "Only the sign of the weight is wrong. It decides on which side of its turn the unit "
            "is active, and on which side of 0 the turn is.",
            "w",
        ),
        on_a_line=Idea(
            "Only the sign of the weight is wrong: it decides whether the line rises or falls.", "w"
        ),
        needs=NUMBERS,
        numbers=lambda r: [(-r.w, r.b)],
        alone="w",
    ),
    Mistake(
        "swapped-w-and-b",
        "weight and bias are swapped",
        ("-4", "2"),
        Idea(
            "Weight and bias have {almost}changed places: the weight makes the slope, the bias "
            "moves the turn."
        ),
        on_a_line=Idea(
            "Weight and bias have {almost}changed places: the weight makes the slope of the line, "
            "the bias its height at x = 0."
        ),
        needs=NUMBERS,
        numbers=lambda r: [(r.b, r.w)],
    ),
    Mistake(
        "wrong-breakpoint",
        "right weight, turns at another breakpoint or end of the domain",
        ("2", "-6"),
        Idea(
            "{the_turn} {nearly}at x = {edge}; this unit belongs to x = {t}.",
            "b",
        ),
        needs=KNOT,
        numbers=lambda r: [(r.w, -r.w * x) for x in r.elsewhere],
        explains="place",
        alone="b",
    ),
    Mistake(
        "dead-unit",
        "active nowhere inside the domain",
        ("1", "-9"),
        Idea(
            "A unit that is 0 everywhere adds nothing. Its turn, at x = -b/w, has to be inside "
            "the interval."
        ),
        on_a_line=Idea("A unit that is 0 everywhere adds nothing; this one has to be active."),
        looks=lambda case: case.is_dead,
        alone="wb",
    ),
    Mistake(
        "always-on",
        "active everywhere inside the domain",
        ("1", "6"),
        Idea(
            "A unit that is active everywhere only adds a straight line. Its turn, at x = -b/w, "
            "has to be inside the interval."
        ),
        on_a_line=Idea(
            "It is active everywhere, as it should be, but draws another line: the weight makes "
            "its slope, the bias its height."
        ),
        looks=lambda case: case.is_always_on,
        alone="wb",
    ),
    Mistake(
        "slope-change-off",
        "turns at the right place, the slope changes by another amount",
        ("3", "-6"),
        Idea(
            "The place is right, but the slope changes {off}. Change weight and bias together, or "
            "the turn moves, too.{mirrored}"
        ),
        looks=lambda case: case.has_another_bend,
    ),
    Mistake(
        "knot-off",
        "the slope changes by the right amount, at another place",
        ("2", "-3"),
        Idea(
            "The change of the slope is right, but the turn, at x = -b/w, has to move {way}."
            "{mirrored}",
            "b",
        ),
        looks=lambda case: case.has_another_knot,
    ),
)
UNRECOGNISED, PERMUTED = "unrecognised", "units-permuted"
# What is said where no row explains a unit, and of units that are right in another order.
REMARKS = (
    Mistake(
        UNRECOGNISED,
        "none of the known mistakes",
        ("3", "-7"),
        Idea(
            "First find the weight, which makes the change of the slope, then the bias, "
            "which moves the turn, to x = -b/w."
        ),
        on_a_line=Idea(
            "The unit has to be active everywhere: move its turn, at x = -b/w, out of the interval."
        ),
    ),
    Mistake(
        PERMUTED,
        "the units do each other's work; not a mistake",
        ("1/2", "-3/2", "4", "-8"),
    ),
)
BY_CODE = {row.code: row for row in (*MISTAKES, *REMARKS)}
DIAGNOSES = {code: row.meaning for code, row in BY_CODE.items()}
