"""What a teacher may show a class that makes a mistake; the mistakes' own table says what it is."""

from grader.mistakes.table import DIAGNOSES

# A mistake without a row here is told by its meaning alone.
_LESSONS = {
    "unit-unset": "build the sum up one unit at a time, and stop before the last",
    "copied-line": "show that units add up, so that a unit carries only the change of the slope",
    "absolute-slope": "ask which slope is already there where the unit turns on",
    "ignored-output-weight": "follow one number through unit and output weight to the sum",
    "bias-is-breakpoint": "solve w\N{MIDDLE DOT}x + b = 0 for x together, with a weight that is "
    "not 1",
    "bias-sign": "solve w\N{MIDDLE DOT}x + b = 0 for x together, and put the turn back in",
    "missing-bias": "show how the bias alone moves the turn",
    "intercept-as-bias": "show that the bias places the turn, and not the height of the line",
    "wrong-side": "draw a unit of positive and one of negative weight that turn at one place",
    "weight-sign": "draw a unit of positive and one of negative weight beside each other",
    "swapped-w-and-b": "name both roles: the weight makes the slope, the bias moves the turn",
    "wrong-breakpoint": "ask which unit is for which turn of the target before any number",
    "dead-unit": "ask where z is above 0 before asking what the unit adds",
    "always-on": "ask where z is below 0: without such a place a unit bends nothing",
    "slope-change-off": "read the change of the slope off the target before the weight",
    "knot-off": "read the place of the turn off the target before the bias",
}
_DONE = {
    "unit-unset": "left a unit at 0",
    "copied-line": "put the segment's own line into the unit",
    "absolute-slope": "used the segment's slope instead of its change",
    "ignored-output-weight": "left the output weight out",
    "bias-is-breakpoint": "took the bias for the place of the turn",
    "bias-sign": "gave the bias the other sign",
    "missing-bias": "left the bias at 0",
    "intercept-as-bias": "took the segment's intercept for the bias",
    "wrong-side": "have a unit active on the wrong side",
    "weight-sign": "gave the weight the other sign",
    "swapped-w-and-b": "swapped weight and bias",
    "wrong-breakpoint": "let a unit turn at another breakpoint or end",
    "dead-unit": "have a unit that is active nowhere",
    "always-on": "have a unit that is active everywhere",
    "slope-change-off": "turn at the right place by another amount",
    "knot-off": "turn by the right amount at another place",
}
UNNAMED = "unrecognised"


def lesson(code: str) -> str:
    """Return what to show, "" if nothing is known to."""
    return _LESSONS.get(code, "")


def done(code: str) -> str:
    """Return what those did who made a mistake: "left a unit at 0"."""
    return _DONE.get(code) or f'show "{DIAGNOSES.get(code, code)}"'
