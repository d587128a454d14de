"""`grader package`: what is in each bundle, and what the bundles do where their platforms put them."""

import json
import os
import re
import runpy
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from shutil import which
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import yaml

import restated
from grader import load_exercise
from grader.cli import package
from grader.console.delivery import platform, platforms
from grader.desk.catalogue import find
from samples.specs import LINTED, spec

LAB = "relu-three-segments"
SPEC = Path(find(LAB).path)
PARTIAL = '{"w1": 1.04, "b1": -1, "w2": 2.05, "b2": -4}'


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    folder = tmp_path_factory.mktemp("bundles")
    for name in platforms("bundle"):
        assert package.main([name, LAB, "-o", str(folder / name)]) == 0
    return {name: folder / name for name in platforms("bundle")}


def test_the_list_says_one_sentence_each(capsys: pytest.CaptureFixture[str]) -> None:
    assert package.main(["--list"]) == 0
    rows = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines())
    assert list(rows) == platforms("bundle")
    assert all(re.fullmatch(r"[A-Z].{20,90}\.", sentence) for sentence in rows.values())


def test_it_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert package.main(["gradescope", LAB, "-o", str(tmp_path / "a.zip")]) == 0
    then = "Upload it on the assignment's page, under Configure Autograder."
    pages = "task.html in it is the students' page, INSTRUCTOR.md has your steps."
    assert capsys.readouterr() == (f"Wrote {tmp_path / 'a.zip'}. {then}\n{pages}\n", "")


def test_what_lint_finds_wrong_is_packaged_only_by_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise = tmp_path / "case.yaml"
    exercise.write_text(spec(LINTED["unsolvable"]), "utf-8")
    wanted = ["gradescope", str(exercise), "-o", str(tmp_path / "a.zip")]
    assert package.main(wanted) == 2
    assert "case.yaml:5: error unsolvable: target: " in capsys.readouterr().err
    assert not (tmp_path / "a.zip").exists()
    assert package.main([*wanted, "--force"]) == 0
    assert (tmp_path / "a.zip").exists()


def test_a_folder_for_a_platform_that_takes_a_zip_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.main(["gradescope", LAB, "-o", str(tmp_path / "folder")]) == 0
    told = capsys.readouterr().out
    assert "This platform takes a zip file: zip what is in the folder" in told


def test_the_help_says_where_numpy_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        package.main(["--help"])
    told = " ".join(capsys.readouterr().out.split())
    assert "which pip gets from PyPI when the image is built, on GitHub at each run" in told


@pytest.mark.parametrize("name", platforms("bundle"))
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    for each in ("a.zip", "b.zip"):
        assert package.main([name, LAB, "-o", str(tmp_path / each)]) == 0
    data = (tmp_path / "a.zip").read_bytes()
    assert data == (tmp_path / "b.zip").read_bytes()
    assert len(data) < 1_500_000  # PrairieLearn has the grader twice, and the lab


@pytest.mark.parametrize("name", platforms("bundle"))
def test_a_bundle_has_all_it_needs(bundles: Mapping[str, Path], name: str) -> None:
    files = [path for path in bundles[name].rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 2 * 2**20
    names = {path.name for path in files}
    assert any(re.fullmatch(r"relu_grader-[\d.]+-py3-none-any\.whl", each) for each in names)
    assert any(re.fullmatch(r"pyyaml-[\d.]+-py3-none-any\.whl", each) for each in names)
    specs = [path for path in files if path.name == f"{LAB}.yaml"]
    assert specs
    assert {path.read_bytes() for path in specs} == {SPEC.read_bytes()}
    programs = [path for path in files if path.suffix in {".py", ""} and os.access(path, os.X_OK)]
    assert programs


def test_the_wheels_are_wheels(bundles: Mapping[str, Path]) -> None:
    for path in (bundles["gradescope"] / "wheels").iterdir():
        with zipfile.ZipFile(path) as wheel:
            assert wheel.testzip() is None
            record = next(name for name in wheel.namelist() if name.endswith("/RECORD"))
            listed = {line.split(",")[0] for line in wheel.read(record).decode().splitlines()}
            assert listed == set(wheel.namelist())


def run(*words: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env=plain | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_gradescopes_zip_sets_itself_up_and_grades(tmp_path: Path) -> None:
    root = tmp_path / "autograder"
    (root / "submission/exercises").mkdir(parents=True)
    (root / "submission/exercises" / f"{LAB}.yaml").write_text("not: the exercise")
    (root / "submission/submission.json").write_text(PARTIAL)
    words = ["gradescope", LAB, "-o", str(tmp_path / "a.zip"), "--points", "20", "--no-numpy"]
    assert package.main(words) == 0
    unzip = run(
        sys.executable, "-m", "zipfile", "-e", tmp_path / "a.zip", root / "source", cwd=root
    )
    assert unzip.returncode == 0
    done = run("bash", root / "source/setup.sh", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    (root / "run_autograder").write_bytes((root / "source/run_autograder").read_bytes())
    done = run("sh", root / "run_autograder", cwd=root, PYTHONPATH=str(root / "submission"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    files = {"results/results.json": (root / "results/results.json").read_text()}
    assert restated.gradescope(files) == (15, 20)


def test_without_its_setup_the_zip_grades_all_the_same(tmp_path: Path) -> None:
    """Codio's wrapper runs setup.sh only if it is told to, which its README advises against."""
    assert package.main(["gradescope", LAB, "-o", str(tmp_path / "source")]) == 0
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission/submission.py").write_text("submission = lambda: (1.04, -1, 2.05, -4)")
    program = (tmp_path / "source/run_autograder").read_bytes()
    (tmp_path / "run_autograder").write_bytes(program)
    done = run("sh", tmp_path / "run_autograder", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    files = {"results/results.json": (tmp_path / "results/results.json").read_text()}
    assert restated.gradescope(files) == (75, 100)
    nowhere = {"PATH": str(tmp_path)}
    sh = which("sh") or "sh"
    done = run(sh, tmp_path / "run_autograder", cwd=tmp_path, **nowhere)
    assert done.returncode == 1
    assert "Python 3.11 or later was not found; run " in done.stderr


def test_numpy_in_lib_is_found(tmp_path: Path) -> None:
    """setup.sh and Coursera's Dockerfile install NumPy into lib, beside the grader."""
    assert package.main(["gradescope", LAB, "-o", str(tmp_path / "source")]) == 0
    lib = tmp_path / "source/lib"
    lib.mkdir()
    for wheel in (tmp_path / "source/wheels").iterdir():
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(lib)
    installed = Path(np.__file__).parent
    for name in ("numpy", "numpy.libs"):
        if (installed.parent / name).exists():
            (lib / name).symlink_to(installed.parent / name)
    (tmp_path / "submission").mkdir()
    code = "import numpy as np\ndef submission():\n    return np.array([1.04, -1, 2.05, -4])\n"
    (tmp_path / "submission/submission.py").write_text(code)
    start = tmp_path / "source/start.py"
    bare = "import sys, runpy; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], {}, '__main__')"
    done = run(sys.executable, "-IS", "-c", bare, start, "--root", tmp_path, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    files = {"results/results.json": (tmp_path / "results/results.json").read_text()}
    assert restated.gradescope(files) == (75, 100)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("after", [0.05, 0.15, 0.3])
def test_an_ended_start_leaves_no_temporary_files(
    bundles: Mapping[str, Path], tmp_path: Path, number: signal.Signals, after: float
) -> None:
    (tmp_path / "tmp").mkdir()
    start = bundles["open-edx"] / "graders" / LAB / "start.py"
    process = subprocess.Popen(
        [sys.executable, "-I", str(start)],
        stdin=subprocess.PIPE,  # it waits for an item
        stderr=subprocess.PIPE,
        env={"TMPDIR": str(tmp_path / "tmp")},
    )
    with process:
        time.sleep(after)
        process.send_signal(number)
        status = process.wait(timeout=20)
        said = process.stderr.read() if process.stderr else b""
    # 1 is Python's own, where an interrupt comes while it starts and none of ours is running.
    assert status in {128 + number, -number} or (status == 1 and b"start.py" not in said)
    assert os.listdir(tmp_path / "tmp") == []


def test_zip_members_are_programs_where_they_have_to_be(tmp_path: Path) -> None:
    assert package.main(["gradescope", LAB, "-o", str(tmp_path / "a.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        modes = {info.filename: info.external_attr >> 16 & 0o777 for info in archive.infolist()}
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert modes[f"exercise/{LAB}.yaml"] == 0o644


def test_courseras_image_grades(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    dockerfile = (bundles["coursera"] / "Dockerfile").read_text()
    assert dockerfile.startswith("FROM python:3.")
    assert 'ENTRYPOINT ["python3", "-I", "/grader/start.py"]' in dockerfile
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission/a.json").write_text(PARTIAL)
    start = bundles["coursera"] / "grader/start.py"
    done = run("python3", "-I", start, "--root", tmp_path, cwd=tmp_path, partId="abc12")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    names = sorted(set(os.listdir(tmp_path)) - {"submission"})
    assert restated.coursera({name: (tmp_path / name).read_text() for name in names}) == 0.75


def test_prairielearns_question(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    for name, method in ((LAB, "Internal"), (f"{LAB}-python", "External")):
        question = bundles["prairielearn"] / name
        # Source: schemas/infoQuestion.json: required keys, and those that these questions use.
        info = json.loads((question / "info.json").read_text())
        assert {"uuid", "title", "topic", "type"} <= set(info)
        assert set(info) <= {
            "uuid",
            "title",
            "topic",
            "type",
            "singleVariant",
            "gradingMethod",
            "externalGradingOptions",
            "showCorrectAnswer",
        }
        assert info["showCorrectAnswer"] is False
        page = (question / "question.html").read_text()
        assert "<markdown" not in page
        for field in re.findall("<pl-string-input .*?>", page):
            assert 'show-help-text="false"' in field
        assert re.fullmatch(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", info["uuid"])
        assert info.get("gradingMethod", "Internal") == method
        ET.fromstring(f"<page>{(question / 'question.html').read_text()}</page>")  # noqa: S314
    options = info["externalGradingOptions"]
    assert set(options) == {"image", "entrypoint", "timeout", "enableNetworking"}
    assert options["timeout"] <= 600
    start = bundles["prairielearn"] / f"{LAB}-python/tests/start.py"
    assert options["entrypoint"] == "/grade/tests/start.py"
    (tmp_path / "student").mkdir()
    (tmp_path / "student/submission.json").write_text(PARTIAL)
    done = run(start, "--root", tmp_path, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    files = {"results/results.json": (tmp_path / "results/results.json").read_text()}
    assert restated.prairielearn(files) == 0.75


LIFE = """
import json, os, runpy
question = runpy.run_path("server.py")
results = []
for kind in ("correct", "incorrect", "invalid"):
    base = {"options": {"question_path": os.getcwd()}}
    new = lambda **more: {**base, "format_errors": {}, "feedback": {}, **more}
    told = new(raw_submitted_answers={}, partial_scores={}, score=0, test_type=kind)
    question["test"](told)
    there = new(submitted_answers=dict(told["raw_submitted_answers"]))
    question["parse"](there)
    same = sorted(told["format_errors"]) == sorted(there["format_errors"])
    if not there["format_errors"]:
        there |= {"partial_scores": {}, "score": 0}
        question["grade"](there)
        same = same and all(told[key] == there[key] for key in ("partial_scores", "score"))
    results.append([kind, same, there.get("score"), len(there["format_errors"])])
print(json.dumps(results))
"""


@pytest.mark.parametrize("id_", [LAB, "thirds"])
def test_prairielearns_own_test_of_the_question_passes(tmp_path: Path, id_: str) -> None:
    """Source: apps/prairielearn/src/lib/question-testing.ts (compareSubmissions)."""
    assert package.main(["prairielearn", id_, "-o", str(tmp_path / "a")]) == 0
    done = run(sys.executable, "-S", "-c", LIFE, cwd=tmp_path / "a" / id_)
    assert done.stderr == ""
    free = len(load_exercise(id_).free)
    assert json.loads(done.stdout) == [
        ["correct", True, 1, 0],
        ["incorrect", True, 0, 0],
        ["invalid", True, None, free],
    ]


def test_prairielearns_page_says_what_the_bundle_may_reveal(tmp_path: Path) -> None:
    words = [LAB, "--reveal", "verdict", "-o", str(tmp_path / "a")]
    assert package.main(["prairielearn", *words]) == 0
    program = """
import runpy
data = {"submitted_answers": {"w1": "1.04", "b1": "-1", "w2": "2.05", "b2": "-4"}, "feedback": {},
        "partial_scores": {}, "score": 0, "options": {"question_path": "."}}
runpy.run_path("server.py")["grade"](data)
print(data["score"], "expected" in data["feedback"]["report"])
"""
    done = run(sys.executable, "-S", "-c", program, cwd=tmp_path / "a" / LAB)
    assert (done.stdout, done.stderr) == ("0.75 False\n", "")


def test_open_edx(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    bundle = bundles["open-edx"]
    problem = ET.fromstring((bundle / "problem.xml").read_text())  # noqa: S314 - our own
    assert problem.tag == "problem"
    payload = json.loads(problem.findtext(".//grader_payload") or "")
    assert payload == {"grader": f"{LAB}/start.py"}
    assert json.loads(problem.findtext(".//initial_display") or "") == {
        "w1": 0,
        "b1": 0,
        "w2": 0,
        "b2": 0,
    }
    config = json.loads((bundle / "watcher/conf.d/relu-grader.json").read_text())
    (response,) = problem.iter("coderesponse")
    assert set(config) == {response.attrib["queuename"]}
    start = bundle / "graders" / payload["grader"]
    done = run(sys.executable, "-I", start, cwd=tmp_path, SUBMISSION_CODE=PARTIAL)
    assert restated.open_edx({"-": done.stdout}) == 0.75
    # Source: xqueue-watcher, containergrader.py: the entry point takes GRADER_FILE and SEED.
    words = (f"/graders/{payload['grader']}", "12345")
    again = run(sys.executable, "-I", start, *words, cwd=tmp_path, SUBMISSION_CODE=PARTIAL)
    assert (again.returncode, again.stdout) == (0, done.stdout)


def test_the_watchers_grader_raises_where_there_is_no_reply(
    bundles: Mapping[str, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module = type(sys)("xqueue_watcher.grader")
    module.Grader = object  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "xqueue_watcher", type(sys)("xqueue_watcher"))
    monkeypatch.setitem(sys.modules, "xqueue_watcher.grader", module)
    names = runpy.run_path(str(bundles["open-edx"] / "watcher/relu_watcher.py"))
    grader = names["ReluGrader"]()
    start = bundles["open-edx"] / "graders" / LAB / "start.py"
    reply = grader.grade(start, {}, PARTIAL)
    assert (
        restated.open_edx({"-": json.dumps(reply | {"msg": grader.render_results(reply)}) + "\n"})
        == 0.75
    )
    with pytest.raises(subprocess.CalledProcessError):
        grader.grade(tmp_path / "missing.py", {}, PARTIAL)


def test_github(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    workflow = yaml.safe_load(
        (bundles["github"] / f".github/workflows/grade-{LAB}.yml").read_text()
    )
    checkout, *_, step = workflow["jobs"]["grade"]["steps"]
    assert re.fullmatch(r"actions/checkout@[0-9a-f]{40}", checkout["uses"])
    (bundles["github"] / "submission.json").write_text(PARTIAL)
    done = run(*step["run"].split(), cwd=bundles["github"], GITHUB_STEP_SUMMARY=str(tmp_path / "s"))
    assert done.returncode == 0
    files = {"-": done.stdout, "$GITHUB_STEP_SUMMARY": (tmp_path / "s").read_text()}
    assert restated.github(files) == ["notice", "warning", "warning"]


def test_githubs_workflow_puts_numpy_beside_the_grader(tmp_path: Path) -> None:
    assert package.main(["github", LAB, "--numpy", "2.1.0", "-o", str(tmp_path)]) == 2
    root = tmp_path / "repository"
    assert package.main(["github", LAB, "--numpy", "2.1.0", "-o", str(root)]) == 0
    workflow = yaml.safe_load((root / f".github/workflows/grade-{LAB}.yml").read_text())
    _, unpack, grade = workflow["jobs"]["grade"]["steps"]
    assert unpack["run"].splitlines()[-1].endswith("numpy==2.1.0")
    words = unpack["run"].replace("python3 -m pip install", "echo")
    done = run("bash", "-e", "-c", words, cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    lib = root / f".github/relu-grader/{LAB}/lib"
    (lib / "numpy").symlink_to(Path(np.__file__).parent)
    code = "import numpy as np\nsubmission = lambda: np.array([1.04, -1, 2.05, -4])"
    (root / "submission.py").write_text(code)
    (tmp_path / "temporary").mkdir()
    done = run(*grade["run"].split(), cwd=root, TMPDIR=str(tmp_path / "temporary"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Score 75 of 100" in done.stdout


def test_classroom_50(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    (tmp_path / "submission.json").write_text(PARTIAL)
    start = bundles["classroom50"] / "autograders" / LAB / "autograder.py"
    done = run(sys.executable, start, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert restated.classroom50({"result.json": (tmp_path / "result.json").read_text()}) == (
        75,
        100,
    )


def test_a_changed_exercise_is_noticed(bundles: Mapping[str, Path], tmp_path: Path) -> None:
    (tmp_path / "submission").mkdir()
    start = tmp_path / "start.py"
    start.write_bytes((bundles["coursera"] / "grader/start.py").read_bytes())
    (tmp_path / "wheels").symlink_to(bundles["coursera"] / "grader/wheels")
    (tmp_path / "exercise").mkdir()
    (tmp_path / f"exercise/{LAB}.yaml").write_bytes(SPEC.read_bytes() + b"\n")
    done = run(sys.executable, "-I", start, "--root", tmp_path, cwd=tmp_path)
    assert done.returncode == 4
    assert "package it again" in done.stderr
    assert not (tmp_path / "feedback.json").exists()


def test_numpy_comes_along_pinned_unless_it_is_declined(tmp_path: Path) -> None:
    for name, file in (("gradescope", "setup.sh"), ("coursera", "Dockerfile")):
        assert package.main([name, LAB, "-o", str(tmp_path / name)]) == 0
        assert re.search(r"numpy==\d+\.\d+\.\d+", (tmp_path / name / file).read_text())
        assert package.main([name, LAB, "--numpy", "2.1.0", "-o", str(tmp_path / f"{name}2")]) == 0
        assert "numpy==2.1.0" in (tmp_path / f"{name}2" / file).read_text()
        assert package.main([name, LAB, "--no-numpy", "-o", str(tmp_path / f"{name}3")]) == 0
        assert "numpy" not in (tmp_path / f"{name}3" / file).read_text()


def test_code_for_open_edx(tmp_path: Path) -> None:
    assert package.main(["open-edx", LAB, "--code", "-o", str(tmp_path / "a")]) == 0
    assert "def submission():" in (tmp_path / "a/problem.xml").read_text()
    assert "'--kind', 'py'" in (tmp_path / f"a/graders/{LAB}/start.py").read_text()


def test_titles_with_markup_stay_text(tmp_path: Path) -> None:
    title = 'title: "<b>{{x}}&\\x1b[31m\\uFFFE\\x00]]> \\u202e"'
    spec = re.sub("title: .*", lambda _: title, SPEC.read_text())
    text = "description: |\n  {{{y}}} {{#z}} <i> ]]> <markdown>\n"
    (tmp_path / f"{LAB}.yaml").write_text(spec.replace("description: |", text))
    for name in ("open-edx", "prairielearn"):
        assert package.main([name, str(tmp_path / f"{LAB}.yaml"), "-o", str(tmp_path / name)]) == 0
    ET.fromstring((tmp_path / "open-edx/problem.xml").read_text())  # noqa: S314 - our own
    page = (tmp_path / f"prairielearn/{LAB}/question.html").read_text()
    ET.fromstring(f"<page>{page}</page>")  # noqa: S314 - our own
    url = "{{options.client_files_question_url}}"
    assert re.findall(r"\{\{+[^}]*\}+", page) == [url, url, "{{{feedback.report}}}"]
    assert "<markdown" not in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["nowhere", LAB, "-o", "x.zip"],
            'no bundle for "nowhere"; choose one of classroom50, ',
        ),
        (["gradescope", "nothing", "-o", "x.zip"], 'unknown exercise "nothing"'),
        (["gradescope", LAB, "-o", "/nowhere/x.zip"], "/nowhere/x.zip cannot be written"),
        (["coursera", LAB, "-o", "."], ". cannot be written: File exists; name a new folder"),
    ],
)
def test_what_cannot_be_packaged(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert package.main(arguments) == 2
    assert capsys.readouterr().err.startswith(message)


@pytest.mark.parametrize("name", ["a.zip", "a.yaml"])
def test_nothing_that_a_person_made_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    output = tmp_path / name
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("homework.txt", "")
    before = output.read_bytes()
    assert package.main(["gradescope", LAB, "-o", str(output)]) == 2
    assert capsys.readouterr().err == (
        f"{output} is one of your files and is not overwritten; name a new folder, or a file that "
        "ends in .zip\n"
    )
    assert (output.read_bytes(), os.listdir(tmp_path)) == (before, [name])


def test_an_earlier_bundle_is_replaced(tmp_path: Path) -> None:
    for platform_name in ("coursera", "gradescope"):
        assert package.main([platform_name, LAB, "-o", str(tmp_path / "a.zip")]) == 0
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert "run_autograder" in archive.namelist()
    assert os.listdir(tmp_path) == ["a.zip"]


def test_a_folder_in_the_way_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.zip").mkdir()
    assert package.main(["gradescope", LAB, "-o", str(tmp_path / "a.zip")]) == 2
    assert os.listdir(tmp_path) == ["a.zip"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["gradescope"],
        ["gradescope", LAB],
        ["gradescope", LAB, "-o", "x", "--points", "0"],
        ["gradescope", LAB, "-o", "x", "--numpy", "2"],
        ["gradescope", LAB, "-o", "x", "--numpy", "2.1.0;id"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        package.main(arguments)


@pytest.mark.parametrize("name", platforms("bundle"))
def test_every_bundle_cites_its_source(name: str) -> None:
    module = platform(name, "bundle")
    assert module is not None
    assert re.search(r"Source: .*read in\s+November 20\d\d", module.__doc__ or "", re.DOTALL)


@pytest.mark.parametrize(("points", "shown"), [("20", "20"), ("2.5", "100"), ("1/3", "100")])
def test_open_edx_has_whole_points(tmp_path: Path, points: str, shown: str) -> None:
    assert package.main(["open-edx", LAB, "--points", points, "-o", str(tmp_path / "a")]) == 0
    problem = ET.fromstring((tmp_path / "a/problem.xml").read_text())  # noqa: S314 - our own
    assert [box.attrib["points"] for box in problem.iter("textbox")] == [shown]
