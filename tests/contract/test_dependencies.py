"""What pyproject.toml asks for can be tried at its oldest, and is what the documents promise."""

import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
NAMED = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]


def test_every_requirement_has_a_floor_that_ci_can_install() -> None:
    floors = runpy.run_path(str(PROJECT / ".ci/oldest.py"))["floors"]
    found = floors("test")
    assert len(found) == len(NAMED["dependencies"]) + len(NAMED["optional-dependencies"]["test"])
    assert "PyYAML==6.0.1" in found


def test_a_plain_install_brings_numpy_jsonschema_and_markdown() -> None:
    names = {requirement.partition(">")[0].lower() for requirement in NAMED["dependencies"]}
    assert names == {"jsonschema", "markdown-it-py", "numpy", "pyyaml"}


def test_the_library_is_imported_without_them() -> None:
    code = (
        "import sys, grader; grader.load_exercise('relu-three-segments'); "
        "found = {'jsonschema', 'numpy'} & set(sys.modules); assert not found, found"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
