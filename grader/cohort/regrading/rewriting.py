"""Single reports after a regrading: written anew from the rows, those of before kept beside them.

The copy of the old ones is whole before the first new one is written, and a report is made of
nothing but its row, so that a run that was stopped in between goes on to the same files.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from shutil import copytree, rmtree

from grader.cohort.journal import Journal
from grader.cohort.marking import ENDINGS, rendered
from grader.cohort.outputs import (
    REPORTS,
    check_free,
    not_ours,
    put_reports,
    report_names,
    settle,
)
from grader.cohort.regrading.runs import Graded, report_of
from grader.desk.assess import Chosen
from grader.submission.origin import Origin

_TOGETHER = 100  # hand-ins
_KEPT = "kept"


def forms_of(run: Graded) -> tuple[str, ...]:
    """Return the forms of the reports that a run wrote."""
    return tuple(
        form for form in run.terms.terms.get("--reports", "").split(",") if form in ENDINGS
    )


def check_reports(folder: str, run: Graded, journal: Journal) -> None:
    """See that no report was changed by a person. Raises: NotOurs."""
    for _, stem in _graded(run):
        for form in forms_of(run):
            check_free(folder, f"{REPORTS}/{stem}{ENDINGS[form]}", journal)


def rewritten(folder: str, run: Graded, chosen: Chosen, journal: Journal) -> str:
    """Write the reports of a run that was regraded; return the folder of the old ones, or "".

    Those of hand-ins without a result stay as they are. Raises: NotOurs; OSError.
    """
    number, forms = len(journal.earlier()), forms_of(run)
    if not forms or not number:
        return ""
    kept = f"{REPORTS}-{number}"
    _keep(folder, kept, journal)
    files: dict[str, bytes] = {}
    for seq, stem in _graded(run):
        row, source = run.rows[seq], str(run.hand_ins[seq].source)
        student = _student(os.path.join(folder, kept, f"{stem}{ENDINGS['json']}"))
        report = report_of(run, row, Origin(source, student, row.digest))
        _, texts = rendered(report._replace(chosen=chosen.note), forms)
        for form, text in zip(forms, texts, strict=True):
            files[f"{REPORTS}/{stem}{ENDINGS[form]}"] = text.encode("utf-8", "backslashreplace")
        if len(files) >= _TOGETHER:
            put_reports(folder, files, journal)
            files.clear()
    put_reports(folder, files, journal)
    return kept


def _graded(run: Graded) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the hand-ins with a result, and what their reports are called."""
    for seq, stem in enumerate(report_names(run.hand_ins)):
        if run.rows[seq].status == "graded":
            yield seq, stem


def _keep(folder: str, name: str, journal: Journal) -> None:
    """Copy the reports of before, once. Raises: NotOurs where a person has such a folder."""
    path, fresh = os.path.join(folder, name), os.path.join(folder, f"{name}.new")
    if os.path.lexists(path):
        if not journal.wrote(name, _KEPT):
            raise not_ours(path, "was not made by this run")
        return
    rmtree(fresh, ignore_errors=True)
    with suppress(FileNotFoundError):
        copytree(os.path.join(folder, REPORTS), fresh)
        journal.will_write([(name, _KEPT)])
        os.rename(fresh, path)
        settle(folder)


def _student(path: str) -> str | None:
    """Return what a JSON report of before says of its author; it is in no row."""
    try:
        with open(path, encoding="utf-8") as file:
            said = json.load(file)["submission"]["student"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return said if isinstance(said, str) else None
