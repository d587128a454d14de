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
# of the slope is off, {way} where a turn has to move, {near} is a sentence on the next breakpoint.
IDEAS: dict[str, Idea] = {
    "unit-unset": Idea(
        "A unit changes the network only once it has a weight, which decides how much the slope "
        "changes and on which side the unit is active, and a bias, which moves the turn."
    ),
    "copied-line": Idea(
        "You have put the equation of the target's own line into the unit. But the network adds "
        "its units up, and the other ones go on where this one begins: a unit only has to add what "
        "is still missing, and that is the change of the slope."
    ),
    "absolute-slope": Idea(
        "The unit turns at the right place, but has the slope that the target's line has there. "
        "The other units go on, so only the change of the slope has to be added."
    ),
    "ignored-output-weight": Idea(
        "What the unit gives is multiplied by its output weight, {v}, before it is added up. Your "
        "weight and bias would be right without that; take it into account in both."
    ),
    "bias-is-breakpoint": Idea(
        "The weight is right, but the bias is minus the place of the turn. A unit turns where "
        "w*x + b is 0, that is at x = -b/w: the weight counts, too.",
        "b",
    ),
    "bias-sign": Idea(
        "The weight is right, and so is the size of the bias, but not its sign: a unit turns at "
        "x = -b/w, so with a positive weight a turn right of 0 needs a negative bias.",
        "b",
    ),
    "missing-bias": Idea(
        "The weight is right, but without a bias every unit turns at x = 0. The bias moves the "
        "turn, to x = -b/w.",
        "b",
    ),
    "intercept-as-bias": Idea(
        "The weight is right, but the bias is the intercept of the target's line. A unit's bias "
        "has another task: with the weight it places the turn, at x = -b/w.",
        "b",
    ),
    "wrong-side": Idea(
        "The unit turns at the right place, but is active on the wrong side of it. With a positive "
        "weight a unit is active right of its turn, with a negative one left of it; the bias has "
        "to go with the weight, or the turn moves."
    ),
    "weight-sign": Idea(
        "The bias is right, and so is the size of the weight, but not its sign: it decides on "
        "which side of the turn the unit is active, and on which side of 0 the turn is.",
        "w",
    ),
    "swapped-w-and-b": Idea(
        "Weight and bias have changed places: the weight is multiplied by x and makes the slope, "
        "the bias is added and moves the turn."
    ),
    "wrong-breakpoint": Idea(
        "The weight is right, but the unit turns at x = {knot}, where another of the target's "
        "lines begins or ends. Its change of the slope belongs to x = {t}.",
        "b",
    ),
    "dead-unit": Idea(
        "A unit that is 0 everywhere adds nothing. It turns at x = -b/w; that has to be inside the "
        "interval, and the sign of the weight decides on which side of it the unit is active."
    ),
    "always-on": Idea(
        "A unit that is active everywhere cannot change the slope anywhere. It turns at x = -b/w, "
        "and that has to be inside the interval."
    ),
    "slope-change-off": Idea(
        "The unit turns at the right place, but it changes the slope {off}. The change is the "
        "weight, without its sign, times the output weight, {v}. The bias has to go with the "
        "weight, or the turn moves."
    ),
    "knot-off": Idea(
        "The unit changes the slope by the right amount, but at the wrong place: the turn has to "
        "move {way}. It is at x = -b/w.",
        "b",
    ),
    "unrecognised": Idea(
        "This is none of the usual mistakes. {near} First find the weight, which makes the change "
        "of the slope; then the bias, which moves the turn, to x = -b/w."
    ),
}

# For a unit that is to draw a line over the whole interval, and for one that is not needed.
LINE_IDEAS: dict[str, Idea] = {
    "unit-unset": Idea(
        "A unit adds nothing until it has a weight, which makes the slope of its line, or a bias, "
        "which makes its height."
    ),
    "bias-sign": Idea(
        "The weight is right, and so is the size of the bias, but not its sign: it decides whether "
        "the line is above or below 0 at x = 0.",
        "b",
    ),
    "missing-bias": Idea(
        "The weight is right, but the line has no bias, which makes its height at x = 0.", "b"
    ),
    "wrong-side": Idea(
        "Weight and bias both have the wrong sign: the unit is active just where it should not be."
    ),
    "weight-sign": Idea(
        "The bias is right, and so is the size of the weight, but not its sign: it decides whether "
        "the line rises or falls.",
        "w",
    ),
    "dead-unit": Idea("A unit that is 0 everywhere adds nothing; this one has to be active."),
    "always-on": Idea(
        "It is right that the unit is active everywhere, but it draws another line. The weight "
        "makes its slope, the bias its height."
    ),
    "unrecognised": Idea(
        "This is none of the usual mistakes. {near} The unit has to be active everywhere: move its "
        "turn, at x = -b/w, out of the interval."
    ),
}
SPARE = Idea(
    "The unit does no harm as long as it is 0 on the whole interval: unset, or with its turn "
    "outside and active on the far side."
)
