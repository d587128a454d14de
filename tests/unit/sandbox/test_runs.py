"""What comes of one run, word for word: values, mistakes, limits."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.grader_side.outcome import Outcome, Refused
from grader.sandbox.grader_side.sandbox import EVERYWHERE, Sandbox
from grader.sandbox.protocol.limits import Limits

DEFINE = "import numpy as np\nfrom fractions import Fraction\nfrom decimal import Decimal\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


def returned(sandbox: Sandbox, expression: str) -> Outcome:
    return sandbox.run(f"{DEFINE}def submission():\n    return {expression}\n".encode())


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1", 1.0),
        ("-0.1", -0.1),
        ("2**53 + 1", 2.0**53),
        ("10**400", float("inf")),
        ("-10**400", float("-inf")),
        ("Fraction(1, 3)", 1 / 3),
        ("Fraction(10**400 + 1, 10**400)", 1.0),
        ("Fraction(-10**400)", float("-inf")),
        ("Decimal('0.1')", 0.1),
        ("Decimal('1e999999999')", float("inf")),
        ("np.float32(0.1)", 0.10000000149011612),
        ("np.float64(0.1)", 0.1),
        ("np.longdouble(0.5)", 0.5),
        ("np.int8(-4)", -4.0),
        ("np.uint64(2**63)", 2.0**63),
        ("np.array(2.5)", 2.5),
        ("np.array([[2.5]])", 2.5),
        ("np.array([Fraction(1, 2)], dtype=object)", 0.5),
        ("type('F', (float,), {'__float__': lambda self: 7.0})(1.5)", 1.5),
        ("type('I', (int,), {'__int__': lambda self: 7, '__index__': lambda self: 7})(2)", 2.0),
        ("'1'", "1"),
        ("np.str_('x')", "x"),
        ("True", Refused("a boolean")),
        ("np.True_", Refused("a boolean")),
        ("None", Refused("None")),
        ("1j", Refused("a complex number")),
        ("np.complex128(1)", Refused("a complex number")),
        ("float('nan')", Refused("NaN")),
        ("Decimal('NaN')", Refused("NaN")),
        ("np.nan", Refused("NaN")),
        ("b'1'", Refused("bytes")),
        ("[1]", Refused("a list")),
        ("{}", Refused("a dict")),
        ("np.array([1, 2])", Refused("an array of shape (2,)")),
        ("np.array([True])", Refused("an array of shape (1,)")),
        ("np.ma.masked", Refused("a masked array")),
        ("np.timedelta64(1, 's')", Refused("a span of time")),
        ("np.datetime64('2020')", Refused("a date")),
        ("type('F', (), {'__float__': lambda self: 1.0})()", Refused("an object of type F")),
        ("'x' * 40_000", Refused("a string of 40000 characters")),
    ],
)
def test_a_value_is_read_once_by_its_real_type(
    sandbox: Sandbox, expression: str, value: object
) -> None:
    outcome = returned(sandbox, f"{{'w1': {expression}}}")
    assert (outcome.status, outcome.items) == ("returned", (("w1", value),))


@pytest.mark.parametrize(
    "expression", ["(1, 2)", "[1, 2]", "np.array([1, 2])", "np.array([1.0, 2.0], dtype='f4')"]
)
def test_values_in_order_have_no_names(sandbox: Sandbox, expression: str) -> None:
    assert returned(sandbox, expression).items == ((None, 1.0), (None, 2.0))


RULE = (
    "return a dict such as {'w1': 1, 'b1': -1}, or the values of the free parameters in order as "
    "a tuple, a list or a one-dimensional array."
)


@pytest.mark.parametrize(
    ("source", "status", "message", "where"),
    [
        ("x = 1", "no-function",
         "The file has no function submission(): put the code into def submission(): ...", None),
        ("def submision(): pass", "no-function",
         "The file has no function submission(). Did you mean submision()? Rename it.", None),
        ("def answer(): pass", "no-function",
         "The file has no function submission(). Did you mean answer()? Rename it.", None),
        ("submission = {'w1': 1}", "no-function",
         "submission is a dict here, not a function: write def submission(): ...", None),
        ("def submission():\n    print({'w1': 1})", "bad-return",
         "submission() returned None. It printed something: write return instead of print.", None),
        ("def submission():\n    pass", "bad-return",
         f"submission() returned None. Is a return missing at its end? It has to {RULE}", None),
        ("def submission():\n    return 5", "bad-return",
         f"submission() returned a number. It has to {RULE}", None),
        ("def submission():\n    return ()", "bad-return",
         f"submission() returned an empty tuple. It has to {RULE}", None),
        ("async def submission():\n    return 5", "bad-return",
         f"submission() returned a coroutine. Write def instead of async def, and {RULE}", None),
        ("def submission():\n    return {1: 2}", "bad-return",
         ("submission() returned a dict with a number as a key, where every key must be text. "
         f"It has to {RULE}"), None),
        ("x = 1\ndef submission(:", "raised",
         ("SyntaxError: invalid syntax | line 2: def submission(:. Run the file yourself before "
         "you hand it in: Python shows the place."), "line 2"),
        ("def submission():\nreturn {}", "raised",
         ("IndentationError: expected an indented block after function definition on line 1 | "
         "line 2: return {}. Indent every line of a block by the same four spaces."), "line 2"),
        ("def f(x):\n    return 1 / x\ndef submission():\n    return f(0)", "raised",
         ("ZeroDivisionError: division by zero | line 2, in f: return 1 / x | "
         "line 4, in submission: return f(0)"), "line 2"),
        ("def submission():\n    return open('data.csv')", "raised",
         ("PermissionError: [Errno 1] Operation not permitted: 'data.csv' | line 2, in submission: "
         "return open('data.csv'). No file can be read, written or made here: put the numbers it "
         "needs into the file itself."), "line 2"),
        ("import maths", "raised",
         ("ModuleNotFoundError: No module named 'maths' | line 1: import maths | so "
         "submission() was not defined. Did you mean math? What "
         "can be imported: numpy, array, bisect, cmath, collections, copy, csv, dataclasses, "
         "datetime, decimal, enum, fractions, functools, heapq, io, itertools, json, math, "
         "numbers, operator, os, random, re, statistics, string, sys, time, types, typing, and 36 "
         "more (see docs/python-submissions.md)."), "line 1"),
        ("def submission(x):\n    return x", "raised",
         ("TypeError: submission() missing 1 required positional argument: 'x'. The function is "
         "called without arguments: give its parameters default values."), None),
        ("def submission():\n    return input()", "raised",
         ("EOFError: EOF when reading a line | line 2, in submission: return input(). No one can "
         "type an answer here: put the numbers into the file."), "line 2"),
        ("import os\ndef submission():\n    os._exit(0)", "crashed",
         ("The code ended the process before its function returned. Only a returned value can be "
         "graded: take out exit() and the like."), None),
        ("import os\ndef submission():\n    os._exit(3)", "crashed",
         "The code ended the process with status 3. Only a returned value can be graded.", None),
        ("X = 'a' * 10**12", "out-of-memory",
         ("The code needs more than 512 MiB of memory, the limit. Look for a list, an array or a "
         "number that grows without end."), None),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_what_to_do(
    sandbox: Sandbox, source: str, status: str, message: str, where: str | None
) -> None:
    outcome = sandbox.run(source.encode())
    assert (outcome.status, outcome.message, outcome.where) == (status, message, where)


def test_the_wall_limit_is_named(sandbox: Sandbox) -> None:
    source = b"import time\ndef submission():\n    time.sleep(60)"
    outcome = sandbox.run(source, limits=Limits(wall=0.5))
    assert outcome.status == "timed-out"
    assert outcome.message.startswith("The code was still running after 0.5 s, the limit of time.")


def test_the_limit_of_computing_time_is_named(sandbox: Sandbox) -> None:
    outcome = sandbox.run(b"while True: pass", limits=Limits(wall=30, cpu=1))
    assert outcome.status == "timed-out"
    assert outcome.message.startswith("The code used more than 1 s of computing time, the limit.")


def test_what_is_printed_is_cut_and_inert(sandbox: Sandbox) -> None:
    source = b"print('\\x1b[2J\\u202e')\nprint('x' * 100)\ndef submission():\n    return [1]"
    outcome = sandbox.run(source, limits=Limits(output=16))
    assert outcome.output == "\\x1b[2J\\u202e\nxxxxxxxx\n[cut: 93 bytes more were printed]"


def test_a_run_leaves_nothing_to_the_next(sandbox: Sandbox) -> None:
    first = b"import builtins, random\nbuiltins.float = 7\ndef submission():\n    return [1]"
    second = b"import random\ndef submission():\n    return [random.random(), float('1')]"
    alone = sandbox.run(second)
    sandbox.run(first)
    assert sandbox.run(second) == alone
    assert alone.status == "returned"


def test_another_function_can_be_named(sandbox: Sandbox) -> None:
    assert sandbox.run(b"def best():\n    return [1]", "best").items == ((None, 1.0),)


@pytest.mark.parametrize("part", ["fft", "ma", "polynomial", "random"])
def test_a_part_of_numpy_is_there_whether_named_or_not_and_whatever_ran_before(part: str) -> None:
    named = f"import numpy\ndef submission():\n    return [float(numpy.{part} is not None)]\n"
    hidden = (
        f"import numpy\ndef submission():\n    return getattr(numpy, '{part[0]}' + '{part[1:]}')\n"
    )
    with Sandbox() as sandbox:
        alone = sandbox.run(hidden.encode())
        assert sandbox.run(named.encode()).items == ((None, 1.0),)
        assert sandbox.run(hidden.encode()) == alone
        assert alone.status == "bad-return"


@pytest.mark.parametrize(
    "expression",
    [
        "{'w1': 1, 'b1': -1.0, 'w2': Fraction(2), 'b2': np.int64(-4)}",
        "(1, -1, 2, -4)",
        "np.array([1.0, -1, 2, -4])",
    ],
)
def test_the_way_that_works_everywhere(tmp_path: Path, expression: str) -> None:
    (tmp_path / "submission.py").write_text(f"{DEFINE}def submission():\n    return {expression}\n")
    line = EVERYWHERE[EVERYWHERE.index("python -c") :].removesuffix(" | grade -")
    line = line.replace("python", f'"{sys.executable}"', 1)
    done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, check=True)  # noqa: S602 - as students type it
    assert json.loads(done.stdout) == {"w1": 1, "b1": -1, "w2": 2, "b2": -4}


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("\u2212", "U+2212 is not the minus sign -; type the - of the keyboard."),
        ("\u201c", "Use straight quotes: 'w1'."),
        ("\u00a0", "U+00A0, got in here; replace it with an ordinary space."),
        ("\u200b", "An invisible character, U+200B, got in here; delete it."),
    ],
)
def test_a_character_that_python_does_not_take_is_named(
    sandbox: Sandbox, character: str, words: str
) -> None:
    outcome = sandbox.run(f"def submission():\n    return {character}1\n".encode())
    assert outcome.status == "raised"
    assert outcome.message.endswith(words)


@pytest.mark.parametrize(
    "around", ["class Solution:", "def main():", 'if __name__ == "__main__":', "if False:"]
)
def test_a_function_inside_something_else_is_found_and_named(sandbox: Sandbox, around: str) -> None:
    outcome = sandbox.run(f"{around}\n    def submission(self=0):\n        return [1]\n".encode())
    assert outcome.status == "no-function"
    assert "defined inside something else (line 2)" in outcome.message


def test_in_a_notebook_the_main_part_runs(sandbox: Sandbox) -> None:
    source = b'\0if __name__ == "__main__":\n    def submission():\n        return [1]\n'
    assert sandbox.run(source).items == ((None, 1.0),)
    assert sandbox.run(source[1:]).status == "no-function"


def test_a_cell_may_await(sandbox: Sandbox) -> None:
    cells = "\0async def train():\n    return 3\n\0w = await train()\ndef submission():\n"
    assert sandbox.run(f"{cells}    return [w]\n".encode()).items == ((None, 3.0),)
    failing = f"{cells}    return [w]\n".replace("return 3", "return 1 / 0").encode()
    assert "ZeroDivisionError" in sandbox.run(failing).message


@pytest.mark.parametrize(
    "code",
    [
        "async def submission():\n    return [1]\n",
        "import warnings\ndef submission():\n    warnings.warn('hm', stacklevel=2)\n    return [1]\n",
        "import numpy as np\ndef submission():\n    np.mean(np.array([]))\n    return [1]\n",
    ],
)
def test_a_warning_shows_no_path_of_the_machine(sandbox: Sandbox, code: str) -> None:
    printed = sandbox.run(code.encode()).output
    assert "Warning: " in printed
    assert not re.search(r"(^|\s)/", printed)
