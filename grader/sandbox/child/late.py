"""What NumPy loads late, inside a child that can load nothing.

Each release of NumPy leaves different parts of itself until a function needs them: `np.unique`
loads `numpy.ma`, `np.testing` loads `unittest`. No list could name them all. So a child that comes
to such an import says which part it is and ends, and the grader runs the code again in a child that
has it. Both runs are the same up to that point, since nothing in a child is left to chance.
"""

import os
import re

from grader.sandbox.protocol import wire
from grader.sandbox.protocol.wire import OUT

# Importing these runs programs or the test suite, or needs what is not installed with NumPy.
_NEVER = re.compile(
    r"(.*\.)?(__main__|conftest|setup|tests|distutils|mypy_plugin|_pyinstaller|hook-.*)(\..*)?"
    r"|numpy\.f2py\..*"
)
_PART = re.compile(rf"numpy(\.\w{{1,{wire.LONGEST_PART}}}){{0,4}}", re.ASCII)


class LateFinder:
    """The first of Python's finders in a child: it knows the parts of NumPy, and nothing else."""

    def __init__(self) -> None:
        """Know of nothing yet."""
        self.given: tuple[str, ...] = ()  # loaded, or not to be had: asking again is of no use
        self._write, self._leave = os.write, os._exit

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        """Ask for a part of NumPy and end; leave any other name to the next finder."""
        if name in self.given or not _PART.fullmatch(name) or _NEVER.fullmatch(name):
            return
        self._write(OUT, wire.NEEDS + name.encode() + b"\n")
        self._leave(0)
