"""The limits of one run of a student's code, and how to name what the system itself refuses."""

import errno
from typing import NamedTuple

MEBIBYTE = 1 << 20


class Limits(NamedTuple):
    """What one run may use; the defaults leave the exercise a hundredfold room.

    Units: `wall` and `cpu` in seconds (the kernel counts CPU time in whole seconds, so `cpu` is
    rounded up), `memory` in bytes beyond what Python and NumPy themselves take, `output` in bytes
    of what the code prints.
    """

    wall: float = 10.0
    cpu: float = 5.0
    memory: int = 512 * MEBIBYTE
    output: int = 4096


_LOW = {
    errno.EMFILE: "too few files may be open at a time here: raise ulimit -n",
    errno.EINVAL: "too few files may be open at a time here: raise ulimit -n",  # poll's answer
    errno.ENFILE: "too many files are open on this machine",
    errno.EFBIG: "no file may be long enough for the code: raise ulimit -f",
    errno.EAGAIN: "too few processes may run at a time here: raise ulimit -u",
    errno.ENOMEM: "there is too little memory here",
    errno.ENOSPC: "there is too little memory here",  # of a memory file
}


def ran_out(error: OSError) -> str:
    """Tell what this machine, or whoever started the grader, allows too little of."""
    return _LOW.get(error.errno or 0) or error.strerror or str(error)


def refused(error: OSError, name: str | None = None) -> str:
    """Tell which system call failed, and how to allow it; `name` where the error has none."""
    return (
        f"the system call {name or error.filename} fails here ({error.strerror}). It needs Linux "
        "5.3 or newer; in a container allow it in the seccomp profile (docker run --security-opt "
        "seccomp=FILE)"
    )
