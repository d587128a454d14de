"""A platform's files: found by the platform's name, written each in one step, the main one last."""

import os
from collections.abc import Callable, Mapping
from types import ModuleType

from grader.desk.family import member, members
from grader.desk.files import append, complain, replace, to_standard_output
from grader.desk.overwrite import refusal
from grader.platforms import Files, Settings
from grader.report import Report
from grader.reports import Layout
from grader.text.inert import inert

STANDARD_OUTPUT = "-"


def platform(name: str, able: str = "answer") -> ModuleType | None:
    """Return the module of the platform with this name, None if there is none that is able to."""
    found = member("platforms", name)
    return found if hasattr(found, able) else None


def platforms(able: str = "answer") -> list[str]:
    """Return the names of the platforms whose module has this function: all have `answer`."""
    return [name for name in members("platforms") if platform(name, able)]


def as_format(module: ModuleType, name: str, output: str | None) -> Callable[[Report, Layout], str]:
    """Return the platform as a report format: the main file's text; the others go beside it.

    Without an output file there is no place beside it, and the main file has to do alone.
    """
    environment = os.environ
    answer: Callable[[Report, Settings], Files] = module.answer

    def render(report: Report, layout: Layout) -> str:
        alone = output is None or layout.one_of_many
        files = dict(answer(report, Settings(None, environment, alone, layout.one_of_many)))
        if not files:
            complain_of_failure(report, name)
            return ""
        _, main = files.popitem()
        folder = os.path.dirname(output or "")
        reasons = [refusal(os.path.join(folder, beside), ()) for beside in files]
        for reason in filter(None, reasons):
            complain(reason)
        if not any(reasons):
            write(files, folder, environment)
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
        link = _link_below(root, name)
        if link is not None and not name.startswith("$"):
            complain(f"{inert(link)} is a link, and links are not followed; remove it")
            return False
        try:
            _put(path, text, appended=name.startswith("$"))
        except OSError as error:
            complain(f"{inert(path)} cannot be written: {error.strerror}")
            return False
    return True


def _link_below(root: str, name: str) -> str | None:
    """Return the first folder on the way from the root to the file that is a link."""
    path = root
    for part in name.split("/")[:-1]:
        path = os.path.join(path, part)
        if os.path.islink(path):
            return path
    return None


def _put(path: str, text: str, *, appended: bool) -> None:
    if appended:
        append(path, text)
        return
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    replace(path, text.encode("utf-8", "backslashreplace"))
