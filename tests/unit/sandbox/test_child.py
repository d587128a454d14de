"""What a student's code can do to the side of its own process that is ours, and find there."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.sandbox.grader_side.outcome import Outcome
from grader.sandbox.grader_side.sandbox import Sandbox
from grader.sandbox.protocol.wire import Refused

RIGHT = "def submission():\n    return 1, -1, 2, -4\n"
VALUES = ((None, 1.0), (None, -1.0), (None, 2.0), (None, -4.0))

REPLACED = {
    "exit": "import os\nos._exit = lambda code: None\n",
    "exit, and the function raises": "import os\nos._exit = lambda code: None\n",
    "write": "import os\nos.write = lambda *_: None\n",
    "everything of os": "import os\nfor n in list(vars(os)): setattr(os, n, None)\n",
    "everything of sys": "import sys\nfor n in ('exit', 'stdout', 'stderr'): setattr(sys, n, None)\n",
    "every builtin": (
        "import builtins\nkeep = setattr, list, vars\n"
        "for n in keep[1](keep[2](builtins)): keep[0](builtins, n, None)\n"
    ),
    "other modules": (
        "import contextlib, difflib, random, types, decimal, fractions, collections\n"
        "for m in contextlib, difflib, random, types, decimal, fractions, collections:\n"
        "    for n in list(vars(m)): setattr(m, n, None)\n"
    ),
    "numpy's classes": "import numpy\nnumpy.ndarray = numpy.integer = numpy.generic = None\n",
    "modules": "import sys\nsys.modules.clear()\n",
    "finders": "import sys\nsys.meta_path.clear()\n",
}
TRACED = """
import sys
def raising(frame, event, argument):
    raise KeyboardInterrupt
frame = sys._getframe()
while frame:
    frame.f_trace = raising
    frame = frame.f_back
sys.settrace(raising)
"""
FRAMES = """
import sys
def submission():
    frame, names = sys._getframe(), []
    while frame:
        names.append((frame.f_code.co_name, sorted(frame.f_locals)))
        frame = frame.f_back
    print(names)
    return [1]
"""
REACHED = """
import gc
def submission():
    texts = [o for o in gc.get_objects() if type(o) in (str, bytes, tuple, list, dict)]
    inside = {x for o in texts if type(o) is tuple for x in o if type(x) in (str, bytes)}
    print([w for w in inside if ''.join(('s123', '4567')) in str(w)])
    return [1]
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as made:
        yield made


@pytest.mark.parametrize("what", REPLACED)
def test_nothing_that_the_code_replaces_is_called_after_it(what: str, sandbox: Sandbox) -> None:
    function = RIGHT.replace("return", "1 / 0; return") if "raises" in what else RIGHT
    outcome = sandbox.run((REPLACED[what] + function).encode())
    assert "Traceback" not in outcome.output
    if "raises" in what:
        assert outcome.message.startswith("ZeroDivisionError: division by zero | line 4")
    else:
        assert outcome == Outcome("returned", VALUES)


@pytest.mark.parametrize("before", ["", "import os\nos._exit = None\n"])
def test_a_trace_that_raises_everywhere_ends_the_child_without_a_word_of_ours(
    before: str, sandbox: Sandbox
) -> None:
    outcome = sandbox.run((before + TRACED + RIGHT).encode())
    assert outcome.status in {"crashed", "raised"}
    assert "grader" not in outcome.output + outcome.message
    assert sandbox.run(RIGHT.encode()).status == "returned"


def test_no_frame_of_the_helper_is_under_the_code(sandbox: Sandbox) -> None:
    sandbox.run(RIGHT.encode(), filename="s1234567.py")
    seen = sandbox.run(FRAMES.encode()).output
    assert "_serve" not in seen
    assert not {"reply", "packet", "came_with", "control"} & {*seen.replace("'", " ").split()}


def test_a_name_of_an_earlier_submission_is_in_no_object(sandbox: Sandbox) -> None:
    for number in range(10):
        sandbox.run(RIGHT.encode(), filename=f"first_student_s1234567_{number}.py")
    assert sandbox.run(REACHED.encode()).output == "[]"


LATE = {
    "unique": "np.unique([1, 1, 2])",
    "percentile": "np.percentile([1, 2, 3], 50)",
    "intersect1d": "np.intersect1d([1, 2], [2, 3])",
    "histogram": "np.histogram([1, 2, 3.5], bins='auto')",
    "testing": "np.testing.assert_allclose(1, 1)",
    "char": "np.char.upper(['a'])",
    "polynomial": "np.polynomial.Polynomial([1, 2])(3)",
    "strptime": "__import__('time').strptime('2024-01-02', '%Y-%m-%d')",
    "rec": "np.rec.array([(1, 2.0)], dtype=[('a', int), ('b', float)])",
    "median": "np.ma.median(np.ma.array([1, 2, 3], mask=[0, 0, 1]))",
    "loadtxt": "np.loadtxt(__import__('io').StringIO('1 2'))",
    "savetxt": "np.savetxt(__import__('io').StringIO(), np.zeros(3))",
    "print": "str(np.arange(2000.0)) + repr(np.datetime64('2024-01-02'))",
    "einsum": "np.einsum('ij,jk->ik', np.eye(2), np.eye(2), optimize=True)",
    "vectorize": "np.vectorize(lambda x: x + 1)([1, 2])",
    "std": "np.std([1, 2]) + np.nanmedian([1, np.nan]) + np.corrcoef([1, 2], [2, 5])[0, 1]",
    "pickle": "__import__('pickle').loads(__import__('pickle').dumps(np.eye(2)))",
    "lstsq": "np.linalg.lstsq(np.eye(2), np.ones(2), rcond=None)",
    "recfunctions": "__import__('numpy.lib.recfunctions')",
    "put together": "__import__('num' + 'py.fft').fft.fft([1, 2])",
}


@pytest.mark.parametrize("name", LATE)
def test_what_numpy_loads_late_works(name: str, sandbox: Sandbox) -> None:
    source = f"import numpy as np\ndef submission():\n    {LATE[name]}\n    return 1, -1, 2, -4\n"
    assert sandbox.run(source.encode()) == Outcome("returned", VALUES)


def test_every_name_of_numpy_can_be_imported_at_once(sandbox: Sandbox) -> None:
    assert sandbox.run(("from numpy import *\n" + RIGHT).encode()) == Outcome("returned", VALUES)


def test_a_part_that_numpy_does_not_have_is_missing_as_ever(sandbox: Sandbox) -> None:
    guarded = "try:\n    import numpy.nonsense\nexcept ImportError:\n    pass\n" + RIGHT
    assert sandbox.run(guarded.encode()).status == "returned"
    for part in ("nonsense", "tests", "f2py.__main__", "a.b.c.d.e.f"):
        code = f"def submission():\n    import numpy.{part}\n"
        outcome = sandbox.run(code.encode())
        assert outcome.message.startswith("ModuleNotFoundError: No module named 'numpy.")


def test_asking_for_part_after_part_comes_to_an_end(sandbox: Sandbox) -> None:
    asking = "import os\nos.write(3, b'needs numpy.p%d\\n' % os.getpid())\nos._exit(0)\n"
    assert sandbox.run((asking + RIGHT).encode()).status in {"crashed", "bad-return"}
    assert sandbox.run(b"def submission():\n    return [None]").items == ((None, Refused("None")),)


def serving(sandbox: Sandbox) -> int:
    """Tell the process that forks the children: in a namespace not the one that was started."""
    assert sandbox._process is not None  # noqa: SLF001 - there is no other way to its process
    pid = sandbox._process.spawned.pid  # noqa: SLF001 - the same
    inside = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return int(inside[0]) if inside else pid


def memory_of(pid: int) -> bytes:
    """Read all that a process may write to, which is all that its children could find."""
    rows = Path(f"/proc/{pid}/maps").read_text("utf-8").splitlines()
    held = bytearray()
    with open(f"/proc/{pid}/mem", "rb", 0) as memory:
        for row in rows:
            start, end = (int(word, 16) for word in row.split()[0].split("-"))
            if row.split()[1].startswith("rw"):
                memory.seek(start)
                held += memory.read(end - start)
    return bytes(held)


def test_the_memory_that_children_start_with_holds_nothing_of_earlier_ones() -> None:
    source = RIGHT + "# word-of-the-source\nprint('word-' + 'printed')\n"
    with Sandbox() as sandbox:
        for number in range(10):
            name = f"first_student_s1234567_{number}.py"
            code = source.replace("submission", f"function_{number}_name")
            outcome = sandbox.run(code.encode(), f"function_{number}_name", filename=name)
            assert outcome.status == "returned"
        if os.geteuid():  # then it is closed to this user, and so to what a student runs
            with pytest.raises(PermissionError):
                memory_of(serving(sandbox))
            return
        held = memory_of(serving(sandbox))
    assert b"grader.sandbox.helper" in held  # it was the right memory, and all of it
    words = ["s1234567", "first_student", "word-of-the-source", "word-printed"]
    for word in (*words, *(f"function_{number}_name" for number in range(10))):
        for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
            assert word.encode(encoding) not in held, word
