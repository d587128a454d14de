"""What the bundles do where their platforms put them."""

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
from bundled import LAB, PARTIAL, run
from grader.cli import package


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


def test_code_for_open_edx(tmp_path: Path) -> None:
    assert package.main(["open-edx", LAB, "--code", "-o", str(tmp_path / "a")]) == 0
    assert "def submission():" in (tmp_path / "a/problem.xml").read_text()
    assert "'--kind', 'py'" in (tmp_path / f"a/graders/{LAB}/start.py").read_text()


@pytest.mark.parametrize(("points", "shown"), [("20", "20"), ("2.5", "100"), ("1/3", "100")])
def test_open_edx_has_whole_points(tmp_path: Path, points: str, shown: str) -> None:
    assert package.main(["open-edx", LAB, "--points", points, "-o", str(tmp_path / "a")]) == 0
    problem = ET.fromstring((tmp_path / "a/problem.xml").read_text())  # noqa: S314 - our own
    assert [box.attrib["points"] for box in problem.iter("textbox")] == [shown]
