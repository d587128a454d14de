"""Specs for each finding of lint and each proof of solve: a good one, and what is changed in it."""

GOOD = """\
format: 1
id: case
title: A case
domain: [0, 3]
target:
  segments:
    - {on: [0, 1], slope: 0, intercept: 0}
    - {on: [1, 2], slope: 1, intercept: -1}
    - {on: [2, 3], slope: 3, intercept: -5}
network:
  units:
    - {w: free, b: free}
    - {w: free, b: free}
  output: {weights: [1, 1], bias: 0}
tolerance: {value: 0.05, x: 0.05, slope: 0.05}
"""
SEGMENTS = GOOD[GOOD.index("target:") : GOOD.index("network:")]
UNITS = "    - {w: free, b: free}\n    - {w: free, b: free}\n"
WEIGHTS = "weights: [1, 1], bias: 0"
TOLERANCE = "{value: 0.05, x: 0.05, slope: 0.05}"
SLIDERS = "sliders: {min: -5, max: 5, step: 0.5}\n"


def points(text: str) -> tuple[str, str]:
    return SEGMENTS, f"target: {{points: [{text}]}}\n"


def units(*given: str) -> list[tuple[str, str]]:
    rows = "".join(f"    - {{{unit}}}\n" for unit in given)
    return [(UNITS, rows)]


def weights(text: str) -> tuple[str, str]:
    return WEIGHTS, f"weights: [{text}], bias: 0"


def tolerance(text: str) -> tuple[str, str]:
    return TOLERANCE, f"{{{text}}}"


def more(text: str) -> tuple[str, str]:
    return TOLERANCE + "\n", f"{TOLERANCE}\n{text}"


FREE = "w: free, b: free"

# An answer in words, each of which is found by itself.
LEAKS = (
    "relu(x - 1) + relu(2x - 4)",
    "w_0 = 1",
    "(w0, b0) = (1, -1)",
    "unit 1 needs the weight 2 and the bias -4",
    "w1 equals 2",
    "$w_{1} = 2$",
    "w₁ is 2",
    "the bias of unit 0: b[0] = \N{MINUS SIGN}1",
)

# For lint: the name of the case, and the changes that make it.
LINTED: dict[str, list[tuple[str, str]]] = {
    "good": [],
    "with-sliders": [more(SLIDERS)],
    "everything-at-once": [
        ("on: [1, 2]", "on: [1.5, 2]"),
        ("intercept: -5", "intercept: -4"),
        ("domain: [0, 3]", "domain: [0, 4]"),
        more("feedback: {messages: {bias-sing: look}}\n"),
    ],
    "overlap": [("on: [1, 2]", "on: [0.5, 2]")],
    "no-spec": [("format: 1", "format: 2"), ("w: free, b: free", "w: free, b: maybe")],
    "domain-mismatch": [("domain: [0, 3]", "domain: [0, 4]")],
    "breakpoints-close": [points("[0, 0], [1, 0], [1.1, 1], [3, 1]")],
    "blank-passes": [points("[0, 0], [3, 0]")],
    "unsolvable": [weights("1, -1")],
    "undecided": [
        points("[0, 1], [0.5, 1.5], [1, 2.5], [1.5, 4], [2, 6], [2.5, 8.5], [3, 11.5]"),
        *units(*[FREE] * 5),
        weights("1, 1, 1, 1, 1"),
    ],
    "not-searched": [*units(*[FREE] * 5), weights("1, 1, 1, 1, 1")],
    "out-of-range": [
        points("[0, 0], [1, 0], [2, 100000000], [3, 300000000]"),
        weights("1/100, 1/100"),
    ],
    "no-decimal": [points("[0, 0], [2, 0], [3, 1/3]"), tolerance("value: 0, x: 0, slope: 0")],
    "blank-credit": [points("[0, 0.08], [1, 0.08], [3, 4]")],
    "small-slope-change": [points("[0, 0], [1, 0], [2, 0.04], [3, 4]")],
    "mistake-full-marks": [
        points("[-1, 0], [0.01, 0], [2, 1.99]"),
        ("domain: [0, 3]", "domain: [-1, 2]"),
    ],
    "sliders-miss": [more("sliders: {min: 0, max: 3, step: 0.3}\n")],
    "uncounted": [more("sliders: {min: -4, max: 4, step: 0.01}\n")],
    "order-changes-nothing": [more("submission: {order: any}\n")],
    "order-ambiguous": [
        points("[0, 0], [1, 0], [2, 2], [3, 6]"),
        *units("w: 1, b: free", "w: 2, b: free"),
        weights("2, 1"),
        more("submission: {order: any}\n"),
    ],
    "one-slider": [
        points("[0, 0], [1, 0], [3, 2]"),
        *units("w: 1, b: free"),
        weights("1"),
        more("sliders: {min: -4, max: 4, step: 0.02}\n"),
    ],
    "answer-in-words": [
        ("title: A case", "title: A case\ndescription: |\n  " + "\n  ".join(LEAKS) + "\n"),
    ],
    "cut-at-comment": [("title: A case", "title: Lab #3: stitch lines")],
    "idle-unit": [*units(*[FREE] * 3), weights("1, 1, 0")],
    "copied-lines-earn": [points("[0, 0], [1, 0], [3, 2]"), *units(FREE), weights("1")],
    "mistake-earns": [more("scoring: {weights: {breakpoint-1: 1000}}\n")],
    "tolerance-over-gap": [
        tolerance("value: 1, x: 0.05, slope: 0.05"),
        ("tolerance:", SLIDERS + "tolerance:"),
    ],
    "only-within-tolerance": [
        points("[0, 0], [1, 0.333], [3, 4.999]"),
        *units("w: 1/3, b: 0", FREE),
        more(SLIDERS),
    ],
    "shared-turns": [
        points("[0, 0], [1, 0], [3, 14]"),
        *units("w: 5, b: free", "w: free, b: -2"),
    ],
    "computed-misses": [
        points("[0, 0], [1, 0], [2, 0.7], [3, 1.7]"),
        tolerance("value: 0, x: 0, slope: 0"),
    ],
    "answer-in-text": [("title: A case", 'title: Try w0 = 1 first\ndescription: "Here b1 is -4."')],
}

# For solve.
SOLVED: dict[str, list[tuple[str, str]]] = {
    "points": [],
    "sets": [*units(*[FREE] * 3), weights("1, 1, -1")],
    "many-families": [points("[0, 0], [1, 0], [3, 2]"), *units(*[FREE] * 4), weights("1, 2, 1, 1")],
    "line": [points("[0, 1], [3, 4]"), weights("1, -1")],
    "idle": [points("[0, 0], [1, 0], [3, 2]")],
    "partly-fixed": units("w: 2, b: free", "w: free, b: -1"),
    "cancelling": [
        points("[0, -1], [3, 2]"),
        *units("w: 1, b: free", "w: -1, b: free"),
        weights("1, -1"),
    ],
    "no-influence": [*units("w: 1, b: 0", FREE), weights("1, 0")],
    "too-many-breakpoints": [*units("w: 0, b: 0", FREE)],
    "wrong-direction": [points("[0, 0], [1, 2], [3, 0]")],
    "wrong-direction-twice": [points("[0, 0], [1, 2], [2, 3], [3, 3]"), weights("-1, 1")],
    "wrong-direction-all": [weights("-1, -1")],
    "wrong-sign": [points("[0, -1], [1, -1], [3, 1]")],
    "wrong-sign-above": [points("[0, 1], [1, 1], [3, -1]"), weights("-1, -1")],
    "out-of-reach": units("w: free, b: 0", "w: free, b: 0"),
    "no-way": units("w: free, b: 0", "w: free, b: 1"),
    "wrong-bends": units("w: 1.5, b: free", FREE),
    "slope-not-supplied": [points("[0, 1], [1, 2], [2, 4], [3, 7]")],
    "offset-not-supplied": [points("[0, 1], [1, 1], [2, 2], [3, 5]")],
    "offset-after-fixed": [
        points("[0, 1], [1, 1], [2, 2], [3, 5]"),
        *units("w: 1, b: -1", FREE),
    ],
    "straight": [points("[0, 1], [3, -1]"), *units("w: 1, b: free", "w: 2, b: free")],
    "undecided": LINTED["undecided"],
    "mixed": [
        points("[0, 1], [1, 3], [3, -1]"),
        *units("w: 1, b: free", "w: free, b: 2", FREE),
        weights("1, 1, -1"),
    ],
}


def spec(changes: list[tuple[str, str]]) -> str:
    """Return the good spec with the changes; each has to change something."""
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
