"""A sandbox's processes, seen from outside, and answers for it to run."""

from grader.sandbox.grader_side.sandbox import Sandbox

RIGHT = b"def submission():\n    return {'w1': 1}\n"
SLOW = b"import time\ndef submission():\n    time.sleep(0.6)\n    return {'w1': 1}\n"


def helper_of(sandbox: Sandbox) -> int:
    """Tell the process that was started."""
    sandbox.start()
    assert sandbox._process is not None  # noqa: SLF001 - there is no other way to its process
    return sandbox._process.spawned.pid  # noqa: SLF001 - the same


def innermost(pid: int) -> int:
    """Tell the process that serves: in a namespace it is a child of the one that was started."""
    inside = children_of(pid)
    return inside[0] if inside else pid


def children_of(pid: int) -> list[int]:
    """List a process's children; none if it has ended."""
    try:
        with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:
            return [int(word) for word in file.read().split()]
    except FileNotFoundError:
        return []
