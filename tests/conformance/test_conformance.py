"""Our answers, read by the platforms' own code; see environments.py for how that code gets here."""

import math
import sys
from fractions import Fraction
from pathlib import Path

import environments
import pytest
from environments import judge

from conforming import LAB, answers
from grader import Report, load_exercise
from grader.cli import package
from grader.desk.catalogue import find
from reports import case

pytestmark = pytest.mark.conformance


def exact(report: Report) -> Fraction:
    assert report.score is not None
    return report.score / (report.max_score or 100)


def test_courseras_local_check() -> None:
    scores = judge("coursera", answers("coursera"))
    assert scores.pop("failed") is None
    for name, score in scores.items():
        assert math.isclose(score, exact(case(name)), abs_tol=1e-12), name


def test_courseras_check_rejects_what_it_should() -> None:
    bad = {"string": '{"fractionalScore": "1", "feedback": ""}', "none": '{"fractionalScore": 1}'}
    asked = {name: {"feedback.json": text} for name, text in bad.items()}
    assert judge("coursera", asked) == {"string": None, "none": None}


def test_check50s_results_and_renderers() -> None:
    texts = {name: files["check50.json"] for name, files in answers("check50").items()}
    passed = judge("check50", texts)
    assert passed.pop("failed") == []
    for name, marks in passed.items():
        report = case(name)
        assert all(marks) == (report.score == report.max_score), name
        assert len(marks) == (min(len(report.checks), 200) or 1), name


def test_open_edx_lms() -> None:
    replies = {name: files["-"] for name, files in answers("open-edx").items() if files}
    for name, (valid, correct, points, message) in judge("open_edx_lms", replies).items():
        report = case(name)
        assert valid, name
        assert correct == (exact(report) == 1)
        assert math.isclose(points, exact(report), abs_tol=1e-12)
        assert message.startswith('<div class="relu-grader">')
        assert "<script" not in message


def test_open_edx_puts_nothing_into_an_authors_words(tmp_path: Path) -> None:
    source = Path(find(LAB).path).read_text("utf-8")
    words = "Costs $seed, $anonymous_student_id and [more](http://e.example/$seed)."
    before, _, rest = source.partition("description: |\n")
    path = tmp_path / f"{LAB}.yaml"
    path.write_text(f"{before}description: |\n  {words}\n\n{rest}", "utf-8")
    assert package.main(["open-edx", str(path), "-o", str(tmp_path / "a")]) == 0
    problem = (tmp_path / "a/problem.xml").read_text("utf-8")
    written, shown = judge("open_edx_lms", problem, module="open_edx_problem")
    assert shown == written
    assert "Costs $seed, $anonymous_student_id and more." in shown
    raw = problem.replace("<span>$</span>", "$")
    written, shown = judge("open_edx_lms", raw, module="open_edx_problem")
    assert "Costs PUT IN" in shown


@pytest.fixture(scope="module")
def queue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle") / "open-edx"
    assert package.main(["open-edx", LAB, "-o", str(folder)]) == 0
    return folder / "graders" / LAB / "start.py"


def test_open_edx_queue_server(queue: Path) -> None:
    responses = {
        "full": '{"w1": 1, "b1": -1, "w2": 2, "b2": -4}',
        "partial": '{"w1": 1, "b1": -1, "w2": 3, "b2": -6}',
        "guard": '{"w1": 1, "b1": 0, "w2": 2, "b2": -4}',
        "markup": '{"<b>&": "</pre><script>"}',
        "broken": "{",
        "empty": "",
    }
    question = {
        "start": str(queue),
        "python": sys.executable,
        "points": 100,
        "responses": responses,
    }
    verdicts = judge("open_edx_queue", question)
    shown = {name: (earned, possible) for name, (earned, possible, _) in verdicts.items()}
    assert shown == {
        "full": (100, 100),
        "partial": (58, 100),  # 58.33..., rounded by the queue
        "guard": (20, 100),
        "markup": (0, 100),
        "broken": (0, 100),
        "empty": (0, 100),
    }


def test_open_edx_queue_server_keeps_what_the_grader_failed_on() -> None:
    question = {
        "start": "/nowhere.py",
        "python": sys.executable,
        "points": 100,
        "responses": {"x": "{}"},
    }
    earned, possible, status = judge("open_edx_queue", question)["x"]
    assert (earned, possible) == (None, None)
    assert status in {"pending", "pulled", "queued"}


@pytest.mark.parametrize("id_", [LAB, "thirds", "mind-the-output-weights", "half-given-units"])
def test_prairielearns_tester_leads_the_question_through_its_phases(
    tmp_path: Path, id_: str
) -> None:
    assert package.main(["prairielearn", id_, "-o", str(tmp_path / "a")]) == 0
    wheel = str(environments.wheel("pl-e2e-test==0.1.5"))
    question = {"wheel": wheel, "question": str(tmp_path / "a" / id_)}
    free = len(load_exercise(id_).free)
    assert judge("pl_e2e_test", question) == {
        "correct": [1, free, 0],
        "incorrect": [0, free, 0],
        "invalid": [None, 0, free],
    }
