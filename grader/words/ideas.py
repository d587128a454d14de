"""The idea that each mistake misses, in plain words, and the parameter to look at next.

Nothing here may give a parameter a value: the words speak of places, slopes and slope changes,
which the target shows anyway, and of signs and sizes. A mistake without a row here is explained by
its meaning in codes.DIAGNOSES.
"""

from typing import NamedTuple


class Idea(NamedTuple):
    """The idea that a mistake misses, and which of w and b to look at next ("wb": both)."""

    text: str
    look: str = "wb"


# {t} is the breakpoint, {knot} where the unit turns, {v} its output weight, {off} says how a change
# of the slope is off, {way} where a turn has to move, {side} where the unit is active, {near} is a
# sentence on the next breakpoint. With what the report says before it, each has to fit in four
# lines of a terminal.
IDEAS: dict[str, Idea] = {
    "unit-unset": Idea(
        "The weight decides by how much the slope changes and on which side of its turn the unit "
        "is active; the bias moves the turn."
    ),
    "copied-line": Idea(
        "You put the target's own line into the unit. But units add up: a unit has to add only "
        "the change of the slope."
    ),
    "absolute-slope": Idea(
        "The place is right, but you used the slope of the target's line. Units add up: use the "
        "change of the slope."
    ),
    "ignored-output-weight": Idea(
        "What the unit gives is multiplied by its output weight, {v}; without that you would be "
        "right. Allow for it in both."
    ),
    "bias-is-breakpoint": Idea(
        "The weight is right, but the bias is minus the place of the turn. A unit turns at "
        "x = -b/w: the weight counts, too.",
        "b",
    ),
    "bias-sign": Idea(
        "Only the sign of the bias is wrong. A unit turns at x = -b/w: right of 0 if weight and "
        "bias differ in sign.",
        "b",
    ),
    "missing-bias": Idea(
        "The weight is right, but without a bias every unit turns at x = 0. The bias moves the "
        "turn, to x = -b/w.",
        "b",
    ),
    "intercept-as-bias": Idea(
        "The weight is right, but the bias is the intercept of the target's line. It has to "
        "place the turn, at x = -b/w.",
        "b",
    ),
    "wrong-side": Idea(
        "It is active {side} of its turn, but is needed on the other side. The sign of the weight "
        "decides that; the bias has to go with it."
    ),
    "weight-sign": Idea(
        "Only the sign of the weight is wrong. It decides on which side of its turn the unit is "
        "active, and on which side of 0 the turn is.",
        "w",
    ),
    "swapped-w-and-b": Idea(
        "Weight and bias have changed places: the weight makes the slope, the bias moves the turn."
    ),
    "wrong-breakpoint": Idea(
        "The weight is right, but at x = {knot} another of the target's lines begins or ends; "
        "this unit belongs to x = {t}.",
        "b",
    ),
    "dead-unit": Idea(
        "A unit that is 0 everywhere adds nothing. Its turn, at x = -b/w, has to be inside the "
        "interval."
    ),
    "always-on": Idea(
        "A unit that is active everywhere changes the slope nowhere. Its turn, at x = -b/w, has "
        "to be inside the interval."
    ),
    "slope-change-off": Idea(
        "The place is right, but the slope changes {off}. Change weight and bias together, or "
        "the turn moves, too."
    ),
    "knot-off": Idea(
        "The change of the slope is right, but the turn, at x = -b/w, has to move {way}.", "b"
    ),
    "unrecognised": Idea(
        "{near} First find the weight, which makes the change of the slope, then the bias, which "
        "moves the turn, to x = -b/w."
    ),
}

# For a unit that is to draw a line over the whole interval, and for one that is not needed.
LINE_IDEAS: dict[str, Idea] = {
    "unit-unset": Idea("The weight makes the slope of its line, the bias its height at x = 0."),
    "bias-sign": Idea(
        "Only the sign of the bias is wrong: it decides whether the line is above or below 0 at "
        "x = 0.",
        "b",
    ),
    "missing-bias": Idea(
        "The weight is right, but the line has no bias, which makes its height at x = 0.", "b"
    ),
    "wrong-side": Idea(
        "Weight and bias both have the wrong sign: the unit is active just where it should not be."
    ),
    "weight-sign": Idea(
        "Only the sign of the weight is wrong: it decides whether the line rises or falls.", "w"
    ),
    "swapped-w-and-b": Idea(
        "Weight and bias have changed places: the weight makes the slope of the line, the bias its "
        "height at x = 0."
    ),
    "dead-unit": Idea("A unit that is 0 everywhere adds nothing; this one has to be active."),
    "always-on": Idea(
        "That is right, but it draws another line: the weight makes its slope, the bias its height."
    ),
    "unrecognised": Idea(
        "{near} The unit has to be active everywhere: move its turn, at x = -b/w, out of the "
        "interval."
    ),
}
SPARE = Idea(
    "It does no harm while it is 0 on the whole interval: unset, or with its turn outside and "
    "active on the far side."
)
