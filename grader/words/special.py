"""What is said about a unit that is not needed, partly given, alone, mirrored or only rounded."""

from grader.mistakes.table import Idea

# For a unit that is not needed.
SPARE = Idea(
    "It does no harm while it is 0 on the whole interval: unset, or with its turn outside and "
    "active on the far side."
)
SPARE_GIVEN = Idea(
    "It does no harm while it is 0 on the whole interval: with its turn outside and active on the "
    "far side."
)
# For a unit whose weight or bias is given: only the other one can be changed.
GIVEN = {
    "w": Idea("The weight is given; the bias moves the turn, to x = -b/w.{step}", "b"),
    "b": Idea(
        "The bias is given, so the weight sets both where the unit turns, at x = -b/w, and by how "
        "much the slope changes.{step}",
        "w",
    ),
}
# The same of mistakes that have to be said in other words then, by the letter that is free.
OUTPUT = {
    "ignored-output-weight": {
        "w": Idea(
            "The weight is {nearly}the slope that has to come out after the unit's output weight, "
            "{v}. Allow for the output weight.",
            "w",
        ),
        "b": Idea(
            "The bias is {nearly}the intercept of the line that has to come out after the unit's "
            "output weight, {v}. Allow for the output weight.",
            "b",
        ),
    },
}
# For a unit without a breakpoint, where no right answer is known.
ALONE = {
    "dead-unit": Idea("A unit that is 0 everywhere adds nothing."),
    "always-on": Idea("A unit that is active everywhere adds a straight line."),
    "unrecognised": Idea("{near}Together the free units have to change the slope nowhere."),
}
# What is added where the unit is also active on the wrong side: the left, or the right.
MIRRORED = (
    " It is active on the left of its turn, but the target needs it on the right.",
    " It is active on the right of its turn, but the target needs it on the left.",
)
# Where tolerances are so small that rounding in the last digits is not within them.
ROUNDING = Idea(
    "That differs from what is needed only by rounding, by less than one part in a billion: write "
    "the number with fewer digits, as you would by hand."
)
