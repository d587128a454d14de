"""The way out of a child, which the code that ran in it cannot have replaced.

After a student's code has run, every name may mean something else: `os._exit`, a builtin, an entry
of a module. Whatever is looked up then, the code may answer. So the function that ends a child
looks up nothing: what it calls is among the constants of its own code, which Python lets nobody
change, and nothing raised on the way, by a signal handler or a trace function, leads out of it.
"""

import os
import types
from collections.abc import Callable
from typing import Any, NoReturn

_EXIT = "the place of os._exit among the constants"


def sealed() -> Callable[[Callable[[], object]], NoReturn]:
    """Make the function that does what it is given and then ends the process, whatever happens."""
    code = _do_and_end.__code__
    constants = tuple(os._exit if constant == _EXIT else constant for constant in code.co_consts)
    own: dict[str, Any] = {"__builtins__": {}}
    return types.FunctionType(code.replace(co_consts=constants, co_filename="grader"), own)


def _do_and_end(work: Any) -> NoReturn:  # noqa: ANN401 - a callable, then nothing
    try:
        work()
    except:  # noqa: E722 - any name here could be a student's; there is nobody to tell
        work = None
    while True:
        try:
            leave: Any = "the place of os._exit among the constants"
            leave(0)
        except:  # noqa: E722, S112 - a student's handler of signals may raise here
            continue
