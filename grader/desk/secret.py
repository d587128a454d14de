"""The file with the secret by which variants are drawn; what it holds is shown nowhere."""

import os
import stat

from grader.errors import GraderError
from grader.named import NamedTuple
from grader.text.inert import inert

MOST = 4096  # bytes
SHORT = 16  # bytes; below it a student with a computer tries all
_MAKE_ONE = "make one by: head -c 32 /dev/urandom | base64 > FILE"


class SecretError(GraderError):
    """The secret cannot be had."""


class Secret(NamedTuple):
    """The secret, and what the operator should know about its file."""

    data: bytes
    warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return nothing of the secret."""
        return f"<Secret of {len(self.data)} bytes>"


def read_secret(path: str) -> Secret:
    """Return what the file holds, without the line break at its end.

    Raises: SecretError if it cannot be read, is empty or is larger than a secret.
    """
    shown = inert(path)
    try:
        with open(path, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(MOST + 1)
    except OSError as error:
        raise SecretError(f"{shown}: {error.strerror}; name the file with the secret") from None
    if len(data) > MOST:
        raise SecretError(f"{shown} is larger than {MOST:,} bytes; a secret is one line")
    data = data.rstrip(b"\r\n")
    if not data:
        raise SecretError(f"{shown} is empty, so everybody could draw; {_MAKE_ONE}")
    warnings = []
    if stat.S_ISREG(mode) and mode & stat.S_IROTH:
        warnings.append(f"warning: everybody can read {shown}; chmod 600 {shown}")
    if len(data) < SHORT:
        warnings.append(
            f"warning: the secret in {shown} has {len(data)} bytes and can be guessed; {_MAKE_ONE}"
        )
    return Secret(data, tuple(warnings))
