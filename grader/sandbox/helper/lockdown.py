"""The walls that need no namespace: once around the helper, then closer around each child.

What a helper can do without is given up by it, once and for all its children: new privileges and
whatever Landlock can refuse. A child adds its limits, its user id and, last, the filter, which
refuses every other step.
"""

import contextlib
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
    naming,
)
from grader.sandbox.helper.landlock import restrict
from grader.sandbox.helper.seccomp import installation
from grader.sandbox.protocol.limits import MEBIBYTE, Limits
from grader.sandbox.protocol.wire import IN

_DESCRIPTORS = 16
_user, _parent = os.getuid, os.getppid  # a child's code is told other answers (`world`)
_STACK = 8 * MEBIBYTE
# What the helper can do with as well as its children: for them it costs nothing then.
_OF_THE_HELPER = {
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_NOFILE: _DESCRIPTORS,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_MEMLOCK: 0,
    resource.RLIMIT_MSGQUEUE: 0,
}


class Bound(NamedTuple):
    """A resource limit of a run, and the words for one that is lower where the grader runs."""

    kind: int
    soft: int
    hard: int
    lacking: str


class Lockdown(NamedTuple):
    """Everything a child needs to shut itself in, made ready once."""

    kernel: Kernel
    place: Enclosure
    close_others: Callable[[], None]  # every descriptor but those of a run
    highest: int  # the highest descriptor that the helper was started with
    install_filter: Callable[[], int]
    landlock: int  # the version of its interface, 0 where it is not used
    base: int  # bytes of address space that Python and the loaded modules take

    @staticmethod
    def around_helper(
        kernel: Kernel, place: Enclosure, interface: int, base: int, highest: int
    ) -> "Lockdown":
        """Put up what holds for the helper too; `interface` is Landlock's, 0 where it has none."""
        kernel.prctl(PR_SET_DUMPABLE, 0)  # no trace, no memory, no /proc files for the same user
        kernel.prctl(PR_SET_NO_NEW_PRIVS, 1)
        try:
            if interface:
                restrict(kernel, interface)
        except OSError:  # a container may know of Landlock and refuse it: the rest stands alone
            interface = 0
        with naming("prlimit64"):
            for kind, value in _OF_THE_HELPER.items():
                bound = _at_most(kind, value)
                resource.setrlimit(kind, (bound, bound))
        with contextlib.suppress(PermissionError):  # it may lead its session already
            os.setsid()
        os.dup2(0, 0)  # like the line before: what the linker finds here it need not in a child
        close = kernel.closing(IN + 1)
        return Lockdown(kernel, place, close, highest, installation(kernel), interface, base)

    def around_child(self, limits: Limits, helper: int) -> Callable[[], None]:
        """Make ready what puts up every wall but the filter, which comes last.

        It raises OSError; all that it needs is looked up here, since a look-up in a child is dear.
        """
        bounds = [(each.kind, (each.soft, each.hard)) for each in self._bounds(limits)]
        lacking = _lacking(self._bounds(limits))
        user, alone = self.place.user, self.place.alone
        die_with_parent = self.kernel.prepared("prctl", PR_SET_PDEATHSIG, int(SIGKILL), 0, 0, 0)
        setsid, setrlimit = os.setsid, resource.setrlimit

        def put_up() -> None:
            if lacking:
                raise OSError(errno.EPERM, lacking)
            setsid()
            for kind, bound in bounds:
                setrlimit(kind, bound)
            if user is not None:
                become(user)
            if _user() == 0:  # no arrangement leads here: the last look before the code
                raise PermissionError(errno.EPERM, "the child would run as root")
            if not alone:  # the end of a namespace's first process ends the others
                # After the change of id, which clears it; and the helper may have died before.
                die_with_parent()
                if _parent() != helper:
                    raise ProcessLookupError(errno.ESRCH, "the helper has died")

        return put_up

    def _bounds(self, limits: Limits) -> tuple[Bound, ...]:
        """Tell the resource limits of a run."""
        seconds, space = math.ceil(limits.cpu), self.base + limits.memory
        # A second between the two: SIGXCPU tells this limit from a kill by somebody else.
        last = _at_most(resource.RLIMIT_CPU, seconds + 1)
        return (
            Bound(resource.RLIMIT_NPROC, 0, 0, ""),
            Bound(resource.RLIMIT_CPU, seconds, last, "ulimit -t allows less computing time"),
            Bound(resource.RLIMIT_AS, space, space, "ulimit -v allows less memory"),
            Bound(resource.RLIMIT_DATA, space, space, "ulimit -d allows less memory"),
            Bound(resource.RLIMIT_STACK, _STACK, _STACK, "ulimit -s allows less stack"),
        )


def _lacking(bounds: tuple[Bound, ...]) -> str:
    """Tell what a run would lack; code that needs it would seem to be at fault."""
    short = (each.lacking for each in bounds if _at_most(each.kind, each.soft) < each.soft)
    return " and ".join(f"{words} than a run may use: raise it" for words in short)


def _at_most(kind: int, value: int) -> int:
    """Keep to a limit that is lower already: only root may raise it."""
    hard = resource.getrlimit(kind)[1]
    return value if hard == resource.RLIM_INFINITY else min(value, hard)
