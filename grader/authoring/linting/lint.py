"""lint(bytes) -> findings: what an author should know before a class sees an exercise.

A finding is a row of ROWS: a code, a level, the key that it points at, and one function from what
is known of the exercise to messages. A new finding is one row and its function. Rows without a
function are found by the reader of specs, which then knows no more of the exercise.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from grader.authoring.linting import answers as lint_answers
from grader.authoring.linting import fairness as lint_fairness
from grader.authoring.linting import sliders as lint_sliders
from grader.authoring.linting import text as lint_text
from grader.authoring.linting.subject import ERROR, INFORMATION, WARNING, Finding, Subject, subject
from grader.errors import SpecError
from grader.specs.exercise import read_exercise
from grader.specs.tree import Mapping, Node, parse


class Row(NamedTuple):
    """One kind of finding; `meaning` is what docs/authors.md lists."""

    code: str
    level: str
    key: str
    meaning: str
    find: Callable[[Subject], Iterable[str]] | None = None


ROWS = (
    Row("spec", ERROR, "", "the file is not an exercise spec"),
    Row("gap", ERROR, "target", "a stretch of the domain belongs to no segment"),
    Row("overlap", ERROR, "target", "a stretch of the domain belongs to two segments"),
    Row("jump", ERROR, "target", "the target is not continuous"),
    Row("domain-mismatch", ERROR, "target", "domain and target cover different intervals"),
    Row("breakpoints-close", ERROR, "target", "one knot could count for two breakpoints"),
    Row("blank-passes", ERROR, "network", "every parameter 0 already passes every check"),
    Row(
        "unknown-diagnosis", ERROR, "feedback.messages", "a message for a code that does not exist"
    ),
    Row(
        "unsolvable",
        ERROR,
        "target",
        "no network of this shape equals the target, with the proof",
        lint_answers.unsolvable,
    ),
    Row(
        "unreachable-points",
        ERROR,
        "target",
        "the best network that was found does not get full marks",
        lint_answers.unreachable_points,
    ),
    Row(
        "out-of-range",
        ERROR,
        "target",
        "every right answer has a parameter over 1e9, which no submission may have",
        lint_answers.out_of_range,
    ),
    Row(
        "no-decimal",
        ERROR,
        "tolerance",
        "no right answer can be written as decimals, and the tolerances leave no room for that",
        lint_answers.no_decimal,
    ),
    Row(
        "undecided",
        WARNING,
        "network.units",
        "whether there is a right answer was not decided",
        lint_answers.undecided,
    ),
    Row(
        "not-searched",
        INFORMATION,
        "network.units",
        "there may be more right answers than those that were found",
        lint_answers.not_searched,
    ),
    Row(
        "right-answers",
        INFORMATION,
        "network.units",
        "how many right answers there are",
        lint_answers.right_answers,
    ),
    Row(
        "blank-credit",
        WARNING,
        "network.units",
        "a check is almost right before the student begins",
        lint_fairness.blank_credit,
    ),
    Row(
        "right-before",
        INFORMATION,
        "network.units",
        "a check is right before the student begins, so it earns nothing",
        lint_fairness.right_before,
    ),
    Row(
        "small-slope-change",
        WARNING,
        "tolerance.slope",
        "a slope change within the tolerance, so that doing nothing there is right",
        lint_fairness.small_slope_change,
    ),
    Row(
        "mistake-full-marks",
        WARNING,
        "tolerance",
        "a known mistake gets full marks at these tolerances",
        lint_fairness.mistake_full_marks,
    ),
    Row(
        "mistake-is-right",
        INFORMATION,
        "target",
        "a known mistake happens to give the right answer",
        lint_fairness.mistake_is_right,
    ),
    Row(
        "mistakes-coincide",
        INFORMATION,
        "target",
        "two known mistakes give the same wrong answer, so feedback names both",
        lint_fairness.mistakes_coincide,
    ),
    Row(
        "copied-lines",
        INFORMATION,
        "target",
        "what copying every segment's own equation into its unit earns",
        lint_fairness.copied_lines_earn,
    ),
    Row(
        "sliders-miss",
        ERROR,
        "sliders",
        "no slider setting gets full marks",
        lint_sliders.miss,
    ),
    Row(
        "beyond-ends",
        WARNING,
        "sliders",
        "a right answer lies beyond the ends of the sliders",
        lint_sliders.beyond_ends,
    ),
    Row(
        "off-grid",
        WARNING,
        "sliders.step",
        "a right answer lies between two steps of a slider",
        lint_sliders.off_grid,
    ),
    Row(
        "slider-count",
        INFORMATION,
        "sliders",
        "how many slider settings get full marks",
        lint_sliders.count,
    ),
    Row(
        "tolerance-over-gap",
        WARNING,
        "tolerance.value",
        "a wrong slider setting is within tolerance.value everywhere",
        lint_sliders.tolerance_over_gap,
    ),
    Row(
        "slider-gap",
        INFORMATION,
        "sliders",
        "how near the nearest wrong slider setting comes",
        lint_sliders.gap,
    ),
    Row(
        "answer-in-text",
        WARNING,
        "description",
        "title, description or a message gives a right value away",
        lint_text.answer_in_text,
    ),
)

LEVELS = {row.code: row.level for row in ROWS}


def lint(data: bytes, source: str, stem: str | None = None) -> tuple[Finding, ...]:
    """Return what there is to say about a spec, errors first, then in the order of the file.

    `source` is the file's name, `stem` that name without its ending, as the id has to be.
    """
    try:
        tree = parse(data, source)
        exercise = read_exercise(data, source, stem)
    except SpecError as error:
        return tuple(
            Finding(p.line, p.key, p.code, LEVELS[p.code], p.message) for p in error.problems
        )
    known = subject(exercise)
    found = [
        Finding(line_of(tree, row.key), row.key, row.code, row.level, message)
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
