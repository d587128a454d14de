"""The helper for code and files with weights, started before `grade` is loaded: both load at once.

Whether there is any, and what of NumPy it names, is guessed from the command's words. A wrong
guess costs time and nothing else: a helper that lacks something is replaced, one too many is ended.
"""

import os
import stat
import sys

from grader.submission.sources import CODE, WEIGHTS

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.sandbox.grader_side.spawning import Spawned

_MOST = 1 << 20


def spawned_for(words: "Sequence[str]") -> "Spawned | None":
    """Start a helper if a word is such a file; None if there is none, or no way."""
    paths = [word for word in words if word.endswith(CODE)]
    endings = ("." + word.rpartition(".")[2] for word in words)
    readers = {WEIGHTS[ending] for ending in endings if ending in WEIGHTS}
    if sys.platform != "linux" or not (paths or readers):
        return None
    from grader.errors import SandboxError
    from grader.sandbox.grader_side.spawning import numpy_paths, spawn
    from grader.sandbox.protocol.modules import NUMPY, numpy_named
    from grader.sandbox.protocol.packets import HelperSettings

    named = {name for path in paths for name in numpy_named(_peek(path))}
    numpy = tuple(name for name in NUMPY if name in named)
    try:
        return spawn(HelperSettings(numpy, numpy_paths(), readers=tuple(sorted(readers))))
    except (OSError, SandboxError):
        return None  # tried again, and reported, where the code is to be run


def _peek(path: str) -> bytes:
    """Read a regular file, nothing else; what cannot be read is reported when it is graded."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return b""
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
    except (OSError, ValueError):
        return b""
    with open(descriptor, "rb") as file:
        return file.read(_MOST)
