"""A benign program has one report, whatever walls the machine allows."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from attacks.arrangements import possible

ROOT = Path(__file__).resolve().parents[2]
PLAIN = ("as-installed", "container-root" if os.geteuid() == 0 else "container-user")

# Each is the top of a file, and prints what it found.
PROGRAMS = {
    "abspath": "import os; print(os.path.abspath(__file__))",
    "dirname": "import os; print(os.path.dirname(os.path.abspath(__file__)))",
    "realpath": "import os; print(os.path.realpath(__file__), os.path.realpath('a/../b'))",
    "getcwd": "import os; print(os.getcwd(), os.getcwdb())",
    "relpath": "import os; print(os.path.relpath('/a/b', '/a'), os.path.relpath('x'))",
    "exists": "import os; print(os.path.exists(__file__), os.path.isfile('/etc/passwd'))",
    "expanduser": "import os; print(os.path.expanduser('~/x'))",
    "listdir": "import os; os.listdir('.')",
    "stat": "import os; os.stat('/')",
    "access": "import os; print(os.access('/', os.R_OK))",
    "chdir": "import os; os.chdir('/tmp')",
    "mkdir": "import os; os.mkdir('made')",
    "walk": "import os; print(list(os.walk('.')))",
    "environ": "import os; print(dict(os.environ), os.getenv('HOME'))",
    "ids": "import os; print(os.getpid(), os.getppid(), os.getuid(), os.getgid())",
    "processors": "import os; print(os.cpu_count())",
    "urandom": "import os; print(os.urandom(16))",
    "system": "import os; print(os.system('true'))",
    "fork": "import os; os.fork()",
    "open": "print(open('data.csv').read())",
    "open to write": "open('made.txt', 'w')",
    "open itself": "print(open(__file__).read())",
    "tempfile": "import tempfile; print(tempfile.gettempdir())",
    "pathlib": "import pathlib; print(pathlib.Path(__file__).resolve())",
    "subprocess": "import subprocess; subprocess.run(['true'])",
    "socket": "import socket; socket.socket()",
    "locale": "import locale; print(locale.getlocale(), locale.getpreferredencoding())",
    "setlocale": "import locale; print(locale.setlocale(locale.LC_ALL, ''))",
    "setlocale of a country": "import locale; locale.setlocale(locale.LC_ALL, 'de_DE.UTF-8')",
    "time": "import time; print(int(time.time()), time.ctime(), time.tzname)",
    "localtime": "import time; print(time.localtime(), time.gmtime())",
    "strptime": "import time; print(time.strptime('1 Jan 2024', '%d %b %Y'))",
    "monotonic": "import time; print(int(time.monotonic()), int(time.perf_counter()))",
    "sleep": "import time; time.sleep(0.01)",
    "datetime": "import datetime; print(datetime.datetime.now().replace(microsecond=0))",
    "date": "import datetime; print(datetime.date.today())",
    "timeit": "import timeit; print(timeit.timeit('1', number=10) < 1)",
    "calendar": "import calendar; print(calendar.month(2024, 2))",
    "random": "import random; print(random.random(), random.sample(range(99), 5))",
    "random without a seed": "import random; random.seed(); print(random.gauss(0, 1))",
    "Random": "import random; print(random.Random().random(), random.SystemRandom().random())",
    "secrets": "import secrets; print(secrets.token_hex(8))",
    "hash": "print(hash('text'), {'a', 'b', 'c', 'd'})",
    "numpy's luck": "import numpy as np; print(np.random.rand(3), np.random.default_rng().random())",
    "numpy's errors": "import numpy as np; print(np.float64(1) / 0)",
    "numpy's files": "import numpy as np; np.load('data.npy')",
    "numpy's late parts": "import numpy as np; print(np.unique([2, 1, 1]), np.testing.__name__)",
    "numpy's linear algebra": "import numpy as np; print(np.linalg.solve(np.eye(2), [1, 2]))",
    "numpy's warnings": "import numpy as np; print(np.log(np.array([0.0, -1.0])))",
    "decimal": "import decimal; print(decimal.getcontext(), decimal.Decimal(1) / 3)",
    "division by zero": "import decimal; decimal.Decimal(1) / 0",
    "fractions": "import fractions; print(fractions.Fraction(0.1))",
    "statistics": "import statistics; print(statistics.NormalDist().samples(2, seed=1))",
    "warnings": "import warnings; warnings.warn('old', DeprecationWarning, stacklevel=1)",
    "a warning": "import warnings; warnings.warn('mind this', stacklevel=1)",
    "traceback": "import traceback\ntry:\n    1 / 0\nexcept ZeroDivisionError:\n    print(traceback.format_exc())",
    "print_exc": "import traceback\ntry:\n    {}['x']\nexcept KeyError:\n    traceback.print_exc()",
    "print_stack": "import traceback; print(len(traceback.extract_stack()))",
    "linecache": "import linecache; print(repr(linecache.getline(__file__, 1)))",
    "inspect": "import inspect; print(inspect.signature(len), inspect.stack()[0].lineno)",
    "getsource": "import inspect\ndef f(): pass\nprint(inspect.getsource(f))",
    "thread": "import threading; threading.Thread(target=print).start()",
    "current thread": "import threading; print(threading.current_thread().name, threading.active_count())",
    "queue": "import queue; q = queue.Queue(); q.put(1); print(q.get(timeout=1))",
    "input": "input()",
    "argv": "import sys; print(sys.argv, sys.path, sys.flags.optimize, sys.stdin.read())",
    "streams": "import sys; print(sys.stdout.encoding, sys.stdout.isatty(), file=sys.stderr)",
    "recursion": "def f(): f()\nf()",
    "exit": "import sys; sys.exit('enough')",
    "memory": "x = bytearray(10 ** 12)",
    "pickle": "import pickle; print(pickle.loads(pickle.dumps({1: 'a'})))",
    "gc": "import gc; print(gc.collect() >= 0, gc.isenabled())",
    "clocks by number": "import time; print(int(time.clock_gettime(0)), int(time.clock_gettime(1)))",
    "times": "import os; print(int(os.times().elapsed), os.getloadavg(), os.sched_getaffinity(0))",
    "getrandom": "import os; print(os.getrandom(8))",
    "uname": "import os; print(os.uname())",
    "temporary file": "import tempfile; print(tempfile.TemporaryFile())",
    "temporary folder": "import tempfile; print(tempfile.mkdtemp())",
    "lock": "import threading; k = threading.Lock(); k.acquire(); print(k.acquire(timeout=0.01))",
    "timer": "import threading; threading.Timer(0.1, print).start()",
    "limits": "import resource; print(resource.getrlimit(resource.RLIMIT_AS))",
    "descriptors": "import os; os.dup(1)",
    "pipe": "import os; os.pipe()",
    "nested": "x = []\nfor _ in range(5000): x = [x]\nprint(len(repr(x)))",
    "main": "print(__name__, __file__)\nif __name__ == '__main__': raise SystemExit",
}
ANSWER = "\ndef submission():\n    return 1, -1, 2, -4\n"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="same-") as name:  # pytest's own is closed to others
        Path(name).chmod(0o755)
        for program, text in PROGRAMS.items():
            (Path(name) / f"{program}.py").write_text(text + ANSWER)
        yield Path(name)


def reports(arrangement: str, folder: Path) -> list[Any]:
    done = subprocess.run(
        [sys.executable, "-m", "attacks.same", arrangement, str(folder)]
        + [f"{program}.py" for program in PROGRAMS],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def expected(folder: Path) -> list[Any]:
    return reports(PLAIN[0], folder)


def test_an_ordinary_line_at_the_top_costs_nothing(expected: list[Any]) -> None:
    scores = {file.removesuffix(".py"): report["score"] for file, report, *_ in expected}
    assert len(scores) == len(PROGRAMS) >= 80
    for program in (
        "abspath",
        "dirname",
        "getcwd",
        "time",
        "random",
        "warnings",
        "numpy's late parts",
    ):
        assert scores[program] == 100, program


@pytest.mark.parametrize(
    "arrangement",
    [
        pytest.param(name, marks=() if name in PLAIN else (pytest.mark.thorough,))
        for name in possible()
        if name != PLAIN[0]
    ],
)
def test_every_arrangement_has_the_same_reports(
    arrangement: str, folder: Path, expected: list[Any]
) -> None:
    for one, other in zip(reports(arrangement, folder), expected, strict=True):
        assert one == other
