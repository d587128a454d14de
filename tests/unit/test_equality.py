"""What is said of variants' equality, recomputed by brute force on small lists."""

from fractions import Fraction as F
from itertools import permutations

import pytest

from grader.authoring.equality import said as kept
from grader.authoring.equality.crossing import NEARLY
from grader.authoring.equality.findings import ROWS
from grader.authoring.equality.leaving_out import leaving_out
from grader.authoring.equality.proof import Compared, prove
from grader.authoring.equality.solved import variant_facts
from grader.authoring.solving.solve import solve
from grader.exact.formula import condition
from grader.exercise.record import Exercise
from grader.grading import grade
from grader.specs.exercise import read_exercise
from varied import varied

FEW = [("[1, 3/2, 2]", "[1, 3/2]"), ("[5/2, 3]", "[3]")]


def read(*pairs: tuple[str, str]) -> Exercise:
    return read_exercise(varied(*pairs).encode(), "varied.yaml", "varied")


def own(exercise: Exercise, number: int) -> Exercise:
    assert exercise.variant is not None
    assert exercise.variant.make is not None
    return exercise.variant.make(number)


def proof(*pairs: tuple[str, str]) -> Compared:
    found = prove(read(*FEW, *pairs))
    assert found is not None
    return found


def told(found: Compared) -> dict[str, list[str]]:
    every = {row.code: list(row.find(found)) for row in ROWS if row.find}
    return {code: messages for code, messages in every.items() if messages}


def test_pairs_are_those_that_grading_every_pair_gives() -> None:
    near = ("[1/2, 1, 3/2]", "[1/2, 1, 21/20, 23/20]")
    exercise = read(*FEW, near)
    found = proof(near)
    made = [own(exercise, number) for number in range(len(found.facts))]
    expected = set()
    for i, j in permutations(range(len(made)), 2):
        earned = grade(made[j], dict(solve(made[i]).families[0].example)).score
        if earned is not None and earned >= NEARLY * 100:
            expected.add((i, j, earned))
    assert set(found.crossed) == expected
    assert expected


def test_facts_are_what_the_solver_and_the_checks_say() -> None:
    exercise = read(*FEW)
    assert exercise.variant is not None
    assert exercise.variant.make is not None
    for number in range(exercise.variant.of):
        fact = variant_facts(exercise.variant.make, number)
        made = own(exercise, number)
        assert fact.solvable
        assert len(solve(made).families) == 2 * len(fact.answers)  # the units swapped
        assert fact.shape == (2, 2, ("segment-1",))
        for answer in fact.answers:
            assert grade(made, dict(answer)).score == 100


def test_a_variant_without_a_right_answer_is_named_with_what_leaves_it_out() -> None:
    found = told(proof(("s2: [1/2, 1, 3/2]", "s2: [1/2, -1, 3/2]")))
    assert found["variants-unsolvable"] == [
        "variants 1, 4, 7 and 10 (s2 != -1 would leave them out, 8 stay): no network of this shape "
        "equals the target"
    ]


def test_a_variant_that_is_no_exercise_is_named() -> None:
    pairs = ("[$t1, 0]", "[$t1 + $s2*$s2*2 - 1/2, 0]")
    found = told(proof(pairs))
    (message,) = found["variants-broken"]
    assert message.endswith("x must increase, but 3 follows 5")
    assert message.startswith(
        "variants 1, 4, 6, 8 and 9 (t1 + s2 < 2.5 would leave them out, 5 stay)"
    )


def test_sliders_that_miss_a_variant() -> None:
    found = told(proof(("step: 0.25", "step: 1")))
    (message,) = found["variants-unreachable"]
    assert "no right answer can be set with the sliders" in message


def test_answers_that_two_variants_share() -> None:
    # The output bias varies, and the target with it: the student's part is the same.
    pairs = [
        ("    s2: [1/2, 1, 3/2]\n", "    s2: [1/2, 1, 3/2]\n    h: [0, 1]\n"),
        ("[[0, 0], [$t1, 0], [$t2, $s1", "[[0, $h], [$t1, $h], [$t2, $h + $s1"),
        ("[4, $s1", "[4, $h + $s1"),
        ("tolerance:", "  output: {weights: [1, 1], bias: $h}\ntolerance:"),
    ]
    (message,) = told(proof(*pairs))["variants-share-answers"]
    assert message.endswith(
        "another variant's right answer is right, for variant 0 that of variant 1"
    )


def test_how_many_there_are_and_who_shares_one() -> None:
    (message,) = told(proof())["variants-proved"]
    assert "10 variants were solved" in message
    assert message.endswith("that two given ones do: 1 in 10")
    assert "10 students 100 %" in message


@pytest.mark.parametrize("wrong", [{0}, {1, 3}, {0, 1}, {4, 5, 6, 7}])
def test_conditions_leave_out_what_they_are_said_to(wrong: set[int]) -> None:
    rows = [{"a": F(a), "b": F(b), "c": F(c)} for a in (1, 2) for b in (1, 2) for c in (3, 4)]
    found = leaving_out(rows, wrong)
    assert found is not None
    texts, stay = found
    conditions = [condition(text) for text in texts.split(" and ")]
    left = [k for k, row in enumerate(rows) if all(each.holds(row) for each in conditions)]
    assert not wrong & set(left)
    assert len(left) == stay >= 2


def test_what_was_found_is_kept_until_the_spec_changes(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    began: list[int] = []

    def begin(total: int) -> kept.Step:
        began.append(total)
        return lambda _: None

    exercise = read(*FEW)
    first = kept.said(exercise, begin)
    assert kept.said(exercise, begin) == first
    assert began == [20]
    changed = read(*FEW, ("step: 0.25", "step: 0.125"))
    kept.said(changed, begin)
    assert began == [20, 20]


def test_too_many_variants_are_not_proved() -> None:
    many = [("t1: [1, 3/2, 2]", f"t1: {[n / 1024 for n in range(700, 1700)]}")]
    (only,) = kept.said(read(*many))
    assert only.code == "variants-not-proved"
    assert "are too many to solve and compare pair by pair" in only.message
