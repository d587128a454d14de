"""What must hold for the score of every exercise and every submission."""

from fractions import Fraction

import pytest

from cases import built, random_graded
from grader import grade
from grader.exercise.evidence import evidence, examine
from grader.exercise.record import Exercise
from grader.grading import _score
from grader.reports import Layout, json, terminal
from grader.submission.record import Submission
from oracle import Case, F, judge

SEEDS = range(5000, 5250)


def score(exercise: Exercise, parameters: dict[str, Fraction]) -> Fraction:
    result = grade(exercise, Submission(parameters)).score
    assert result is not None
    return result


def test_blank_scores_nothing() -> None:
    for seed in SEEDS:
        _, exercise, parameters, _ = random_graded(seed)
        assert score(exercise, dict.fromkeys(parameters, F(0))) == 0


def test_scores_lie_between_nothing_and_all_points_and_all_means_full_credit_everywhere() -> None:
    full = 0
    for seed in SEEDS:
        _, exercise, parameters, _ = random_graded(seed)
        report = grade(exercise, Submission(parameters))
        assert report.score is not None
        assert 0 <= report.score <= exercise.points
        assert (report.score == exercise.points) is all(c.credit == 1 for c in report.checks)
        full += report.score == exercise.points
    assert full > 10


def test_worth_of_the_goals_is_all_the_points() -> None:
    for seed in SEEDS:
        _, exercise, _, _ = random_graded(seed)
        assert sum(check.worth for check in exercise.checks) == exercise.points
        assert sum(check.share for check in exercise.checks) == 1


def test_more_credit_in_one_check_never_lowers_the_score() -> None:
    steps = [F(0), F(1, 4), F(1, 2), F(3, 4), F(1)]
    for seed in SEEDS:
        _, exercise, parameters, random = random_graded(seed)
        network = exercise.network(parameters)
        seen = evidence(exercise, network)
        findings = examine(exercise, exercise.checks, network, seen)
        place = random.randrange(len(findings))
        totals = []
        for credit in steps:
            findings[place] = findings[place]._replace(credit=credit)
            checks = _score(exercise, findings, seen, "hints")
            totals.append(sum(check.points for check in checks))
        assert totals == sorted(totals), seed


def _permuted(parameters: dict[str, Fraction], one: int, other: int) -> dict[str, F]:
    swapped = dict(parameters)
    for letter in "wb":
        a, b = f"{letter}{one}", f"{letter}{other}"
        if a in parameters:
            swapped[a], swapped[b] = parameters[b], parameters[a]
    return swapped


def test_permuting_units_of_equal_output_weight_and_freedom_changes_no_score() -> None:
    pairs = 0
    for seed in SEEDS:
        case, exercise, parameters, _ = random_graded(seed)
        units = case.units
        alike = [
            (one, other)
            for one in range(len(units))
            for other in range(one)
            if units[one] == units[other] and None in units[one][:2]
        ]
        for one, other in alike:
            pairs += 1
            swapped = _permuted(parameters, one, other)
            assert score(exercise, swapped) == score(exercise, parameters), seed
    assert pairs > 15


def test_scaling_a_unit_and_its_output_weight_the_other_way_changes_no_score() -> None:
    """Where the blank keeps its credits, which a fixed parameter of another size can change."""
    compared = 0
    for seed in SEEDS:
        case, exercise, parameters, random = random_graded(seed)
        k = random.randrange(len(case.units))
        factor = random.choice([F(2), F(1, 3), F(7, 5)])
        w, b, v = case.units[k]
        scaled = (None if w is None else w * factor, None if b is None else b * factor, v / factor)
        other = case._replace(units=(*case.units[:k], scaled, *case.units[k + 1 :]))
        theirs = built(other)
        if [c.blank for c in theirs.checks] != [c.blank for c in exercise.checks]:
            continue
        compared += 1
        moved = {
            name: value * factor if int(name[1:]) == k else value
            for name, value in parameters.items()
        }
        assert score(theirs, moved) == score(exercise, parameters), seed
    assert compared > 150


def test_order_of_the_parameters_does_not_matter_and_the_bytes_are_the_same_twice() -> None:
    for seed in SEEDS[:100]:
        case, exercise, parameters, _ = random_graded(seed)
        one = grade(exercise, Submission(parameters))
        other = grade(built(case), Submission(dict(reversed(parameters.items()))))
        assert one.checks == other.checks
        for report in (json, terminal):
            again = grade(built(case), Submission(dict(parameters)))
            assert report.render(one, Layout()) == report.render(again, Layout())


LAB = Case(
    segments=((F(0), F(1), F(-2), F(2)), (F(1), F(2), F(1), F(-1)), (F(2), F(3), F(3), F(-5))),
    units=((F(-2), F(2), F(1)), (None, None, F(1)), (None, None, F(1))),
    bias=F(0),
    tolerance=(F(1, 20), F(1, 20), F(1, 20)),
)
TABLE = {
    "1, -1, 2, -4": "100",
    "2, -4, 1, -1": "100",
    "1, -1.04, 2, -4": "100",
    "1.04, -1.04, 2, -4": "685/7",
    "1, -1, 2, -3.9": "650/7",
    "1, -1.1, 2, -4": "1775/21",
    "1, -1, 3, -6": "175/3",
    "1, -0.9, 2, -4": "12070/147",
    "1, -1, 2.1, -4.2": "1850/21",
    "1, -1, 0, 0": "50",
    "-1, 1, 2, -4": "40",
    "1, -1, 3, -5": "25",
    "1, -1, 2, -2": "25",
    "1, 0, 2, -4": "20",
    "2, -2, 0, 0": "6.25",
    "0, 0, 0, 0": "0",
}


@pytest.mark.parametrize(("values", "expected"), TABLE.items())
def test_scores_of_the_lab(values: str, expected: str) -> None:
    names = ("w1", "b1", "w2", "b2")
    parameters = {n: F(v) for n, v in zip(names, values.split(", "), strict=True)}
    assert score(built(LAB), parameters) == F(expected)
    assert judge(LAB, parameters)[0] == F(expected)


def test_exactly_two_slider_settings_near_the_right_ones_are_right() -> None:
    """Of the settings one step around the right answer only the answer itself gets everything."""
    exercise = built(LAB._replace(tolerance=(F(0), F(0), F(0))))
    steps = [F(n, 10) for n in (-1, 0, 1)]
    full = [
        (i, j, k, m)
        for i in steps
        for j in steps
        for k in steps
        for m in steps
        if score(exercise, {"w1": 1 + i, "b1": -1 + j, "w2": 2 + k, "b2": -4 + m}) == 100
    ]
    assert full == [(0, 0, 0, 0)]
