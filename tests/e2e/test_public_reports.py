"""Hand-ins that public reports tell of as refused or misgraded elsewhere, made anew and small.

Each names the report it stands for: repository and number of the issue.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import load_exercise
from grader.desk.intake import entries, receive
from grader.errors import SubmissionError
from grader.platforms import only_file
from grader.sandbox.grader_side.running import run_in
from grader.sandbox.grader_side.sandbox import Sandbox
from grader.submission.record import read_parameters

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
        pytest.param("a.ipynb", notebook("%matplotlib notebook\nimport matplotlib.pyplot as plt", DEFINED, DEFINED), id="resonance 109, a cell twice"),
        pytest.param("a.py", f'{DEFINED}print("\U0001f389")  # \U0001f600\n'.encode(), id="autojudge 96"),
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


MERGED = f"<<<<<<< HEAD\n{DEFINED}=======\n{DEFINED}>>>>>>> main\n"
UNFILLED = "def submission():\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        pytest.param("a.py", MERGED, "The file holds two versions", id="skillcrush-104 1548"),
        pytest.param("a.py", UNFILLED, "Put your code in place of this line", id="ds-prep-course-2021 40"),
        pytest.param("a.py", f"{DEFINED}\0\0", "bytes that are no text", id="Dh-All 14"),
        pytest.param("a.py", f"{DEFINED}import os\nos._exit(1)", "The code ended the process", id="otter-grader 723"),
        pytest.param("a.ipynb", POINTER, "a pointer of Git LFS", id="pysm 269"),
        pytest.param("a.json", ANSWER.replace("1,", "1\u202c,", 1), "an invisible character, U\\+202C", id="PrairieLearn 1912"),
        pytest.param("a.json", ANSWER.replace("-", "\ufe63"), "U\\+FE63 is not the minus sign", id="PrairieLearn 8627"),
        pytest.param("a.json", re.sub('"(w1)"', "\u201c\\1\u201d", ANSWER), "use straight double quotes", id="PrairieLearn 1225"),
    ],
)  # fmt: skip
def test_the_reason_is_told(
    sandbox: Sandbox, tmp_path: Path, name: str, text: str, words: str
) -> None:
    with pytest.raises(SubmissionError, match=words):
        values(sandbox, tmp_path / name, text.encode())


def in_cells(*cells: tuple[str, str]) -> bytes:
    rows = [{"cell_type": kind, "source": source, "metadata": {}} for kind, source in cells]
    return json.dumps({"nbformat": 4, "cells": rows}).encode()


@pytest.mark.parametrize(
    ("kind", "source", "said"),
    [
        ("markdown", DEFINED, "a Markdown cell, cell 2 of"),
        ("markdown", f"```python\n{DEFINED}```", "a Markdown cell, cell 2 of"),
        ("raw", DEFINED, "a raw cell, cell 2 of"),
    ],
)
def test_a_function_in_a_cell_of_another_type_is_found(
    sandbox: Sandbox, tmp_path: Path, kind: str, source: str, said: str
) -> None:
    """By nbgrader 1941 a student changed the cell's type, and no report said so."""
    with pytest.raises(SubmissionError) as caught:
        values(sandbox, tmp_path / "a.ipynb", in_cells(("code", "import math"), (kind, source)))
    assert caught.value.code == "no-function"
    assert caught.value.message == (
        f"submission() is defined in {said} the notebook, which is not run: change the cell's "
        "type to Code, run it and save"
    )
    assert caught.value.where == "cell 2"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        pytest.param(b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(50), "a compiled program", id="exercism 5368"),
        pytest.param(b"\xcf\xfa\xed\xfe" + bytes(50), "a compiled program", id="exercism 5368, macOS"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + bytes(50), "a picture (PNG)", id="pawtograder 193"),
    ],
)  # fmt: skip
def test_what_was_handed_in_instead_is_named(tmp_path: Path, data: bytes, what: str) -> None:
    (tmp_path / "answer.py").write_bytes(data)
    with pytest.raises(SubmissionError, match=re.escape(f"the submission is {what}")):
        entries(receive(str(tmp_path / "answer.py")), None)


@pytest.mark.parametrize(
    "name", ["My Answer (1) final.json", " answer.json", "antwoord\u00e9.json"]
)
def test_a_name_with_spaces_is_a_name(tmp_path: Path, name: str) -> None:
    """By grader-service 265, submit50 133 and otter-grader 433 such a name was refused or cut."""
    (tmp_path / name).write_text(ANSWER)
    assert tuple(value for _, value in entries(receive(str(tmp_path / name)), None)) == RIGHT


def test_of_several_answers_the_one_that_cannot_be_read_is_named() -> None:
    """By PrairieLearn 1820 students took the valid one of two answers for the invalid one."""
    for name in ("w1", "b1", "w2", "b2"):
        answer = json.loads(ANSWER) | {name: "x"}
        with pytest.raises(SubmissionError) as caught:
            read_parameters(tuple(answer.items()), load_exercise("relu-three-segments"))
        assert (caught.value.code, caught.value.where) == ("not-a-number", name)
        assert name in caught.value.message


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
