"""A platform's files: found by the platform's name, written each in one step, the main one last."""

import os
from collections.abc import Callable, Mapping
from types import ModuleType

from grader.desk.family import member, members
from grader.desk.files import complain, to_standard_output
from grader.platforms import Files, Settings
from grader.report import Report
from grader.reports import Layout

STANDARD_OUTPUT = "-"


def platform(name: str, able: str = "answer") -> ModuleType | None:
    """Return the module of the platform with this name, None if there is none that is able to."""
    found = member("platforms", name)
    return found if hasattr(found, able) else None


def platforms(able: str = "answer") -> list[str]:
    """Return the names of the platforms whose module has this function: all have `answer`."""
    return [name for name in members("platforms") if platform(name, able)]


def as_format(name: str, output: str | None) -> Callable[[Report, Layout], str] | None:
    """Return the platform as a report format: the main file's text; the others go beside it.

    Without an output file there is no place beside it, and the main file has to do alone.
    """
    module = platform(name)
    if module is None:
        return None
    environment = os.environ
    answer: Callable[[Report, Settings], Files] = module.answer

    def render(report: Report, layout: Layout) -> str:
        alone = output is None or layout.one_of_many
        files = dict(answer(report, Settings(None, environment, alone, layout.one_of_many)))
        if not files:
            complain_of_failure(report, name)
            return ""
        _, main = files.popitem()
        write(files, os.path.dirname(output or ""), environment)
        return main

    return render


def complain_of_failure(report: Report, name: str) -> None:
    """Say on standard error why the platform gets no answer."""
    reason = report.error.message if report.error else "the grader failed"
    complain(f"no answer for {name}, which will say that the grader failed: {reason}")


def write(files: Files, root: str, environment: Mapping[str, str]) -> bool:
    """Write the named texts in their order; False, with a message, if one cannot be written."""
    for name, text in files.items():
        if name == STANDARD_OUTPUT:
            if not to_standard_output([text]):
                return False
            continue
        path = environment.get(name[1:], "") if name.startswith("$") else os.path.join(root, name)
        if not path:
            continue
        try:
            _append(path, text) if name.startswith("$") else _replace(path, text)
        except OSError as error:
            complain(f"{path} cannot be written: {error.strerror}")
            return False
    return True


def _append(path: str, text: str) -> None:
    with open(path, "a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(text)


def _replace(path: str, text: str) -> None:
    """Write a new file beside the path, then put it there, so that no reader sees half of it."""
    folder = os.path.dirname(path) or "."
    os.makedirs(folder, exist_ok=True)
    temporary = os.path.join(folder, f".{os.path.basename(path)}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise
