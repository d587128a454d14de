"""Where a command's text goes: standard output, or a file that is replaced in one step."""

import os
import sys
from collections.abc import Iterable


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

    Where that fails the texts go to standard output, with a message; then False.
    """
    import tempfile  # noqa: PLC0415 - only where a file is asked for

    text = "".join(texts)
    folder = os.path.dirname(path) or "."
    temporary = None
    try:
        descriptor, temporary = tempfile.mkstemp(prefix=".report-", dir=folder)
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)
        complain(f"{path} cannot be written ({error.strerror}); the report follows here instead")
        to_standard_output([text])
        return False
    return True


def _umask() -> int:
    umask = os.umask(0o077)
    os.umask(umask)
    return umask


def complain(message: str) -> None:
    """Write one message to standard error; a closed one loses it."""
    try:
        print(message, file=sys.stderr)
    except OSError:
        return
