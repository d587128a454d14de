"""A second evaluator, written from the rules for authors and not from the core: slow and plain.

It knows no piecewise functions and no canonical form: it evaluates the network at every point where
something can happen, and counts points as the rules are worded.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

F = Fraction


class Case(NamedTuple):
    """An exercise as plain numbers; segments are (left, right, slope, intercept)."""

    segments: tuple[tuple[F, F, F, F], ...]
    units: tuple[tuple[F | None, F | None, F], ...]  # w, b, v; None is free
    bias: F
    tolerance: tuple[F, F, F]  # value, x, slope
    fade: tuple[F, F, F] = (F(8), F(4), F(4))
    position_credit: F = F(1, 2)
    points: F = F(100)
    weights: Mapping[str, F] = {}


class Verdict(NamedTuple):
    """What one check must say."""

    id: str
    role: str
    basis: str
    passed: bool
    credit: F
    points: F
    max_points: F
    max_error: F | None = None
    worst_x: F | None = None
    coverage: F | None = None
    found: F | None = None


def filled(case: Case, parameters: Mapping[str, F]) -> list[tuple[F, F, F]]:
    return [
        (
            parameters[f"w{k}"] if w is None else w,
            parameters[f"b{k}"] if b is None else b,
            v,
        )
        for k, (w, b, v) in enumerate(case.units)
    ]


def f(units: list[tuple[F, F, F]], bias: F, x: F) -> F:
    total = bias
    for w, b, v in units:
        z = w * x + b
        if z > 0:
            total += v * z
    return total


def _below(e0: F, e1: F, height: F, *, closed: bool) -> F:
    """The share of a line from e0 to e1 that is under a height."""
    if e0 == e1:
        return F(int(e0 <= height if closed else e0 < height))
    crossing = min(max((height - e0) / (e1 - e0), F(0)), F(1))
    return crossing if e1 > e0 else 1 - crossing


def _fade(off: F, tolerance: F, n: F) -> F:
    """The contract's fade(e, tol, n)."""
    if off <= tolerance:
        return F(1)
    if n == 1 or tolerance == 0:
        return F(0)
    return max(F(0), (n * tolerance - off) / ((n - 1) * tolerance))


def _segment(
    case: Case, units: list[tuple[F, F, F]], segment: tuple[F, F, F, F]
) -> tuple[F, str, F, F, F]:
    left, right, slope, intercept = segment
    value = case.tolerance[0]
    xs = {left, right} | {-b / w for w, b, _ in units if w != 0 and left < -b / w < right}
    errors = [(x, f(units, case.bias, x) - slope * x - intercept) for x in sorted(xs)]
    worst = max(abs(e) for _, e in errors)
    worst_x = next(x for x, e in errors if abs(e) == worst)
    inside = F(0)
    for (x0, e0), (x1, e1) in pairwise(errors):
        share = _below(e0, e1, value, closed=True) - _below(e0, e1, -value, closed=False)
        inside += share * (x1 - x0)
    if worst <= value:
        credit, basis = F(1), "full"
    else:
        credit = _fade(worst, value, case.fade[0])
        basis = "near" if credit > 0 else "none"
    return credit, basis, worst, worst_x, inside / (right - left)


def _bends(case: Case, units: list[tuple[F, F, F]], t: F, radius: F) -> tuple[list[F], list[F]]:
    """The bends of fixed and of free units with a knot inside the domain and near t."""
    left, right = case.segments[0][0], case.segments[-1][1]
    fixed, free = [], []
    for (w, b, v), (given_w, given_b, _) in zip(units, case.units, strict=True):
        if w == 0:
            continue
        knot = -b / w
        if left < knot < right and t - radius <= knot <= t + radius:
            of = free if given_w is None or given_b is None else fixed
            of.append(v * abs(w))
    return fixed, free


def _one_holds(fixed: list[F], free: list[F], change: F, slack: F) -> str:
    if abs(sum(fixed) + sum(free) - change) <= slack:
        return "full"
    if len(free) in (1, 2):
        for bend in free:
            if abs(sum(fixed) + bend - change) <= slack:
                return "own-unit"
    return ""


def _breakpoint(case: Case, units: list[tuple[F, F, F]], t: F, change: F) -> tuple[F, str, F]:
    _, radius, slack = case.tolerance
    fixed, free = _bends(case, units, t, radius)
    found = sum(fixed, F(0)) + sum(free, F(0))
    basis = _one_holds(fixed, free, change, slack)
    if basis:
        return F(1), basis, found
    needed = change - sum(fixed)
    near = _near(case, units, t, needed)
    position = F(0)
    for d in free:
        if (d > 0 and needed > 0) or (d < 0 and needed < 0):
            position = max(position, case.position_credit * min(d / needed, needed / d))
    if position > near:
        return position, "position", found
    return (near, "near", found) if near else (F(0), "none", found)


def _near(case: Case, units: list[tuple[F, F, F]], t: F, needed: F) -> F:
    left, right = case.segments[0][0], case.segments[-1][1]
    _, radius, slack = case.tolerance
    _, far, off = case.fade
    there = []
    for (w, b, v), (given_w, given_b, _) in zip(units, case.units, strict=True):
        free = given_w is None or given_b is None
        if free and w != 0 and left < -b / w < right and abs(-b / w - t) <= far * radius:
            there.append((abs(-b / w - t), v * abs(w)))
    choices = [there] if there else []
    if len(there) in (1, 2):
        choices += [[one] for one in there]
    credits_ = [F(0)]
    for choice in choices:
        place = _fade(max(d for d, _ in choice), radius, far)
        size = _fade(abs(sum(d for _, d in choice) - needed), slack, off)
        credits_.append(min(place, size))
    return max(credits_)


def _raw(case: Case, parameters: Mapping[str, F]) -> dict[str, dict[str, object]]:
    units = filled(case, parameters)
    checks: dict[str, dict[str, object]] = {}
    for i, segment in enumerate(case.segments, 1):
        credit, basis, worst, x, coverage = _segment(case, units, segment)
        checks[f"segment-{i}"] = {
            "credit": credit,
            "basis": basis,
            "max_error": worst,
            "worst_x": x,
            "coverage": coverage,
            "found": None,
        }
    for j in range(1, len(case.segments)):
        change = case.segments[j][2] - case.segments[j - 1][2]
        credit, basis, found = _breakpoint(case, units, case.segments[j][0], change)
        checks[f"breakpoint-{j}"] = {
            "credit": credit,
            "basis": basis,
            "max_error": None,
            "worst_x": None,
            "coverage": None,
            "found": found,
        }
    return checks


def free_names(case: Case) -> list[str]:
    return [
        f"{letter}{k}"
        for k, (w, b, _) in enumerate(case.units)
        for letter, given in (("w", w), ("b", b))
        if given is None
    ]


def judge(case: Case, parameters: Mapping[str, F]) -> tuple[F, list[Verdict]]:
    """Return the score and every check's verdict."""
    blank = _raw(case, dict.fromkeys(free_names(case), F(0)))
    mine = _raw(case, parameters)
    weight = {name: case.weights.get(name, F(1)) for name in blank}
    goals = [name for name in blank if blank[name]["credit"] != 1]
    worth = {
        name: case.points * weight[name] / sum(weight[goal] for goal in goals) for name in goals
    }
    credit = {
        name: (
            max(F(0), (mine[name]["credit"] - blank[name]["credit"]) / (1 - blank[name]["credit"]))
            if name in goals
            else mine[name]["credit"]
        )
        for name in blank
    }
    earned = sum((worth[goal] * credit[goal] for goal in goals), F(0))
    score = earned
    verdicts = []
    for name in blank:
        if name in goals:
            points = worth[name] * credit[name]
        else:
            points = -(earned * weight[name] / sum(weight.values()) * (1 - credit[name]))
            score += points
        passed = credit[name] == 1 if name.startswith("segment") else mine[name]["basis"] == "full"
        role = "goal" if name in goals else "guard"
        rest = {key: value for key, value in mine[name].items() if key not in ("credit", "basis")}
        verdicts.append(
            Verdict(
                name,
                role,
                mine[name]["basis"],
                passed,
                credit[name],
                points,
                worth.get(name, F(0)),
                **rest,
            )
        )
    return score, verdicts
