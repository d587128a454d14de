"""The walls that need no namespace: once around the helper, then closer around each child.

What a helper can do without is given up by it, once and for all its children: new privileges and
whatever Landlock can refuse. A child adds its limits, its user id and, last, the filter, which
refuses every other step.
"""

import errno
import math
import os
import resource
from collections.abc import Callable
from signal import SIGKILL
from typing import NamedTuple

from grader.sandbox.helper.cutoff import Enclosure, become
from grader.sandbox.helper.kernel import (
    PR_SET_DUMPABLE,
    PR_SET_NO_NEW_PRIVS,
    PR_SET_PDEATHSIG,
    Kernel,
)
from grader.sandbox.helper.landlock import restrict
from grader.sandbox.helper.seccomp import installation
from grader.sandbox.protocol.limits import MEBIBYTE, Limits
from grader.sandbox.protocol.wire import IN

_DESCRIPTORS = 16
_STACK = 8 * MEBIBYTE


class Lockdown(NamedTuple):
    """Everything a child needs to shut itself in, made ready once."""

    kernel: Kernel
    place: Enclosure
    close_others: Callable[[], None]  # every descriptor but those of a run
    highest: int  # the highest descriptor that the helper was started with
    install_filter: Callable[[], int]
    landlock: int  # the version of its interface, 0 where it is not used
    base: int  # bytes of address space that Python and the loaded modules take
    bounds: tuple[tuple[int, int], ...]

    @staticmethod
    def around_helper(
        kernel: Kernel, place: Enclosure, interface: int, base: int, highest: int
    ) -> "Lockdown":
        """Put up what holds for the helper too; `interface` is Landlock's, 0 where it has none."""
        kernel.prctl(PR_SET_DUMPABLE, 0)  # no trace, no memory, no /proc files for the same user
        kernel.prctl(PR_SET_NO_NEW_PRIVS, 1)
        if interface:
            restrict(kernel, interface)
        close = kernel.closing(IN + 1)
        install = installation(kernel)
        return Lockdown(kernel, place, close, highest, install, interface, base, _bounds())

    def around_child(self, limits: Limits, helper: int) -> None:
        """Put up every wall but the filter, which comes last. Raises: OSError."""
        os.setsid()
        for kind, bound in self.bounds:
            resource.setrlimit(kind, (bound, bound))
        # A second between the two: SIGXCPU tells this limit from a kill by somebody else.
        soft = math.ceil(limits.cpu)
        space = self.base + limits.memory
        for kind, bound, over, words in (
            (resource.RLIMIT_CPU, soft, 1, "ulimit -t allows less computing time"),
            (resource.RLIMIT_AS, space, 0, "ulimit -v allows less memory"),
            (resource.RLIMIT_DATA, space, 0, "ulimit -d allows less memory"),
            (resource.RLIMIT_STACK, _STACK, 0, "ulimit -s allows less stack"),
        ):
            if _at_most(kind, bound) < bound:  # code that needs more would seem to be at fault
                told = f"{words} than a run may use: raise it"
                raise OSError(errno.EPERM, told, "a limit of the grader's")
            resource.setrlimit(kind, (bound, _at_most(kind, bound + over)))
        if self.place.user is not None:
            become(self.place.user)
        if os.getuid() == 0:  # no arrangement leads here: the last look before the code
            raise PermissionError(errno.EPERM, "the child would run as root", "setresuid")
        if not self.place.alone:  # the end of a namespace's first process ends the others
            # After the change of id, which clears it; and the helper may have died before.
            self.kernel.prctl(PR_SET_PDEATHSIG, SIGKILL)
            if os.getppid() != helper:
                raise ProcessLookupError(errno.ESRCH, "the helper has died", "prctl")


def _bounds() -> tuple[tuple[int, int], ...]:
    """Tell the limits that are the same for every child, each as low as it already is."""
    wanted = {
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: _DESCRIPTORS,
        resource.RLIMIT_NPROC: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    return tuple((kind, _at_most(kind, value)) for kind, value in wanted.items())


def _at_most(kind: int, value: int) -> int:
    """Keep to a limit that is lower already: only root may raise it."""
    hard = resource.getrlimit(kind)[1]
    return value if hard == resource.RLIM_INFINITY else min(value, hard)
