"""Many runs, one after the other and at once: nothing of them stays behind."""

import os
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.sandbox.grader_side.sandbox import Sandbox
from sandboxes import RIGHT, children_of, helper_of, innermost
from shares import always


def resident(pid: int) -> int:
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1])


@pytest.mark.parametrize("runs", always([150], [150, 2000]))
def test_many_runs_leave_nothing_behind(runs: int) -> None:
    others = set(children_of(os.getpid()))
    with Sandbox() as sandbox:
        files = set(os.listdir(tempfile.gettempdir()))
        helper = innermost(helper_of(sandbox))
        for _ in range(100):
            sandbox.run(RIGHT)
        descriptors = len(os.listdir("/proc/self/fd"))
        before = resident(os.getpid()), resident(helper)
        for _ in range(runs):
            assert sandbox.run(RIGHT).status == "returned"
        after = resident(os.getpid()), resident(helper)
        assert all(then <= 1.05 * first for first, then in zip(before, after, strict=True))
        assert len(os.listdir("/proc/self/fd")) == descriptors
        assert len(set(children_of(os.getpid())) - others) == 1
        assert innermost(helper_of(sandbox)) == helper
        new = set(os.listdir(tempfile.gettempdir())) - files
        assert not [name for name in new if name.startswith("grader-empty")]
    assert set(children_of(os.getpid())) <= others


@pytest.mark.parametrize("count", always([10], [10, 100]))
def test_as_many_at_once_keep_apart(count: int) -> None:
    def one(number: int) -> float:
        with Sandbox() as sandbox:
            source = f"def submission():\n    return [{number}]".encode()
            ((_, value),) = sandbox.run(source).items
        return float(str(value))

    with ThreadPoolExecutor(count) as pool:
        assert list(pool.map(one, range(count))) == [float(n) for n in range(count)]
