"""What is said of a unit that is not needed, partly given, alone or only rounded."""

from grader.mistakes.table import Idea

# For a unit that is not needed.
SPARE = Idea(
    "It does no harm while it is 0 on the whole interval: unset, or with its turn outside and "
    "active on the far side."
)

# For a unit whose weight or bias is given: only the other one can be changed.
GIVEN = {
    "w": Idea("The weight is given; the bias moves the turn, to x = -b/w.", "b"),
    "b": Idea(
        "The bias is given; the weight sets both where the unit turns, at x = -b/w, and by how "
        "much the slope changes.",
        "w",
    ),
}
# For a unit without a breakpoint, where no right answer is known.
ALONE = {
    "dead-unit": Idea("A unit that is 0 everywhere adds nothing."),
    "always-on": Idea("A unit that is active everywhere adds a straight line."),
}
# Where tolerances are so small that rounding in the last digits is not within them.
ROUNDING = Idea(
    "That differs from what is needed only by rounding, by less than one part in a billion: write "
    "the number with fewer digits, as you would by hand."
)
