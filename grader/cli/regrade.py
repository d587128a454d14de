"""grader regrade OUT/ --exercise NEW.yaml: what another version of the exercise would change."""

import argparse
import os
from collections.abc import Iterable, Sequence

from grader.cohort.regrading.changes import Regrading
from grader.cohort.regrading.table_runs import TableBook
from grader.console.class_checks import deadline_of
from grader.console.class_options import ClassOptions, add_file_options, class_options_of
from grader.console.classes import guarded, wanted_of
from grader.console.lookup import exercise_or_none
from grader.console.usage import parse, parser_of
from grader.desk.files import complain, deliver, to_file, to_standard_output
from grader.text.inert import inert

MEANING = "say what another version of an exercise would change for a class"
_DESCRIPTION = (
    "Grade a class again by a changed exercise, from what its run kept, and say whose score "
    "rises or falls, by how much and through which check."
)

_FORMS = ("text", "csv", "json", "html")
_EPILOG = """\
examples:
  grader regrade OUT/ --exercise new/hat.yaml
  grader regrade OUT/ --exercise new/hat.yaml -o regraded.html
  grader regrade OUT/ --exercise new/hat.yaml --apply --into canvas.csv
  grader regrade OUT/ --with OTHER/

Without --apply no result changes; with it, the earlier rows stay in the journal.

exit status: 0 compared, 2 wrong usage, or results that cannot be compared
"""


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_of(
        "regrade",
        _DESCRIPTION,
        _EPILOG,
    )
    parser.add_argument("folder", metavar="OUT/", help="output folder of a class run")
    by = parser.add_mutually_exclusive_group(required=True)
    by.add_argument("-e", "--exercise", metavar="NEW.yaml", help="the changed exercise")
    by.add_argument("--with", dest="other", metavar="OTHER/", help="another run of the same class")
    parser.add_argument("-f", "--format", choices=_FORMS, help="default: by the ending of -o, text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write the comparison to this file")
    parser.add_argument("--apply", action="store_true", help="let the new scores count")
    add_file_options(parser.add_argument_group("with --apply, as in the first run"))
    given = parse(parser, arguments, glued=False)
    if given.apply and given.other:
        complain(
            "--apply is for --exercise; to let another run's scores count use what that run wrote"
        )
        return 2
    asked = class_options_of(given)
    return guarded(lambda: _regraded(given, asked), given.folder)


def _regraded(given: argparse.Namespace, asked: ClassOptions) -> int:
    from grader.cohort.marking import Criteria, spec_of
    from grader.cohort.regrading.applying import apply, compare, compare_runs

    if given.other:
        from grader.cohort.regrading.table_runs import table_books

        books = table_books(given.folder, given.other)
        if books is not None:
            return _of_tables(given, *books)
        return _delivered(given, compare_runs(given.folder, given.other), ())
    exercise = exercise_or_none(given.exercise)
    if exercise is None:
        return 2
    spec = spec_of(given.exercise, exercise)
    if not given.apply:
        note = "nothing is written; to let the new scores count add --apply"
        return _delivered(given, compare(given.folder, exercise, spec), (note,))
    folder = given.folder.rstrip(os.sep) or os.sep
    wanted = wanted_of(folder, Criteria(given.exercise), asked, deadline_of(asked))
    done = apply(wanted, exercise, spec)
    files = ", ".join(inert(os.path.join(folder, name), 200) for name in done.outcome.files)
    notes = (
        *done.notes,
        *(f"--into: {line}" for line in done.outcome.remarks),
        f"Written: {files}",
    )
    return _delivered(given, done.changes, () if asked.quiet else notes)


def _of_tables(given: argparse.Namespace, before: TableBook, after: TableBook) -> int:
    """Compare two runs of a table, without its rows in memory."""
    from grader.cohort.regrading import renderings
    from grader.cohort.regrading.changes import unchanged
    from grader.cohort.regrading.table_runs import row_changes, summary

    form = given.format or _form_of(given.output)
    if form not in ("text", "csv"):
        complain(f"a table's runs are compared as text or csv, not as {form}; use -o FILE.csv")
        return 2
    rows = row_changes(before, after)
    texts: Iterable[str] = (
        renderings.rows_of_table(list(unchanged(before.exercise, after.exercise)), rows)
        if form == "csv"
        else [renderings.of_table(summary(before, after, rows))]
    )
    written = to_file(texts, given.output) if given.output else to_standard_output(texts)
    return 0 if written else 2


def _delivered(given: argparse.Namespace, changes: Regrading, notes: Sequence[str]) -> int:
    """Write the comparison; what was done goes to standard error, beside it."""
    from grader.cohort.regrading import renderings

    form = given.format or _form_of(given.output)
    write = {
        "text": renderings.as_text,
        "csv": renderings.as_csv,
        "json": renderings.as_json,
        "html": renderings.as_page,
    }[form]
    text = write(changes)
    written = deliver(text, given.output)
    if notes:
        complain("\n".join(notes))
    return 0 if written else 2


def _form_of(output: str | None) -> str:
    _, ending = os.path.splitext((output or "").lower())
    return {".csv": "csv", ".json": "json", ".html": "html", ".htm": "html"}.get(ending, "text")
