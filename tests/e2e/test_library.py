"""The library as another program uses it: typed, silent, and with few names."""

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import grader
from command import LAB, PERFECT, RIGHT

CONSUMER = """\
from fractions import Fraction
from typing import assert_type

import grader
from grader import CheckResult
from grader import Diagnosis
from grader import Exercise
from grader import GraderError
from grader import NotFound
from grader import Report
from grader import Submission


def score(path: str) -> Fraction | None:
    try:
        exercise = grader.load_exercise("relu-three-segments")
        submission = grader.read_submission(path, exercise)
    except grader.SubmissionError as error:
        assert_type(error.code, str)
        where: str | None = error.where
        print(where)
        return None
    except grader.SpecError as error:
        assert_type(error.lines(), list[str])
        return None
    except NotFound as error:
        assert_type(error.id, str)
        return None
    except GraderError:
        return None
    assert_type(exercise, Exercise)
    assert_type(submission, Submission)
    report = grader.grade(exercise, submission, reveal="verdict")
    assert_type(report, Report)
    assert_type(report.checks, tuple[CheckResult, ...])
    assert_type(report.diagnoses, tuple[Diagnosis, ...])
    assert_type(grader.grade(exercise, {"w1": 1, "b1": Fraction(1, 3)}), Report)
    return report.score
"""


def test_a_strictly_typed_program(tmp_path: Path) -> None:
    (tmp_path / "consumer.py").write_text(CONSUMER)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "consumer.py"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_every_name_is_there_and_is_listed() -> None:
    assert set(grader.__all__) <= set(dir(grader))
    for name in grader.__all__:
        assert getattr(grader, name) is not None
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = grader.nothing


def test_a_submission_and_a_mapping_give_the_same_checks() -> None:
    exercise = grader.load_exercise(LAB)
    read = grader.grade(exercise, grader.read_submission(PERFECT, exercise))
    given = grader.grade(exercise, RIGHT)
    assert read.checks == given.checks
    assert read.score == Fraction(100)


def test_errors_say_who_has_to_act(tmp_path: Path) -> None:
    with pytest.raises(grader.NotFound, match='unknown exercise "nowhere"'):
        grader.load_exercise("nowhere")
    (tmp_path / "x.yaml").write_text("format: 1\n")
    with pytest.raises(grader.SpecError) as caught:
        grader.load_exercise(tmp_path / "x.yaml")
    assert len(caught.value.problems) > 1
    exercise = grader.load_exercise(LAB)
    with pytest.raises(grader.SubmissionError) as refused:
        grader.grade(exercise, {"w1": 1})
    assert (refused.value.code, refused.value.where) == ("missing-parameter", "b1")
    with pytest.raises(FileNotFoundError):
        grader.read_submission(tmp_path / "nowhere.json", exercise)


@pytest.mark.parametrize(
    "parameters",
    [
        (1, -1, 2, -4),
        [1, -1.0, Fraction(2), -4],
        np.array([1, -1, 2, -4], dtype=np.float32),
        {"w1": np.float64(1), "b1": np.array([-1]), "w2": np.int64(2), "b2": np.float16(-4)},
    ],
)
def test_an_id_and_numbers_as_they_come(parameters: Any) -> None:  # noqa: ANN401 - as a user has them
    assert grader.grade(LAB, parameters).score == Fraction(100)


@pytest.mark.parametrize(("values", "words"), [((1,), "1 value was"), ((1,) * 5, "5 values were")])
def test_too_few_and_too_many_values(values: tuple[int, ...], words: str) -> None:
    with pytest.raises(grader.SubmissionError) as caught:
        grader.grade(LAB, values)
    assert caught.value.code == "missing-parameter"
    assert caught.value.message == (
        f"{words} given, but the exercise has 4 free parameters; give one value for each, in this "
        "order: w1, b1, w2, b2"
    )


def test_code_is_read_contained(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text("import numpy as np\ndef submission():\n    return np.array([1, -1, 2, -4])\n")
    exercise = grader.load_exercise(LAB)
    assert grader.grade(exercise, grader.read_submission(path, exercise)).score == Fraction(100)
    path.write_text("def submission():\n    return 1 / 0\n")
    with pytest.raises(grader.SubmissionError) as caught:
        grader.read_submission(path, exercise)
    assert caught.value.code == "raised"
