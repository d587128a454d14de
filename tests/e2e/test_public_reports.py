"""Hand-ins that public reports tell of as refused or misgraded elsewhere, made anew and small.

Each names the report it stands for: repository and number of the issue.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.desk.intake import entries, receive
from grader.errors import SubmissionError
from grader.platforms import only_file
from grader.sandbox.grader_side.running import run_in
from grader.sandbox.grader_side.sandbox import Sandbox

DEFINED = "def submission():\n    return 1, -1, 2, -4\n"
ANSWER = '{"w1": 1, "b1": -1, "w2": 2, "b2": -4}'
RIGHT = (1.0, -1.0, 2.0, -4.0)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as started:
        yield started


def notebook(*cells: str, **more: object) -> bytes:
    rows = [{"cell_type": "code", "source": cell, **more} for cell in cells]
    return json.dumps({"nbformat": 4, "cells": rows}, indent=1).encode()


def values(sandbox: Sandbox, path: Path, data: bytes) -> tuple[object, ...]:
    path.write_bytes(data)
    return tuple(value for _, value in entries(receive(str(path)), run_in(sandbox)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param("a.ipynb", notebook(DEFINED + 'a = input("Enter")\nprint(int(a))'), id="nbgrader 1844"),
        pytest.param("a.ipynb", notebook('name = input("Name? ")\n' + DEFINED), id="nbgrader 1210, manipulation 194"),
        pytest.param("a.ipynb", notebook("# YOUR CODE HERE\nraise NotImplementedError()\n" + DEFINED), id="nbgrader 1154"),
        pytest.param("a.ipynb", notebook(DEFINED + "raise NotImplementedError"), id="nbgrader 1154, below"),
        pytest.param("a.ipynb", notebook('print "w1", 1', DEFINED), id="nbgrader 416, Python 2"),
        pytest.param("a.ipynb", notebook('import nbimporter; nbimporter.options["only_defs"] = False\nfrom P0 import compileString\n' + DEFINED), id="nbgrader 1876"),
        pytest.param("a.ipynb", notebook(DEFINED, id="same", metadata={"nbgrader": {"grade_id": "x"}}), id="nbgrader 1083 and 108"),
        pytest.param("a.ipynb", notebook("1", DEFINED, id=None), id="CoursIA 8325, otter-grader 701"),
        pytest.param("WMS q3.ipynb", notebook(DEFINED), id="nbgrader 1302, renamed"),
        pytest.param("a.json", ANSWER.encode("utf-16"), id="jq 2351, klog 217, grype 3505"),
        pytest.param("a.json", ANSWER.encode("utf-8-sig"), id="axoasset 87, Pode 1604"),
        pytest.param("a.ipynb", notebook(DEFINED).decode().encode("utf-16"), id="code_puppy 778, a notebook"),
    ],
)  # fmt: skip
def test_it_is_graded(sandbox: Sandbox, tmp_path: Path, name: str, data: bytes) -> None:
    assert values(sandbox, tmp_path / name, data) == RIGHT


CONFLICT = notebook(DEFINED).replace(b' "cells"', b'<<<<<<< HEAD\n "cells"')


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(b"\n\n\n\n<!DOCTYPE html>\n<html lang", "is an HTML page", id="programming_python 1"),
        pytest.param(b"", "the notebook is empty", id="dl-visualization 2"),
        pytest.param(CONFLICT, "two versions of the notebook", id="emnlp2017 18, pomegranate 290"),
        pytest.param(notebook(DEFINED).replace(b",", b"", 1), "not JSON at line", id="core_course_examples 13, deep-learning-v2 27"),
    ],
)  # fmt: skip
def test_it_is_named(sandbox: Sandbox, tmp_path: Path, data: bytes, words: str) -> None:
    with pytest.raises(SubmissionError, match=words):
        values(sandbox, tmp_path / "a.ipynb", data)


def test_an_error_shows_a_line_and_not_the_notebook(sandbox: Sandbox, tmp_path: Path) -> None:
    """PrairieLearn 3015: the whole notebook, a megabyte of it, stood under each error."""
    data = notebook(*["x = 1\n" * 1000] * 50, "def submission():\n    return 1 / 0\n")
    with pytest.raises(SubmissionError) as caught:
        values(sandbox, tmp_path / "a.ipynb", data)
    assert len(caught.value.message) < 400


def test_of_a_folder_the_notebook_is_taken_or_several_are_named() -> None:
    """By nbgrader 1302 and 1234, pictures and desktop.ini beside it; by Submitty 11736, several."""
    files = ["q3/jupyter.png", "q3/timestamp.txt", "q3/desktop.ini", "q3/WMS q3.ipynb"]
    assert only_file(files).path == "q3/WMS q3.ipynb"
    assert "there are 2 files" in only_file([*files, "q3/b.ipynb"]).missing
