"""The tables of names that specs, submissions and reports share: one row, one meaning."""

# What each says to a person who asks; the order of diagnoses is the order in which they count.
DIAGNOSES: dict[str, str] = {
    "unit-unset": "weight and bias are both 0",
    "copied-line": "the segment's own equation put into the unit",
    "absolute-slope": "right place, but the segment's slope instead of the slope change",
    "ignored-output-weight": "the output weight was not taken into account",
    "bias-is-breakpoint": "the bias is minus the breakpoint: the unit turns at -b/w",
    "bias-sign": "right weight, the bias has the other sign",
    "missing-bias": "right weight, the bias is 0",
    "intercept-as-bias": "right weight, the segment's intercept as the bias",
    "wrong-side": "turns at the right place, but is active on the wrong side",
    "weight-sign": "right bias, the weight has the other sign",
    "swapped-w-and-b": "weight and bias are swapped",
    "wrong-breakpoint": "right weight, turns at another breakpoint or end of the domain",
    "dead-unit": "active nowhere inside the domain",
    "always-on": "active everywhere inside the domain",
    "slope-change-off": "turns at the right place, the slope changes by another amount",
    "knot-off": "the slope changes by the right amount, at another place",
    "unrecognised": "none of the known mistakes",
    "units-permuted": "the units do each other's work; not a mistake",
}

ERRORS: dict[str, str] = {
    "unreadable": "the path is not a regular file",
    "too-large": "more than 1 MiB",
    "not-utf8": "the bytes are not UTF-8 text",
    "not-json": "the text is not JSON",
    "not-an-object": "the JSON is not an object",
    "duplicate-key": "a key appears twice",
    "unknown-parameter": "a key that the exercise does not have",
    "not-text": "exercise or student is not text",
    "unknown-exercise": "there is no exercise with that id",
    "wrong-exercise": "made for another exercise",
    "fixed-parameter": "a fixed parameter has another value",
    "missing-parameter": "a free parameter is missing",
    "not-a-number": "a parameter is not a number",
    "out-of-range": "a parameter is over 1e9 in magnitude",
    "no-function": "the function to call is not there",
    "raised": "the code raised an exception",
    "timed-out": "the code ran longer than allowed",
    "out-of-memory": "the code used more memory than allowed",
    "crashed": "the process of the code ended abnormally",
    "bad-return": "the function returned something that cannot be read",
    "grader-fault": "the grader failed",
    "sandbox-unavailable": "student code cannot be contained on this machine",
}

REVEAL = ("verdict", "hints", "answers")
