"""What must hold for right answers, wrong units and diagnoses, whatever the exercise."""

from fractions import Fraction
from itertools import islice

from hypothesis import assume, given
from hypothesis import strategies as st

from grader import Exercise, grade
from grader.exact.network import Network, Unit
from grader.mistakes.answers import right_answers
from grader.mistakes.table import DIAGNOSES
from grader.report import Report
from planted import generated, shipped

EXERCISES = [
    *(exercise._replace(messages={}, reveal="hints") for exercise in shipped()),
    *map(generated, range(12)),
]
exercises = st.sampled_from(EXERCISES)
SMALL = st.fractions(-6, 6, max_denominator=10)


def parameters(exercise: Exercise, units: tuple[Unit, ...]) -> dict[str, Fraction]:
    return {
        name: units[k].w if letter == "w" else units[k].b
        for name, (k, letter) in exercise.free.items()
    }


def an_answer(exercise: Exercise, data: st.DataObject) -> tuple[Unit, ...]:
    answers = right_answers(exercise.target, exercise.units, exercise.bias)
    return data.draw(st.sampled_from(list(islice(answers, 12))))


def named(report: Report) -> dict[int | None, tuple[str, ...]]:
    return {found.unit: (found.code, *found.also) for found in report.diagnoses}


@given(exercises, st.data())
def test_every_right_answer_earns_full_marks_and_no_unit_is_wrong(
    exercise: Exercise, data: st.DataObject
) -> None:
    units = an_answer(exercise, data)
    assert Network(units, exercise.bias).as_piecewise(*exercise.domain) == exercise.target
    report = grade(exercise, parameters(exercise, units))
    assert report.score == exercise.points
    assert set(named(report)) <= {None}


@given(exercises, st.data(), SMALL, SMALL)
def test_beside_one_wrong_unit_no_right_one_is_called_wrong(
    exercise: Exercise, data: st.DataObject, w: Fraction, b: Fraction
) -> None:
    units = list(an_answer(exercise, data))
    k = data.draw(st.sampled_from(sorted(exercise.free_units)))
    spec = exercise.units[k]
    units[k] = Unit(w if spec.w is None else spec.w, b if spec.b is None else spec.b, spec.v)
    report = grade(exercise, parameters(exercise, tuple(units)))
    wrong = set(named(report)) - {None}
    # Another reading may leave as many right, but none blames two units.
    assert len(wrong) <= 1
    assert bool(wrong) == any(check.credit < 1 for check in report.checks)


@given(exercises, st.data())
def test_every_wrong_network_is_told_something_that_exists(
    exercise: Exercise, data: st.DataObject
) -> None:
    own = {name: data.draw(SMALL) for name in exercise.free}
    report = grade(exercise, own)
    if all(check.credit == 1 for check in report.checks):
        assert set(named(report)) <= {None}
        return
    assert set(named(report)) - {None}
    for unit, codes in named(report).items():
        assert set(codes) <= set(DIAGNOSES)
        assert len(set(codes)) == len(codes)
        assert (unit is None) == (codes == ("units-permuted",))
        assert unit is None or unit in exercise.free_units
    order = list(DIAGNOSES)
    for found in report.diagnoses:
        places = [order.index(code) for code in (found.code, *found.also)]
        assert places == sorted(places)
        assert "{" not in found.message
        assert "  " not in found.message


@given(exercises, st.data())
def test_swapping_units_of_one_output_weight_swaps_their_diagnoses(
    exercise: Exercise, data: st.DataObject
) -> None:
    free = [k for k in exercise.free_units if exercise.units[k][:2] == (None, None)]
    pairs = [(j, k) for j in free for k in free if j < k and exercise.units[j] == exercise.units[k]]
    assume(pairs)
    j, k = data.draw(st.sampled_from(pairs))
    # A hair apart each, so that no two right answers are equally near: the units' order decides then.
    hairs = [Fraction(n * n + 1, 10**7) for n in range(1, len(exercise.free) + 1)]
    own = {name: data.draw(SMALL) + h for name, h in zip(exercise.free, hairs, strict=True)}
    swapped = own | {
        f"{letter}{one}": own[f"{letter}{other}"]
        for letter in "wb"
        for one, other in ((j, k), (k, j))
    }
    before, after = named(grade(exercise, own)), named(grade(exercise, swapped))
    for found in (before, after):
        found.pop(None, None)
    assert sorted(before.values()) == sorted(after.values())
