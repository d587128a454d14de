from fractions import Fraction as F

import pytest

from grader.exercise.checks import Nearness, Tolerance
from grader.report import CheckResult, Misfit
from grader.words.wording import check_message, name, number, points

TOLERANCE = Tolerance(F(1, 20), F(1, 20), F(1, 20))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (F(0), "0"),
        (F(-3), "-3"),
        (F(1, 20), "0.05"),
        (F(-12345678, 10**6), "-12.345678"),
        (F(1, 3), "1/3"),
        (F(-7, 12), "-7/12"),
        (F(1, 13), "about 0.0769231"),
        (F(1, 10**7), "about 1e-07"),
        (F(10**11), "100000000000"),
        (F(10**12), "about 1e+12"),
        (F(10**400), "a number too large to write"),
        (F(-(10**400)), "a number too large to write"),
        (F(1, 10**400), "about 0"),
    ],
)
def test_numbers_as_a_person_writes_them(value: F, text: str) -> None:
    assert number(value) == text


def test_rounding_never_makes_two_numbers_look_the_same() -> None:
    assert number(F(500000001, 10**10)) == "about 0.05"
    assert number(F(500000001, 10**10), F(1, 20)) == "about 0.0500000001"
    assert number(F(1, 2) + F(1, 10**30), F(1, 2)) == "about 0.5"
    assert number(F(1, 20) + F(1, 10**30), F(1, 20)) == "about 0.050000000000000003"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (F(100), "100"),
        (F(175, 3), "58.33"),
        (F(9999999, 100000), "99.99"),
        (F(-10, 3), "-3.33"),
        (F(150, 7), "21.43"),
        (F(-1, 1000), "-0.01"),
        (F(1, 2), "0.5"),
        (F(0), "0"),
    ],
)
def test_points_are_never_rounded_up_to_a_whole(value: F, text: str) -> None:
    assert points(value) == text


def segment(**changes: object) -> CheckResult:
    given: dict[str, object] = {
        "id": "segment-2",
        "kind": "segment",
        "role": "goal",
        "basis": "none",
        "passed": False,
        "credit": F(0),
        "points": F(0),
        "max_points": F(25),
        "message": "",
        "left": F(1),
        "right": F(2),
        "misfit": Misfit(F(2), F(1), F(3, 2), F(1, 2)),
        "coverage": F(1, 3),
    }
    return CheckResult(**(given | changes))  # type: ignore[arg-type]


def turn(**changes: object) -> CheckResult:
    given: dict[str, object] = {
        "id": "breakpoint-1",
        "kind": "breakpoint",
        "misfit": None,
        "coverage": None,
        "left": F(1),
        "right": F(1),
        "expected": F(3),
        "found": F(2),
    }
    return segment(**(given | changes))


def test_names() -> None:
    assert (name(segment()), name(turn())) == ("Segment 2", "Breakpoint 1")


WORST = (
    "at x = 2 the target is 1 and your network gives 1.5, which is 0.5 off where 0.05 is allowed"
)
OFF = f"A{WORST[1:]}"


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (segment(), f"Segment 2, from x = 1 to x = 2, is not right: {WORST}. It is right on 33 % of its length."),
        (segment(coverage=F(1, 999)), f"Segment 2, from x = 1 to x = 2, is not right: {WORST}. It is right on less than 1 % of its length."),
        (segment(coverage=F(0)), f"Segment 2, from x = 1 to x = 2, is not right: {WORST}."),
        (segment(basis="near", credit=F(6, 7), points=F(150, 7)), f"Segment 2, from x = 1 to x = 2, is almost right. {OFF}: 21.43 of 25."),
        (segment(basis="near", credit=F(1, 4), points=F(25, 4)), f"Segment 2, from x = 1 to x = 2, is not far off. {OFF}: 6.25 of 25."),
        (segment(basis="near", coverage=F(0)), f"Segment 2, from x = 1 to x = 2, is not right: {WORST}."),
        (segment(basis="full", credit=F(1)), f"Segment 2, from x = 1 to x = 2, is right; {WORST}."),
        (segment(role="guard"), f"Segment 2, from x = 1 to x = 2, was right before you began; your units now disturb it: {WORST}."),
        (segment(misfit=Misfit(F(1), F(0), F(0), F(0)), basis="full", credit=F(1)), "Segment 2, from x = 1 to x = 2, matches the target exactly."),
        (turn(), "Breakpoint 1 is not right: at x = 1 the slope should change by 3, but yours changes by 2 there."),
        (turn(found=F(0)), "Breakpoint 1 is missing: at x = 1 the slope should change by 3, but yours stays the same there."),
        (turn(basis="full", credit=F(1), found=F(3)), "Breakpoint 1 is right: at x = 1 the slope changes by 3."),
        (turn(role="guard"), "Breakpoint 1 was right before you began; your units now disturb it: at x = 1 the slope should change by 3, but yours changes by 2 there."),
        (turn(basis="own-unit", credit=F(1), found=F(5)), "Breakpoint 1: one of your units changes the slope by the right amount at x = 1, so these points are yours; but all units together change it by 5 instead of 3."),
        (turn(basis="near", credit=F(1, 2), points=F(25, 2), near=Nearness(F(1, 2), F(1, 10), F(0))), "Breakpoint 1 is almost right. At x = 1 the slope should change by 3; your turn is 0.1 off where 0.05 is allowed: 12.5 of 25."),
        (turn(basis="near", credit=F(1, 5), points=F(5), near=Nearness(F(1, 5), F(0), F(1, 8))), "Breakpoint 1 is not far off. At x = 1 the slope should change by 3; yours is 0.125 off where 0.05 is allowed: 5 of 25."),
        (turn(basis="near", credit=F(1, 5), points=F(5), near=Nearness(F(1, 5), F(1, 10), F(1, 8))), "Breakpoint 1 is not far off. At x = 1 the slope should change by 3; your turn is 0.1 off where 0.05 is allowed and the slope change is 0.125 off where 0.05 is allowed: 5 of 25."),
        (turn(basis="position", credit=F(1, 3)), "Breakpoint 1 is at the right place, but at x = 1 the slope should change by 3 and yours changes by 2 there."),
    ],
)  # fmt: skip
def test_what_a_student_reads(check: CheckResult, message: str) -> None:
    assert check_message(check, TOLERANCE, "hints") == message
    assert check_message(check, TOLERANCE, "answers") == message


@pytest.mark.parametrize(
    ("credit", "message"),
    [
        (F(1), "Segment 2 is right."),
        (F(1, 2), "Segment 2 is partly right."),
        (F(0), "Segment 2 is not right yet."),
    ],
)
def test_a_verdict_gives_no_numbers(credit: F, message: str) -> None:
    assert check_message(segment(credit=credit), TOLERANCE, "verdict") == message
