"""Forms in which a description gives an answer away, and words that do not."""

import json
import re
from pathlib import Path

import pytest

from grader.authoring.linting.lint import lint
from grader.desk.catalogue import find

LAB = Path(find("relu-three-segments").path).read_text(encoding="utf-8")


def found(text: str) -> list[str]:
    """Return what is found of the answer in a description of the lab."""
    spec = re.sub(r"(?ms)^description:.*?(?=^\S)", "", LAB)
    spec += f"\ndescription: {json.dumps(text)}\n"
    findings = lint(spec.encode(), "relu-three-segments.yaml")
    return [each.message for each in findings if each.code == "answer-in-text"]


@pytest.mark.parametrize(
    "text",
    [
        "relu(x - 1) + relu(2x - 4)", "max(0, 2x - 4)", "max(x - 1, 0)", "ReLU(2*x-4)",
        "relu(2 x \N{MINUS SIGN} 4)", r"$\mathrm{ReLU}(2x-4)$", r"\max\{0, 2x - 4\}", "(x - 1)_+",
        "w_1 = 1", "$w_{1} = 1$", "w\N{SUBSCRIPT TWO} = 2", "W2 = 2", "w[2] = 2", "`w2` = `2`",
        "**w2** = 2", "| w2 | 2 |", '{"w1": 1, "b1": -1}', "w2=2.0", "w2 = +2", "b2 = -8/2",
        "w2 := 2", "w2 \N{RIGHTWARDS ARROW} 2", "w2 -> 2", "(w1, b1) = (1, -1)", "w1, b1 = 1, -1",
        "[w1, b1, w2, b2] = [1, -1, 2, -4]", "w2 equals 2", "w2 is 2", "w2 should be 2",
        "w2 must be 2", "w2 ought to equal 2", "w2 has to be 2", "set w2 to 2", "use 2 for w2",
        "unit 2 needs the weight 2 and the bias -4", "unit 2 has weight 2", "unit 2: w = 2, b = -4",
        "the weight of unit 2 is 2", "weight 2 for unit 2", "bias -4 and weight 2 in unit 2",
    ],
)  # fmt: skip
def test_an_answer_is_found(text: str) -> None:
    assert found(f"Try. {text} will do.")


@pytest.mark.parametrize(
    "text",
    [
        "w0 is -2 and b0 is 2", "Unit 0 is relu(-2x + 2).", "w2 is not 3", "Choose w1, b1, w2, b2.",
        "On [2, 3] the target is 3x - 5.", "There are 2 free units; w1 = 7 would be too much.",
        "The weight of unit 1 is yours to find, unit 2 too.", "It turns at x = 2.", "relu(x)",
    ],
)  # fmt: skip
def test_other_words_are_not(text: str) -> None:
    assert found(text) == []
