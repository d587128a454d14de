"""Where a command's text goes: standard output, or a file that is replaced in one step."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress

from grader.text.inert import inert


def to_standard_output(texts: Iterable[str]) -> bool:
    """Write the texts as they come; False, with a message, if standard output is closed or full."""
    try:
        if sys.stdout is None:
            raise OSError("it is closed")  # noqa: TRY301 - the same end as a failed write
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        for text in texts:
            sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is still buffered cannot be written either; without this Python complains at exit.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.close(null)
        complain(f"standard output cannot be written: {error.strerror or error}")
        return False
    return True


def to_file(texts: Iterable[str], path: str) -> bool:
    """Write the texts to a file beside the path, then put it in its place, all or nothing.

    Where that fails the texts go to standard output, with a message; then False. Without a text,
    as where nothing was graded, an old file stays as it is.
    """
    text = "".join(texts)
    if not text:
        return True
    data = text.encode("utf-8", "backslashreplace")
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "wb") as file:  # a terminal, a pipe, /dev/null: never replaced
                file.write(data)
        else:
            _replace(os.path.realpath(path), data)
    except OSError as error:
        reason = f"{inert(path)} cannot be written ({error.strerror})"
        complain(f"{reason}; the report follows on standard output")
        to_standard_output([text])
        return False
    return True


def _replace(path: str, data: bytes) -> None:
    """Put a file with these bytes in the path's place; whoever reads sees the old one or this.

    Raises: OSError.
    """
    import tempfile  # noqa: PLC0415 - only where a file is asked for

    descriptor, temporary = tempfile.mkstemp(prefix=".report-", dir=os.path.dirname(path))
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    finally:
        with suppress(FileNotFoundError):  # it is gone when it has taken its place
            os.unlink(temporary)


def _umask() -> int:
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def complain(message: str) -> None:
    """Write one message to standard error; a closed one loses it."""
    if sys.stderr is None:  # print would take standard output instead
        return
    with suppress(OSError):
        print(message, file=sys.stderr)
