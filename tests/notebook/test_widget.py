"""grader.lab(...) as a Python object: its parameters are traitlets, exact, and inside their range."""

import json
import re
from decimal import Decimal
from fractions import Fraction
from html import unescape
from typing import TYPE_CHECKING

import numpy as np
import pytest

import grader
from grader.labs.controls import Control
from samples import EXERCISE_IDS
from samples.specs import spec

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.notebook

LAB = "relu-three-segments"
RIGHT = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}


def refusal(trait_error: type[Exception], name: str, value: object) -> str:
    lab = grader.lab(LAB)
    with pytest.raises(trait_error) as caught:
        setattr(lab, name, value)
    assert lab.values() == dict.fromkeys(RIGHT, 0)
    return str(caught.value)


def test_every_exercise_starts_as_its_page_does() -> None:
    for name in EXERCISE_IDS:
        lab = grader.lab(name)
        assert lab.values() == dict.fromkeys(grader.load_exercise(name).free, 0)
        assert lab.grade().score == 0


def test_set_and_graded() -> None:
    lab = grader.lab(LAB)
    for name, value in RIGHT.items():
        setattr(lab, name, value)
    assert lab.values() == RIGHT
    assert lab.grade() == grader.grade(LAB, RIGHT)
    assert lab.grade().score == 100
    assert repr(lab) == f"<lab of {LAB}: {{'w1': 1.0, 'b1': -1.0, 'w2': 2.0, 'b2': -4.0}}>"


def test_observed() -> None:
    lab = grader.lab(LAB)
    seen = []
    lab.observe(lambda change: seen.append((change.name, change.old, change.new)), list(RIGHT))
    lab.w1 = 2
    lab.w1 = 2.0
    lab.b2 = -0.5
    assert seen == [("w1", 0, 2), ("b2", 0, -0.5)]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (0.1, 0.1),
        (0.1 + 0.2, 0.3),  # the page keeps 15 places
        (1 / 3, 0.333333333333333),
        (-1 / 3, -0.333333333333333),
        (1e-300, 0),
        (3.9999999999999996, 3.999999999999999),
        (Fraction(1, 4), 0.25),
        (Decimal("-0.25"), -0.25),
        (np.float64(0.1), 0.1),
        (np.int64(-3), -3),
        (np.array([1.5]), 1.5),
    ],
)
def test_numbers_as_they_come(given: object, kept: float) -> None:
    lab = grader.lab(LAB)
    lab.w1 = given
    assert lab.w1 == kept
    assert type(lab.w1) is float
    assert str(lab.w1) != "-0.0"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (7, "w1 goes from -4 to 4, but 7 was given"),
        (-4.000001, "w1 goes from -4 to 4, but -4.000001 was given"),
        (10**400, "w1 goes from -4 to 4, but a very large number was given"),
        (float("nan"), "w1 needs a number such as 1 or -0.5, but nan was given"),
        (float("inf"), "w1 needs a number such as 1 or -0.5, but inf was given"),
        (True, "w1 needs a number such as 1 or -0.5, but True was given"),
        (None, "w1 needs a number such as 1 or -0.5, but None was given"),
        ("2", "w1 needs a number such as 1 or -0.5, but '2' was given"),
        ([1, 2], "w1 needs a number such as 1 or -0.5, but [1, 2] was given"),
    ],
)
def test_what_does_not_fit_is_refused(
    value: object, words: str, trait_error: type[Exception]
) -> None:
    assert refusal(trait_error, "w1", value) == words


@pytest.mark.parametrize("name", ["w0", "b0", "w3", "b10"])
def test_a_parameter_that_is_not_free_cannot_be_set(name: str) -> None:
    with pytest.raises(AttributeError) as caught:
        setattr(grader.lab(LAB), name, 1)
    assert str(caught.value) == f"{LAB} has no free parameter {name}; it has w1, b1, w2 and b2"


def test_a_start_between_two_steps_and_an_end_that_no_double_is() -> None:
    from grader.labs.widget import LabWidget  # noqa: PLC0415 - only here anywidget is installed

    control = Control("w1", Fraction(-1), Fraction(5, 9), Fraction(3, 10))
    exercise = grader.load_exercise(LAB)
    controls = [control._replace(name=name) for name in RIGHT]
    lab = LabWidget(exercise, tuple(controls), "", intro=False)
    assert lab.values() == dict.fromkeys(RIGHT, -0.1)
    lab.w1 = 5 / 9  # 0.5555555555555556 is beyond 5/9, its 15 places are not
    assert lab.w1 == 0.555555555555555


def test_sliders_that_reach_no_answer(tmp_path: "Path") -> None:
    path = tmp_path / "case.yaml"
    path.write_text(spec([]) + "sliders: {min: -0.25, max: 0.25, step: 0.25}\n", "utf-8")
    with pytest.raises(ValueError, match=r"^case: sliders: none of .* pass fit_sliders=True$"):
        grader.lab(path)
    assert grader.lab(path, fit_sliders=True).grade().score == 0


def test_the_warm_up_is_where_the_page_has_it() -> None:
    assert grader.lab(LAB).facts["intro"] is True
    assert grader.lab("zigzag").facts["intro"] is False
    assert grader.lab("zigzag", intro=True).facts["intro"] is True


def test_an_answer_is_sent_only_where_the_exercise_reveals_it(tmp_path: "Path") -> None:
    for reveal, told in (("hints", False), ("answers", True)):
        path = tmp_path / f"{reveal}.yaml"
        path.write_text(spec([("id: case", f"id: {reveal}\nfeedback: {{reveal: {reveal}}}")]))
        lab = grader.lab(path)
        assert lab.answer.startswith("A right answer: ") is told
        assert ("A right answer: " in frame(lab)) is told


def frame(lab: object) -> str:
    data, _ = lab._repr_mimebundle_(include=None, exclude=None)
    found = re.fullmatch(
        r'<iframe data-relu-lab title="[^"]*" srcdoc="([^"]*)" style="[^"]*"></iframe>',
        data["text/html"],
    )
    assert found
    return unescape(found[1])


def test_the_bundle_has_the_widget_and_a_page_with_the_values_of_now() -> None:
    lab = grader.lab(LAB)
    lab.w1 = 0.5
    data, metadata = lab._repr_mimebundle_()
    assert metadata == {}
    assert set(data) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == lab.model_id
    facts = re.search(r'<script type="application/json" id="lab-facts">(.*?)</script>', frame(lab))
    assert json.loads(facts[1])["start"] == {"w1": "0.5", "b1": "0.0", "w2": "0.0", "b2": "0.0"}
    lab.close()
    assert lab._repr_mimebundle_ is None


def test_what_the_front_end_gets() -> None:
    lab = grader.lab(LAB)
    lab.w1 = 0.1
    state = lab.get_state()
    assert state["w1"] == 0.1
    assert json.loads(json.dumps(state["facts"])) == lab.facts
    assert "export{" in state["_esm"]
    assert ".relu" in state["rules"]
    assert "_css" not in state  # the notebook keeps its own style
    # The front end sets what it shows; JSON has no 0.0.
    lab.set_state({"w1": 0, "b1": -0.3})
    assert lab.values() == {"w1": 0, "b1": -0.3, "w2": 0, "b2": 0}
