"""What a notebook becomes: one source, a zero byte before each cell, lines in their places."""

import json
import tracemalloc
from collections.abc import Callable, Sequence

import pytest

from grader.errors import SubmissionError
from grader.submission.record import Entries
from grader.submission.sources.ipynb import read

DEFINED = "def submission():\n    return 1, -1, 2, -4"


def notebook(*cells: str | dict[str, object], **top: object) -> bytes:
    rows = [
        {
            "cell_type": "code",
            "metadata": {},
            **({"source": cell} if isinstance(cell, str) else cell),
        }
        for cell in cells
    ]
    return json.dumps({"nbformat": 4, "cells": rows, **top}).encode()


def became(data: bytes) -> tuple[list[str], Callable[[int], str], Sequence[str]]:
    """Return the cells as they are run, the function that names a line, and the notes."""
    seen = []

    def run(source: bytes, place: Callable[[int], str], notes: Sequence[str]) -> Entries:
        seen.append((source.decode().split("\0")[1:], place, notes))
        return ()

    read(data, run)
    return seen[0]


def one(cell: str) -> str:
    (made,), _, _ = became(notebook(cell))
    return made.removesuffix("\n")


OUT = "get_ipython().getoutput()"


@pytest.mark.parametrize(
    ("cell", "made"),
    [
        ("%time w = train()", "w = train()"),
        ("%time", "pass"),
        ("w = %time f()", "w = f()"),
        ("w = %timeit -n 1 -r1 f()", "w = f()"),
        ("%timeit -n 10 f(1)", "f(1)"),
        ("%timeit -n10 -r 3 -o f(1)", "f(1)"),
        ("%prun -l 5 -s cumulative g()", "g()"),
        ("    %time x = 1", "    x = 1"),
        ("%time !ls", "pass"),
        ("%matplotlib inline", "pass"),
        ("% matplotlib inline", "pass"),
        ("!ls", "pass"),
        ("!!ls", "pass"),
        ("if a:\n    !ls", "if a:\n    pass"),
        ("!pip install -q \\\n  numpy \\\n  pandas\nx = 1", "pass\n\n\nx = 1"),
        ("%env A=1 \\\n  b", "pass\n"),
        ("%time w = f(1, \\\n   2)", "w = f(1,     2)\n"),
        ("files = !ls", f"files = {OUT}"),
        ("a.files = !ls", f"a.files = {OUT}"),
        ("a[0] = !ls", f"a[0] = {OUT}"),
        ("x, y = !ls", f"x, y = {OUT}"),
        ("a = b = !ls", f"a = b = {OUT}"),
        ("x = %pwd", f"x = {OUT}"),
        ("x = !ls \\\n -l", f"x = {OUT}\n"),
        ("print?", "pass"),
        ("?print", "pass"),
        ("np.array??", "pass"),
        ("%%time\nx = 1", "\nx = 1"),
        ("\n%%time\nx = 1", "\n\nx = 1"),
        ("%%capture\n%%time\nx = 1", "\n\nx = 1"),
        ("%%capture out --no-stderr\nx = 1", f"out = {OUT}\nx = 1"),
        ("%%bash\nrm -rf /", "\n"),
        ("%%html\n<b>", "\n"),
        ("%%script python\nx = 1", "\n"),
        ("%%R\nx <- 1", "\n"),
        ("x = (10\n%3)", "x = (10\n%3)"),
        ("x = 10 \\\n%3", "x = 10 \\\n%3"),
        ("x = '''\n%time\n!ls\n'''", "x = '''\n%time\n!ls\n'''"),
        ("x = \"'''\"\n%magic\ny = 1", "x = \"'''\"\npass\ny = 1"),
        ("x = 1  # '''\n%magic", "x = 1  # '''\npass"),
        ("x = 'a = !b'", "x = 'a = !b'"),
        ("x = a != b", "x = a != b"),
        ("x = 5 %3", "x = 5 %3"),
        ("x = y == %z", "x = y == %z"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("x = '\0'", "x = '\N{REPLACEMENT CHARACTER}'"),
    ],
)
def test_what_only_jupyter_understands(cell: str, made: str) -> None:
    assert one(cell) == made


@pytest.mark.parametrize(
    "cell",
    [
        {"metadata": {"vscode": {"languageId": "shellscript"}}},
        {"metadata": {"polyglot_notebook": {"kernelName": "csharp"}}},
        {"metadata": {"dotnet_interactive": {"language": "fsharp"}}},
        {"metadata": {"kernel": "R"}},
        {"language": "ruby"},
    ],
)
def test_a_cell_in_another_language_is_left_out(cell: dict[str, object]) -> None:
    cells, _, notes = became(notebook({"source": "pip install numpy", **cell}, DEFINED))
    assert cells == ["\n", DEFINED + "\n"]
    assert notes == ("lines that only Jupyter understands were left out: pip install numpy",)


@pytest.mark.parametrize(
    "cell",
    [
        {"metadata": {"vscode": {"languageId": "python"}}},
        {"metadata": {"polyglot_notebook": {"kernelName": "pythonkernel"}}},
        {"metadata": {"kernel": "Python3"}},
        {"language": "python"},
    ],
)
def test_a_cell_that_says_it_is_python_is_python(cell: dict[str, object]) -> None:
    assert became(notebook({"source": DEFINED, **cell}))[0] == [DEFINED + "\n"]


def test_lines_are_named_by_the_cell_in_which_they_stand() -> None:
    _, place, _ = became(notebook("a\nb", "%%bash\nls", "c"))
    assert [place(n) for n in range(1, 6)] == [
        "code cell 1, line 1",
        "code cell 1, line 2",
        "code cell 2, line 1",
        "code cell 2, line 2",
        "code cell 3, line 1",
    ]


def test_a_python_file_that_a_cell_writes_is_run_first() -> None:
    cells, place, _ = became(notebook("x = 1", f"%%writefile submission.py\n{DEFINED}"))
    assert cells == [f"\n{DEFINED}\n", "x = 1\n"]
    assert (place(2), place(4)) == ("code cell 2, line 2", "code cell 1, line 1")
    assert became(notebook("%%writefile notes.txt\nhello"))[0] == ["\n\n"]


def test_every_worksheet_of_format_3() -> None:
    sheets = [{"cells": [{"cell_type": "code", "language": "python", "input": x}]} for x in "ab"]
    data = json.dumps({"nbformat": 3, "worksheets": sheets}).encode()
    assert became(data)[0] == ["a\n", "b\n"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_notebook_with_a_mark_is_read(encoding: str) -> None:
    assert became(notebook(DEFINED).decode().encode(encoding))[0] == [DEFINED + "\n"]


@pytest.mark.parametrize("name", ["R", "julia", "scala", "C#", "javascript"])
def test_a_notebook_in_another_language_is_named(name: str) -> None:
    with pytest.raises(SubmissionError, match="only Python is run") as caught:
        became(notebook("x", metadata={"language_info": {"name": name}}))
    assert caught.value.code == "no-function"


def large(size: int) -> bytes:
    cell = {
        "source": ["x = '\u00e9'\n", "y = 1"],
        "outputs": [{"data": {"image/png": "A" * size, "text/plain": ["\U0001f600", ']}\\"']}}],
    }
    return notebook(cell, DEFINED, metadata={"widgets": {"state": ["x" * 1000]}})


def test_outputs_cost_neither_size_nor_memory() -> None:
    data = large(20 * 2**20)
    tracemalloc.start()
    try:
        cells, _, _ = became(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert cells == ["x = '\u00e9'\ny = 1\n", DEFINED + "\n"]
    assert peak < len(data)


def test_more_than_a_mebibyte_of_source_is_too_large() -> None:
    with pytest.raises(SubmissionError) as caught:
        became(notebook("x = 1\n" * 200_000))
    assert caught.value.code == "too-large"


@pytest.mark.parametrize("cut", [1, 2, 40, 2**21])
def test_a_large_notebook_that_is_cut_off_is_not_json(cut: int) -> None:
    with pytest.raises(SubmissionError) as caught:
        became(large(2**21)[:-cut])
    assert caught.value.code == "not-json"
