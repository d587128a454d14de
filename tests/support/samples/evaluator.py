"""The contract's rules once more, in the plainest way and without the package, to compare with.

Functions are only ever evaluated at points: a difference of piecewise-linear functions is largest
at an end, at a breakpoint of the target, or at a knot.
"""

import re
from fractions import Fraction
from itertools import islice, pairwise, product
from pathlib import Path
from typing import Any

import yaml

from samples import EXERCISES

ONE, NONE = Fraction(1), Fraction(0)


def load(name: str) -> dict[str, Any]:
    """Return a spec as text, so that every number can be read as it is written."""
    return yaml.load(Path(EXERCISES / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - makes text of everything


def variant(spec: dict[str, Any], number: int) -> dict[str, Any]:
    """Return the spec of one variant: all combinations that meet the conditions, in their order."""
    choices = spec["variants"]["choices"]
    conditions = spec["variants"].get("conditions", [])
    every = (
        dict(zip(choices, map(Fraction, values), strict=True))
        for values in product(*choices.values())
    )
    good = (row for row in every if all(_computed(each, row) for each in conditions))
    row = next(islice(good, number, None))
    filled = {key: _filled(spec[key], row) for key in ("target", "network")}
    return {**spec, **filled}


def _filled(node: Any, row: dict[str, Fraction]) -> Any:  # noqa: ANN401 - whatever YAML holds
    if isinstance(node, dict):
        return {key: _filled(value, row) for key, value in node.items()}
    if isinstance(node, list):
        return [_filled(each, row) for each in node]
    return str(_computed(node.replace("$", ""), row)) if "$" in node else node


def _computed(formula: str, row: dict[str, Fraction]) -> Any:  # noqa: ANN401 - a number or a truth
    exact = re.sub(r"(?<![\w.])\d+(?:\.\d+)?", r"Fraction('\g<0>')", formula)
    return eval(exact, {"Fraction": Fraction}, dict(row))  # noqa: S307 - of the shipped exercises


def evaluate(
    name: str, parameters: dict[str, float], number: int | None = None
) -> tuple[Fraction, list[str]]:
    """Return the score, in the variant of this number if it has one, and the checks passed."""
    spec = load(name)
    if number is not None:
        spec = variant(spec, number)
    scoring = spec.get("scoring", {})
    given = {key: Fraction(repr(value)) for key, value in parameters.items()}
    mine, passed = _credits(spec, _units(spec, given))
    blank, _ = _credits(spec, _units(spec, dict.fromkeys(given, NONE)))
    weight = {check: Fraction(scoring.get("weights", {}).get(check, 1)) for check in mine}
    goals = [check for check in mine if blank[check] < 1]
    total = sum(weight[check] for check in goals)
    earned = NONE
    for check in goals:
        share = Fraction(scoring.get("points", 100)) * weight[check] / total
        gained = max(NONE, (mine[check] - blank[check]) / (1 - blank[check]))
        earned += share * gained
        if gained < 1:
            passed.discard(check)
    score = earned
    for check in mine:
        if check not in goals:
            score -= earned * weight[check] / sum(weight.values()) * (1 - mine[check])
    return score, [check for check in mine if check in passed]


def _units(spec: dict[str, Any], given: dict[str, Fraction]) -> list[tuple[Fraction, ...]]:
    rows = spec["network"]["units"]
    weights = spec["network"].get("output", {}).get("weights", ["1"] * len(rows))
    return [
        (
            *(
                given[f"{letter}{k}"] if row[letter] == "free" else Fraction(row[letter])
                for letter in "wb"
            ),
            Fraction(weights[k]),
            Fraction("free" in row.values()),
        )
        for k, row in enumerate(rows)
    ]


def _corners(spec: dict[str, Any]) -> list[tuple[Fraction, Fraction]]:
    """Return the points that the target connects."""
    target = spec["target"]
    if "points" in target:
        return [(Fraction(x), Fraction(y)) for x, y in target["points"]]
    lines = [
        (*map(Fraction, part["on"]), Fraction(part["slope"]), Fraction(part["intercept"]))
        for part in target["segments"]
    ]
    left, _, slope, intercept = lines[0]
    return [(left, slope * left + intercept)] + [(r, s * r + c) for _, r, s, c in lines]


def _credits(
    spec: dict[str, Any], units: list[tuple[Fraction, ...]]
) -> tuple[dict[str, Fraction], set[str]]:
    """Return the credit of every check, and the ids of those that are passed."""
    corners = _corners(spec)
    low, high = corners[0][0], corners[-1][0]
    bends = [(-b / w, v * abs(w), free) for w, b, v, free in units if w and low < -b / w < high]
    knots = [knot for knot, _, _ in bends]
    bias = Fraction(spec["network"].get("output", {}).get("bias", 0))
    earned: dict[str, Fraction] = {}
    passed = set()
    slopes = []
    for i, ((x0, y0), (x1, y1)) in enumerate(pairwise(corners), 1):
        slope = (y1 - y0) / (x1 - x0)
        slopes.append(slope)
        worst = max(
            abs(
                bias + sum(v * max(w * x + b, NONE) for w, b, v, _ in units) - y0 - slope * (x - x0)
            )
            for x in [x0, x1, *(knot for knot in knots if x0 <= knot <= x1)]
        )
        earned[f"segment-{i}"] = _of_segment(spec, worst)
        if earned[f"segment-{i}"] == 1:
            passed.add(f"segment-{i}")
    for j, (t, _) in enumerate(corners[1:-1], 1):
        earned[f"breakpoint-{j}"], whole = _of_breakpoint(spec, bends, t, slopes[j] - slopes[j - 1])
        if whole:
            passed.add(f"breakpoint-{j}")
    return earned, passed


def _of_segment(spec: dict[str, Any], worst: Fraction) -> Fraction:
    return _credit(spec, "value", worst)


def _credit(spec: dict[str, Any], key: str, off: Fraction) -> Fraction:
    """Return 1 within the tolerance; on the line from there to 0 at so many tolerances beyond it."""
    tolerance = Fraction(spec["tolerance"][key])
    times = Fraction(spec.get("scoring", {}).get("fade", {}).get(key, 8 if key == "value" else 4))
    if off <= tolerance:
        return ONE
    room = (times - 1) * tolerance
    return max(NONE, 1 - (off - tolerance) / room) if room else NONE


def _of_breakpoint(
    spec: dict[str, Any],
    bends: list[tuple[Fraction, Fraction, Fraction]],
    t: Fraction,
    change: Fraction,
) -> tuple[Fraction, bool]:
    """Return the credit, and whether all bends near t are right together."""
    around, slack = (Fraction(spec["tolerance"][key]) for key in ("x", "slope"))
    whole, own = _right(bends, t, change, around, slack)
    there = [(bend, free) for knot, bend, free in bends if abs(knot - t) <= around]
    needed = change - sum(bend for bend, free in there if not free)
    ratios = [bend / needed for bend, free in there if free and needed and bend / needed > 0]
    for_position = Fraction(spec.get("scoring", {}).get("position_credit", "1/2"))
    part = for_position * max((min(r, 1 / r) for r in ratios), default=NONE)
    return (ONE if whole or own else max(_almost(spec, bends, t, needed), part)), whole


def _almost(
    spec: dict[str, Any],
    bends: list[tuple[Fraction, Fraction, Fraction]],
    t: Fraction,
    needed: Fraction,
) -> Fraction:
    """Return the best credit for knots near t: together, or alone where there are at most two."""
    reach = Fraction(spec.get("scoring", {}).get("fade", {}).get("x", 4)) * Fraction(
        spec["tolerance"]["x"]
    )
    mine = [(abs(knot - t), bend) for knot, bend, free in bends if free]
    mine = [(away, bend) for away, bend in mine if away <= reach]
    together = [mine] if mine else []
    alone = [[one] for one in mine] if len(mine) <= 2 else []
    return max(
        (
            min(
                _credit(spec, "x", max(away for away, _ in some)),
                _credit(spec, "slope", abs(sum(bend for _, bend in some) - needed)),
            )
            for some in together + alone
        ),
        default=NONE,
    )


def _right(
    bends: list[tuple[Fraction, Fraction, Fraction]],
    t: Fraction,
    change: Fraction,
    around: Fraction,
    slack: Fraction,
) -> tuple[bool, bool]:
    """Tell whether the bends near t are right together, and whether one free unit's is."""
    there = [(bend, free) for knot, bend, free in bends if abs(knot - t) <= around]
    fixed = sum(bend for bend, free in there if not free)
    free_bends = [bend for bend, free in there if free]
    whole = abs(fixed + sum(free_bends) - change) <= slack
    own = len(free_bends) <= 2 and any(abs(fixed + bend - change) <= slack for bend in free_bends)
    return whole, own
