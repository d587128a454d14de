"""Notebooks and Python files as students hand them in, through the library's contained run."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from grader.desk.intake import entries, receive
from grader.errors import SubmissionError
from grader.sandbox.grader_side.running import run_in
from grader.sandbox.grader_side.sandbox import Sandbox

DEFINED = "def submission():\n    return 1, -1, 2, -4\n"
RIGHT = (1.0, -1.0, 2.0, -4.0)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as started:
        yield started


def graded(
    sandbox: Sandbox, folder: Path, name: str, data: str | bytes
) -> tuple[tuple[object, ...], tuple[str, ...]]:
    """Return the values that a file gives, and the notes on how it was read."""
    told: list[str] = []

    def show(notes: Sequence[str], _: str) -> None:
        told.extend(notes)

    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    read = entries(receive(str(folder / name)), run_in(sandbox, filename=name, show=show))
    return tuple(value for _, value in read), tuple(told)


def refused(sandbox: Sandbox, folder: Path, name: str, data: str) -> tuple[str, str, str | None]:
    with pytest.raises(SubmissionError) as caught:
        graded(sandbox, folder, name, data)
    return caught.value.code, caught.value.message, caught.value.where


def notebook(*cells: str) -> str:
    rows = [{"cell_type": "code", "source": cell} for cell in cells]
    return json.dumps({"nbformat": 4, "cells": rows})


@pytest.mark.parametrize(
    "cells",
    [
        (DEFINED, "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"),
        ("import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.set(title=f'{1:.2f}')\n" + DEFINED,),
        ("from google.colab import drive\ndrive.mount('/content/drive')", DEFINED),
        ("import os\nos.chdir('/content')", DEFINED),
        ("x = 1 +", DEFINED),
        (DEFINED, "raise SystemExit"),
        (DEFINED, "exit()"),
        (DEFINED, "1 / 0"),
        ("import math", "from __future__ import annotations\n" + DEFINED),
        ("import math\nfrom __future__ import annotations", "def f(x: Missing): ...\n" + DEFINED),
        ("import nosuch\nimport numpy as np", "def submission():\n    return np.array([1, -1, 2, -4])"),
        ("import nosuch, math", "import math", "def submission():\n    return math.sqrt(1), -1, 2, -4"),
        ("import seaborn as sns, numpy as np\nsns.set_theme()\n" + DEFINED,),
        ("import torch.nn as nn\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.f = nn.Linear(1, 3)\nnet = Net()\nnet(1).backward()\n" + DEFINED,),
        ("import tensorflow as tf\n@tf.function\ndef f(): return 1\n" + DEFINED.replace("1, -1", "f(), -1"),),
        ("from tqdm.auto import tqdm, trange\nw = 0\nfor _ in tqdm(range(3)): w += 1\nfor _ in trange(2): w += 1\n" + DEFINED.replace("1, -1", "w - 4, -1"),),
        ("import pandas as pd\ndf = pd.read_csv('x.csv')\ndf['a'] = df.b * 2 + 1\nif df.empty: pass\nprint(df.head())\n" + DEFINED,),
        ("import ipywidgets as w\nfrom IPython.display import display, HTML\ndisplay(HTML('x'))\nw.interact(lambda x: x, x=(0, 1))", DEFINED),
        ("display(1)\nprint(str(get_ipython()))\nget_ipython().system('ls')\n" + DEFINED,),
        ("%time w = (1, -1, 2, -4)", "def submission():\n    return w"),
        ("w = %time (1, -1, 2, -4)", "def submission():\n    return w"),
        ("x, y = !ls\na = !ls\nfor _ in []: pass", DEFINED),
        ("!pip install -q \\\n  numpy \\\n  pandas", DEFINED),
        ("%%writefile submission.py\n" + DEFINED, "from submission import submission"),
        ("%%writefile model.py\n" + DEFINED, "import model"),
        (DEFINED, 'import grader\npoints = grader.check("relu-three-segments", points=10, w1=1, b1=-1, w2=2, b2=-3.9)\npoints'),
        ("# -*- coding: latin-1 -*-\ns = '\u00e9'\nassert len(s) == 1\n" + DEFINED,),
        (DEFINED, "del undefined", "%matplotlib inline", "?submission"),
    ],
)  # fmt: skip
def test_a_notebook_is_what_its_function_returns_at_the_end(
    sandbox: Sandbox, tmp_path: Path, cells: tuple[str, ...]
) -> None:
    assert graded(sandbox, tmp_path, "a.ipynb", notebook(*cells))[0] == RIGHT


@pytest.mark.parametrize(
    "source",
    [
        "get_ipython().run_line_magic('matplotlib', 'inline')\n" + DEFINED,
        "get_ipython().run_line_magic('time', 'w = 1')\n" + DEFINED.replace("1, -1", "w, -1"),
        "get_ipython().run_cell_magic('time', '', 'w = 1\\n')\n" + DEFINED.replace("1, -1", "w, -1"),
        "w = get_ipython().run_line_magic('time', '2 - 1')\n" + DEFINED.replace("1, -1", "w, -1"),
        "!pip install numpy\n# %matplotlib inline\n" + DEFINED,
        "import nosuch; w = 1\n" + DEFINED.replace("1, -1", "w, -1"),
        "open('x')\n" + DEFINED,
        "@nosuch\ndef f(): pass\n" + DEFINED,
        "for i in range(3):\n    x = 1 / (1 - i)\n" + DEFINED,
        "import sys\nsys.exit(0)\n" + DEFINED,
        "raise KeyboardInterrupt\n" + DEFINED,
        "import seaborn\nimport plotly.express as px\npx.line([1]).show()\n" + DEFINED,
        DEFINED + "import grader\ngrader.check('lab', **dict(zip('ab', submission())))\n",
        DEFINED + "assert submission() == 3\n",
        "import math\nfrom __future__ import annotations\n" + DEFINED,
    ],
)  # fmt: skip
def test_a_failing_statement_of_a_file_is_passed_over(
    sandbox: Sandbox, tmp_path: Path, source: str
) -> None:
    assert graded(sandbox, tmp_path, "a.py", source)[0] == RIGHT


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_python_with_a_mark_is_read(sandbox: Sandbox, tmp_path: Path, encoding: str) -> None:
    data = f"s = '\u00e9'\nassert len(s) == 1\n{DEFINED}".encode(encoding)
    assert graded(sandbox, tmp_path, "a.py", data) == (RIGHT, ())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("hw.ipynb.json", notebook(DEFINED)),
        ("hw.ipynb.txt", notebook(DEFINED)),
        ("hw", notebook(DEFINED)),
        ("hw.json", notebook(DEFINED)),
        ("hw.txt", DEFINED),
        ("hw.py.txt", "import math\n" + DEFINED),
        ("hw", "# mine\n" + DEFINED),
        ("HW.PY", DEFINED),
    ],
)
def test_the_kind_is_told_by_content_where_the_name_does_not_say(
    sandbox: Sandbox, tmp_path: Path, name: str, data: str
) -> None:
    assert graded(sandbox, tmp_path, name, data)[0] == RIGHT


@pytest.mark.parametrize("name", ["a.json.txt", "a.txt", "a", "a.JSON"])
def test_json_by_another_name(sandbox: Sandbox, tmp_path: Path, name: str) -> None:
    data = '{"w1": 1, "b1": -1, "w2": 2, "b2": -4}'
    assert graded(sandbox, tmp_path, name, data)[0] == RIGHT


def test_what_was_passed_over_is_told_in_a_line(sandbox: Sandbox, tmp_path: Path) -> None:
    _, notes = graded(sandbox, tmp_path, "a.ipynb", notebook("x = 1", "y = 2\n1 / 0", DEFINED))
    assert notes == (
        "passed over: code cell 2, line 2: ZeroDivisionError: division by zero: 1 / 0",
    )


@pytest.mark.parametrize(
    ("cells", "words", "where"),
    [
        (("import math", "open('x')\n" + DEFINED), ("PermissionError", "code cell 2, line 1", "submission() was not defined"), "code cell 2, line 1"),
        (("def submission(:\n    return 1",), ("SyntaxError", "code cell 1, line 1"), "code cell 1, line 1"),
        (("from nosuch import submission",), ("nosuch", "code cell 1, line 1"), "code cell 1, line 1"),
        (("x = 1", "w = open('x').read()", "def submission():\n    return w"), ("NameError", "code cell 2, line 1", "PermissionError"), "code cell 2, line 1"),
        (("def submission():\n    return 1 / 0", "nosuch"), ("ZeroDivisionError", "code cell 1, line 2"), "code cell 1, line 2"),
    ],
)  # fmt: skip
def test_an_error_names_the_cell_that_should_have_defined_what_is_missing(
    sandbox: Sandbox, tmp_path: Path, cells: tuple[str, ...], words: tuple[str, ...], where: str
) -> None:
    code, message, place = refused(sandbox, tmp_path, "a.ipynb", notebook(*cells))
    assert (code, place) == ("raised", where)
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    "returned",
    ["plt.x", "plt", "plt.x(), 1, 2, 3", "plt.x * 2.0, 1, 2, 3", "np.float64(2) * plt.x, 1, 2, 3", "np.array([plt.x, 1, 2, 3])", "float(plt.x), 1, 2, 3", "int(plt.x[0]), 1, 2, 3", "sum(plt.x), 1, 2, 3", "len(plt.x), 1, 2, 3", "np.sum(plt.x), 1, 2, 3", "np.exp(plt.x), 1, 2, 3", "round(plt.x), 1, 2, 3", "list(plt.x)", "abs(-plt.x), 1, 2, 3"],
)  # fmt: skip
def test_a_stand_in_is_no_number_whatever_is_done_to_it(
    sandbox: Sandbox, tmp_path: Path, returned: str
) -> None:
    source = f"import numpy as np\nimport matplotlib.pyplot as plt\ndef submission():\n    return {returned}\n"
    try:
        words = str(graded(sandbox, tmp_path, "a.py", source)[0][0])
    except SubmissionError as error:
        words = error.message
    assert "not available while grading" in words or "has to return" in words


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("hw.zip", b"PK\3\4\xff\xffhw.py", "a zip archive"),
        ("hw.ipynb", b"PK\3\4\xff\xffword/document.xml", "a Word document"),
        ("hw.py", b"%PDF-1.7\n\xe2\xe3", "a PDF file"),
        ("hw.json", b"%PDF-1.7\n", "a PDF file"),
        ("hw.txt", b"{\\rtf1\\ansi}", "a rich text (RTF) document"),
        ("hw.csv", b"w1,b1\n1,-1\n", "a table (CSV)"),
        ("hw.ipynb", b"<!DOCTYPE html>\n<html>", "an HTML page"),
        ("hw.html", b"<html><body>", "an HTML page"),
        ("hw.json", b"\x89PNG\r\n", "a picture (PNG)"),
        ("hw.doc", b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    ],
)
def test_a_file_that_cannot_be_graded_is_named_as_what_it_is(
    sandbox: Sandbox, tmp_path: Path, name: str, data: bytes, kind: str
) -> None:
    with pytest.raises(SubmissionError) as caught:
        graded(sandbox, tmp_path, name, data)
    assert kind in caught.value.message
    assert "hand in" in caught.value.message
