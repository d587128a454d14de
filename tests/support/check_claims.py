"""What the message on a check can say, and when it is true of the exact numbers."""

import re
from collections.abc import Callable
from fractions import Fraction as F

from blamed import N, same
from grader.exact.piecewise import length_within
from grader.report import CheckResult, Report

POINTS = r"(-?\d+(?:\.\d\d?)?)"
LOST = r"(, so you (?:keep|lose) (?:less than 1 %|\d+ %|\d+/\d+) of your points)?"
OFF = rf"at x = {N} the target is {N} and your network gives {N}, which is {N} off where {N} is allowed"
SHOULD = rf"at x = {N} the slope should change by {N}"
YOURS = rf"yours (?:changes by {N} there|stays the same there)"
FAR = (
    rf"(?:yours is {N} off where {N} is allowed|your turn is {N} off where {N} is allowed"
    rf"(?: and the slope change is {N} off where {N} is allowed)?)"
)


class Seen:
    """A check beside the exact error and the bends at its place."""

    def __init__(self, report: Report, check: CheckResult) -> None:
        exercise, network = report.exercise, report.network
        assert exercise is not None
        assert network is not None
        self.check, self.exercise, self.tolerance = check, exercise, exercise.rules.tolerance
        self.function = network.as_piecewise(*exercise.domain)
        self.error = self.function - exercise.target
        knots = network.knots(*exercise.domain)
        self.there = [k for k in knots if abs(k.x - check.left) <= self.tolerance.x]
        self.mine = [k for k in knots if k.unit in exercise.free_units]
        self.bend = sum((k.bend for k in self.there), F(0))
        sides = [side.slope for side in exercise.target.beside(check.left)]
        self.change = sides[1] - sides[0]
        given = [k.bend for k in self.there if k.unit not in exercise.free_units]
        self.needed = self.change - sum(given, F(0))

    def worst(self, x: str, target: str, own: str, off: str, allowed: str) -> bool:
        value, at = self.error.max_abs(self.check.left, self.check.right)
        return (
            same(x, at)
            and same(target, self.exercise.target.value(at))
            and same(own, self.function.value(at))
            and same(off, value)
            and same(allowed, self.tolerance.value)
        )

    def within(self) -> bool:
        return self.error.max_abs(self.check.left, self.check.right).value <= self.tolerance.value

    def place(self, left: str, right: str) -> bool:
        return same(left, self.check.left) and same(right, self.check.right)

    def should(self, x: str, change: str) -> bool:
        return same(x, self.check.left) and same(change, self.change)

    def yours(self, bend: str | None) -> bool:
        return self.bend == 0 if bend is None else same(bend, self.bend)

    def earns(self, how: str, points: str, most: str) -> bool:
        credit, shown = self.check.credit, abs(F(points) - self.check.points)
        return (
            0 < credit < 1
            and (how == "almost right") == (credit >= F(1, 2))
            and shown <= F(1, 100)
            and abs(F(most) - self.check.max_points) <= F(1, 100)
        )

    def far(self, *said: str | None) -> bool:
        """Tell whether some turns are as far off as is said, together or one of at most two."""
        bend_only, allowed_bend, distance, allowed, bend, allowed_too = said
        reach = self.exercise.rules.fade.x * self.tolerance.x
        around = [k for k in self.mine if abs(k.x - self.check.left) <= reach]
        groups = [around, *([k] for k in around if len(around) == 2)]
        off = [
            (
                max(abs(k.x - self.check.left) for k in group),
                abs(sum((k.bend for k in group), -self.needed)),
            )
            for group in groups
            if group
        ]
        slope = bend_only or bend
        return (
            any(
                (same(distance, x) if distance else x <= self.tolerance.x)
                and (same(slope, d) if slope else d <= self.tolerance.slope)
                for x, d in off
            )
            and (not distance or same(allowed or "", self.tolerance.x))
            and (not slope or same(allowed_bend or allowed_too or "", self.tolerance.slope))
        )

    def right_on(self, share: str | None) -> bool:
        left, right = self.check.left, self.check.right
        length = length_within(self.error.clipped(left, right), self.tolerance.value)
        length /= right - left
        if share is None:
            return length == 0
        return 0 < length < F(1, 100) if share == "less than 1" else int(share) == length * 100 // 1

    def is_guard(self, lost: str | None) -> bool:
        return self.check.role == "guard" and self.check.credit < 1 and lost is not None

    def shares_a_place(self) -> bool:
        bends = [k.bend for k in self.there if k.unit in self.exercise.free_units]
        return any(bend * self.needed > 0 for bend in bends)


SEGMENT = rf"Segment \d+, from x = {N} to x = {N}, "
SENTENCES: tuple[tuple[str, Callable[..., bool]], ...] = (
    (SEGMENT + r"matches the target exactly\.", lambda s, a, b: s.place(a, b) and not s.error.max_abs(s.check.left, s.check.right).value),
    (SEGMENT + rf"is right; {OFF}\.", lambda s, a, b, *off: s.place(a, b) and s.worst(*off) and s.within()),
    (SEGMENT + rf"was right before you began; your units now disturb it{LOST}: {OFF}\.", lambda s, a, b, lost, *off: s.place(a, b) and s.is_guard(lost) and s.worst(*off) and not s.within()),
    (SEGMENT + rf"is (almost right|not far off)\. {OFF.replace('at x', 'At x', 1)}: {POINTS} of {POINTS}\.", lambda s, a, b, how, *rest: s.place(a, b) and s.worst(*rest[:5]) and s.earns(how, *rest[5:]) and not s.within()),
    (SEGMENT + rf"is not right: {OFF}\.(?: It is right on (\d+|less than 1) % of its length\.)?", lambda s, a, b, *rest: s.place(a, b) and s.worst(*rest[:5]) and s.right_on(rest[5]) and not s.within() and not s.check.credit),
    (rf"Breakpoint \d+ is right: at x = {N} the slope changes by {N}\.", lambda s, x, by: same(x, s.check.left) and same(by, s.bend) and abs(s.bend - s.change) <= s.tolerance.slope),
    (rf"Breakpoint \d+ was right before you began; your units now disturb it{LOST}: {SHOULD}, but {YOURS}\.", lambda s, lost, x, should, own: s.is_guard(lost) and s.should(x, should) and s.yours(own)),
    (rf"Breakpoint \d+: one of your units changes the slope by the right amount at x = {N}, so these points are yours; but all units together change it by {N} instead of {N}\.", lambda s, x, own, should: s.should(x, should) and same(own, s.bend) and any(abs(k.bend - s.needed) <= s.tolerance.slope for k in s.there if k.unit in s.exercise.free_units)),
    (rf"Breakpoint \d+ is (almost right|not far off)\. {SHOULD.replace('at x', 'At x', 1)}; {FAR}: {POINTS} of {POINTS}\.", lambda s, how, x, should, *rest: s.should(x, should) and s.far(*rest[:6]) and s.earns(how, *rest[6:])),
    (rf"Breakpoint \d+ is at the right place, but {SHOULD} and {YOURS}\.", lambda s, x, should, own: s.should(x, should) and s.yours(own) and s.shares_a_place()),
    (rf"Breakpoint \d+ is (missing|not right): {SHOULD}, but {YOURS}\.", lambda s, how, x, should, own: s.should(x, should) and s.yours(own) and (how == "missing") == (own is None) and not s.check.credit),
)  # fmt: skip


def is_true(report: Report, check: CheckResult) -> bool:
    """Tell whether what is said of a check can be read, and is so."""
    seen = Seen(report, check)
    found = [(re.fullmatch(pattern, check.message), claim) for pattern, claim in SENTENCES]
    return any(match is not None and claim(seen, *match.groups()) for match, claim in found)
