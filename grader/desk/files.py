"""The one place that writes: standard output, files that are replaced in one step, new trees.

A file is written beside its path under a name of its own, then put in its place: whoever reads sees
the old one or the new one, whoever stops the command or fills the disk leaves nothing behind, and
no link is followed, since the name itself is what is replaced.
"""

import os
import sys
from collections.abc import Iterable, Mapping
from itertools import count

from grader.text.inert import inert

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from grader.undisturbed import Undisturbed

# Links that lead to what this process has open; nobody else can plant one there.
_OWN = ("/dev/stdout", "/dev/stderr", "/dev/fd/")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
_LONGEST_LINE = 100_000
_EVERYBODY = 0o666  # what the umask leaves of it
_PROGRAM = 0o755  # the platform runs it as whoever it likes


def to_standard_output(texts: Iterable[str]) -> bool:
    """Write the texts as they come, in UTF-8; False, with a message, if that cannot be done.

    A reader that has seen enough and left gets no message.
    """
    try:
        if sys.stdout is None:
            raise OSError("it is closed")  # noqa: TRY301 - the same end as a failed write
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
        for text in texts:
            sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is still buffered cannot be written either; without this Python complains at exit.
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.close(null)
        if not isinstance(error, BrokenPipeError):
            complain(f"standard output cannot be written: {error.strerror or error}")
        return False
    return True


def deliver(text: str, path: str | None) -> bool:
    """Write the text to the file at the path, or to standard output; False as they say."""
    return to_file([text], path) if path else to_standard_output([text])


def to_file(texts: Iterable[str], path: str) -> bool:
    """Write the texts to the file at the path, all or nothing.

    Where that fails the texts go to standard output, with a message; then False. Without a text,
    as where nothing was graded, an old file stays as it is.
    """
    text = "".join(texts)
    if not text:
        return True
    data = text.encode("utf-8", "backslashreplace")
    try:
        if path.startswith(_OWN) or (os.path.exists(path) and not os.path.isfile(path)):
            _to_device(path, data)
        else:
            replace(path, data)
    except OSError as error:
        reason = f"{inert(path)} cannot be written ({error.strerror})"
        complain(f"{reason}; the report follows on standard output")
        to_standard_output([text])
        return False
    return True


def is_followed(path: str) -> bool:
    """Tell whether writing there would follow a link that somebody may have planted."""
    return os.path.islink(path) and not path.startswith(_OWN)


def _to_device(path: str, data: bytes) -> None:
    """Write to a terminal, a pipe or /dev/null, which are never replaced, nor is what leads there.

    Raises: OSError.
    """
    own = path.startswith(_OWN)
    # Without O_NONBLOCK a pipe that nobody reads, planted in the file's place, waits for ever.
    careful = 0 if own else getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with open(os.open(path, os.O_WRONLY | careful), "wb") as file:
        if careful:
            os.set_blocking(file.fileno(), True)
        file.write(data)


def replace(path: str, data: bytes, *, executable: bool = False) -> None:
    """Put a file with these bytes in the path's place, in one step.

    Raises: OSError; then nothing has changed.
    """
    made: list[str] = []
    with _RemovedOnFailure(made, []):
        with _undisturbed():
            descriptor, temporary = _beside(path)
            made.append(temporary)
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if executable:
            os.chmod(temporary, _PROGRAM)
        os.replace(temporary, path)


def create(files: Mapping[str, bytes], executable: Iterable[str] = ()) -> None:
    """Write new files, with the folders that they need: all of them, or none.

    Raises: OSError, also where one of the paths is taken; then nothing has changed.
    """
    written: list[str] = []
    folders: list[str] = []
    programs = frozenset(executable)
    with _RemovedOnFailure(written, folders):
        for path, data in files.items():
            _make_folders(os.path.dirname(path), folders)
            with _undisturbed():
                descriptor = os.open(path, _NEW, _EVERYBODY)
                written.append(path)
            with open(descriptor, "wb") as file:
                file.write(data)
            if path in programs:
                os.chmod(path, _PROGRAM)


def append(path: str, text: str) -> None:
    """Add text to a file that the system named. Raises: OSError."""
    with open(path, "a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)


def _beside(path: str) -> tuple[int, str]:
    """Open a new file in the path's folder, under a name that nobody has taken."""
    folder = os.path.dirname(path)
    for number in count():
        name = os.path.join(folder, f".report-{os.getpid()}-{number}")
        try:
            return os.open(name, _NEW, _EVERYBODY), name
        except FileExistsError:
            continue
    raise AssertionError  # the numbers do not end


def _make_folders(path: str, made: list[str]) -> None:
    """Make the folder and those that it lies in, and note those that were not there."""
    if not path or os.path.isdir(path):
        return
    _make_folders(os.path.dirname(path), made)
    with _undisturbed():
        os.mkdir(path)
        made.append(path)


def _undisturbed() -> "Undisturbed":
    """Return what keeps signals from coming between making a file and knowing its name."""
    from grader.undisturbed import Undisturbed  # not needed where nothing is written to a file

    return Undisturbed()


class _RemovedOnFailure:
    """Removes files and folders again, whatever it was that ended the writing, signals included."""

    def __init__(self, files: list[str], folders: list[str]) -> None:
        self.files = files
        self.folders = folders

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            return
        from contextlib import suppress

        with _undisturbed():
            for path in self.files:
                with suppress(OSError):
                    os.unlink(path)
            for path in reversed(self.folders):
                with suppress(OSError):
                    os.rmdir(path)


def complain(message: str) -> None:
    """Write one message to standard error; a closed one loses it."""
    if sys.stderr is None:  # print would take standard output instead
        return
    shown = "\n".join(inert(line, _LONGEST_LINE) for line in message.split("\n"))
    from contextlib import suppress  # slow to import, and seldom is there something to say

    with suppress(OSError):
        print(shown, file=sys.stderr)
