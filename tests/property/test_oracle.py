"""The core against an evaluator that was written independently of it."""

from collections import Counter

import pytest

from cases import random_graded
from grader import grade
from grader.submission.record import Submission
from oracle import Verdict, judge
from shares import one_in

PART = 100


@pytest.mark.parametrize("part", one_in(4, range(20)))
def test_scores_and_every_check_are_those_of_the_oracle(part: int) -> None:
    for seed in range(part * PART, (part + 1) * PART):
        case, exercise, parameters, _ = random_graded(seed)
        score, verdicts = judge(case, parameters)
        report = grade(exercise, Submission(parameters))
        found = [
            Verdict(
                check.id,
                check.role,
                check.basis,
                check.passed,
                check.credit,
                check.points,
                check.max_points,
                check.misfit and check.misfit.error,
                check.misfit and check.misfit.x,
                check.coverage,
                check.found,
            )
            for check in report.checks
        ]
        assert found == verdicts, seed
        assert report.score == score == sum(check.points for check in report.checks), seed


def test_the_cases_reach_every_basis_and_role_() -> None:
    seen: Counter[tuple[str, str]] = Counter()
    perfect = 0
    for seed in range(2 * PART, 12 * PART):
        case, _, parameters, _ = random_graded(seed)
        score, verdicts = judge(case, parameters)
        seen.update((v.id.split("-")[0] + " " + v.role, v.basis) for v in verdicts)
        perfect += score == case.points
    assert perfect > 50
    for kind, bases in {
        "segment goal": ("full", "near", "none"),
        "segment guard": ("full", "near", "none"),
        "breakpoint goal": ("full", "own-unit", "near", "position", "none"),
        "breakpoint guard": ("full", "near", "none"),
    }.items():
        for basis in bases:
            assert seen[kind, basis] > 0, (kind, basis, seen)
