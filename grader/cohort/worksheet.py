"""Moodle's offline grading worksheet by its shape, since its headers are translated.

Source: moodle/moodle, mod/assign/feedback/offline/locallib.php and gradingtable.php.
"""

from grader.cohort.cells import Sheet
from grader.cohort.scores import number

# What Moodle's column "Grade can be changed" says where it cannot.
_LOCKED = frozenset(
    (
        *("no", "nein", "non", "não", "nee", "nie", "ne", "nej", "nei", "ei", "не", "нет", "ні"),
        *("nem", "nu", "hay\u0131r", "όχι", "いいえ", "否", "아니요", "tidak", "không"),
    )
)


def full_marks(table: Sheet) -> int | None:
    """Return the column of full marks: a number in every row, after one of numbers or nothing.

    Grades that are all there look like full marks after an empty column; so the last
    of neighbours is it.
    """
    rows = range(1, len(table.rows))
    fits = [
        column > 1
        and all(number(table.value(row, column)) for row in rows)
        and all(_is_empty_or_number(table.value(row, column - 1)) for row in rows)
        for column in range(len(table.header))
    ]
    if True not in fits:
        return None
    column = fits.index(True)
    while fits[column + 1 : column + 2] == [True]:
        column += 1
    return column


def lock_of(table: Sheet, row: int, full: int) -> str:
    """Say why Moodle would skip the row; a workflow's state may stand before that column."""
    after = (table.value(row, column).casefold() for column in (full + 1, full + 2))
    return "its grade cannot be changed" if _LOCKED.intersection(after) else ""


def feedback_of(table: Sheet, full: int) -> int | None:
    """Return the column of comments: after two titles alike up to a bracket, the last changes."""
    starts = [title.partition("(")[0] for title in table.header]
    dated = [
        column
        for column in range(full + 1, len(starts))
        if "(" in table.header[column] and starts.count(starts[column]) == 2
    ]
    after = dated[-1] + 1 if dated else len(starts)
    return after if after < len(starts) else None


def _is_empty_or_number(text: str) -> bool:
    return text in {"", "-"} or number(text) is not None
