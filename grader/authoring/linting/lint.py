"""lint(bytes) -> findings: what an author should know before a class sees an exercise.

A new finding is one row and its function, side by side in one of the files beside this one.
"""

from grader.authoring.linting import any_order, fairness, sliders, solvability, spoilers
from grader.authoring.linting.subject import (
    ERROR,
    INFORMATION,
    WARNING,
    LintFinding,
    LintRow,
    subject,
)
from grader.errors import SpecError
from grader.specs.exercise import read_exercise
from grader.specs.tree import Mapping, Node, parse
from grader.text.unicode import as_utf8

# What the reader of specs finds, which then knows no more of the exercise.
_OF_THE_READER = (
    LintRow("spec", ERROR, "", "the file is not an exercise spec"),
    LintRow("gap", ERROR, "target", "a stretch of the domain belongs to no segment"),
    LintRow("overlap", ERROR, "target", "a stretch of the domain belongs to two segments"),
    LintRow("jump", ERROR, "target", "the target is not continuous"),
    LintRow("domain-mismatch", ERROR, "target", "domain and target cover different intervals"),
    LintRow("breakpoints-close", ERROR, "target", "one knot could count for two breakpoints"),
    LintRow("blank-passes", ERROR, "network", "every parameter 0 already passes every check"),
    LintRow(
        "unknown-diagnosis", ERROR, "feedback.messages", "a message for a code that does not exist"
    ),
)
ROWS = (
    *_OF_THE_READER,
    *solvability.ROWS,
    *fairness.ROWS,
    *sliders.ROWS,
    *spoilers.ROWS,
    *any_order.ROWS,
)
LEVELS = {row.code: row.level for row in ROWS}


def lint(data: bytes, source: str, stem: str | None = None) -> tuple[LintFinding, ...]:
    """Return what there is to say about a spec, errors first, then in the order of the file.

    `source` is the file's name, `stem` that name without its ending, as the id must be.
    """
    try:
        tree = parse(data, source)
        # Of variants the first is looked at here; that the others are like it is another question.
        exercise = read_exercise(data, source, stem)._replace(variant=None)
    except SpecError as error:
        return tuple(
            LintFinding(p.line, p.key, p.code, LEVELS[p.code], p.message) for p in error.problems
        )
    known = subject(exercise, as_utf8(data).decode("utf-8", "replace"))
    found = [
        LintFinding(line_of(tree, row.key), row.key, row.code, row.level, message)
        for row in ROWS
        if row.find is not None
        for message in row.find(known)
    ]
    levels = (ERROR, WARNING, INFORMATION)
    return tuple(sorted(found, key=lambda one: (levels.index(one.level), one.line)))


def line_of(tree: Node, key: str) -> int:
    """Return the line of a key such as tolerance.slope, or of the nearest key above it."""
    line = 1
    for name in key.split("."):
        entries = tree.entries if isinstance(tree, Mapping) else ()
        entry = next((entry for entry in entries if entry.key == name), None)
        if entry is None:
            return line
        line, tree = entry.line, entry.value
    return line
