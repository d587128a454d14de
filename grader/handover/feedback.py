"""What every course platform tells a student, whatever its format: lines with points, plain text.

Platforms cut, drop or choke on what is too long, so everything is cut here, with a note.
"""

from collections.abc import Iterable
from fractions import Fraction
from html import escape
from math import inf, nextafter
from typing import NamedTuple

from grader.exact.network import ZERO
from grader.exact.rational import to_double
from grader.handover.apportion import whole, whole_within
from grader.report import Report
from grader.reports import Layout, markdown
from grader.reports.terminal import render
from grader.text.inert import inert
from grader.words.wording import name, points_of
from grader.words.wording import points as in_words

# Coursera trims feedback at 64 KB, CodeGrade and SQS at 250 kB; PrairieLearn refuses a results file
# of more than 1 MiB. What goes in twice, or escaped, must fit as well.
MAX_TEXT = 60_000
MAX_ITEMS = 200
MAX_MESSAGE = 2_000
MAX_ASIDE = 10_000
_CUT = "\n[cut: the feedback is longer than fits here]"


class Item(NamedTuple):
    """One line of a platform's table. `earned` is below 0 where something right was disturbed."""

    id: str
    name: str
    earned: Fraction
    worth: Fraction
    right: bool
    message: str

    def points_in_words(self) -> str:
        """Return the points as a student reads them."""
        if self.worth:
            return f"{points_of(self.earned, self.worth)} of {in_words(self.worth)} points"
        return (
            f"{in_words(-self.earned)} points taken off" if self.earned else "right from the start"
        )

    def wanted(self) -> str:
        """Return the points that could have been, in the same words."""
        return self._replace(earned=self.worth).points_in_words()


def items(report: Report, points: Fraction | None = None, *, spread: bool = False) -> list[Item]:
    """Return the lines that add up to the report's score, scaled to `points` as full marks.

    With `spread`, for platforms that have no points below 0, what a disturbed segment takes off is
    taken from all lines that earned something. A submission that cannot be graded becomes one line
    that earns 0.
    """
    full = full_marks(report, points)
    if report.error or report.score is None or not report.max_score:
        message = report.error.message if report.error else "The grader failed."
        return [Item("submission", "Submission", ZERO, full, right=False, message=cut(message))]
    scale = full / report.max_score
    goals = sum((c.points for c in report.checks if c.role == "goal"), ZERO)
    kept = report.score / goals if spread and goals else Fraction(1)
    lines = [
        Item(
            check.id,
            name(check),
            ZERO if spread and check.role == "guard" else check.points * scale * kept,
            check.max_points * scale,
            right=check.credit == 1,
            message=cut(check.message, MAX_MESSAGE),
        )
        for check in report.checks
    ]
    return _within_budget(_folded(lines))


def whole_items(report: Report, points: Fraction | None = None) -> list[Item]:
    """Return the lines in whole points, none below 0, out of 100 if full marks are not whole.

    The sum is rounded down, so that nothing becomes full marks by rounding, and given out by
    largest remainder.
    """
    full = full_marks(report, points)
    lines = items(report, full if full.denominator == 1 else Fraction(100), spread=True)
    limits = whole([line.worth for line in lines], int(sum((each.worth for each in lines), ZERO)))
    scores = whole_within([line.earned for line in lines], limits)
    return [
        line._replace(earned=Fraction(score), worth=Fraction(limit))
        for line, score, limit in zip(lines, scores, limits, strict=True)
    ]


def _folded(lines: list[Item]) -> list[Item]:
    """Return at most MAX_ITEMS lines: first those that lost something; the rest become one."""
    if len(lines) <= MAX_ITEMS:
        return lines
    order = sorted(range(len(lines)), key=lambda k: lines[k].right)
    shown = set(order[: MAX_ITEMS - 1])
    rest = [line for k, line in enumerate(lines) if k not in shown]
    folded = Item(
        "other-checks",
        "Other checks",
        sum((line.earned for line in rest), ZERO),
        sum((line.worth for line in rest), ZERO),
        right=all(line.right for line in rest),
        message=f"{len(rest):,} more checks; they do not fit here.",
    )
    return [line for k, line in enumerate(lines) if k in shown] + [folded]


def _within_budget(lines: list[Item]) -> list[Item]:
    room = MAX_TEXT
    kept = []
    for line in lines:
        room -= len(line.message.encode())
        kept.append(line if room >= 0 else line._replace(message="[cut]"))
    return kept


def full_marks(report: Report, points: Fraction | None = None) -> Fraction:
    """Return what full marks are: as set, else the exercise's points, else 100."""
    if points is not None:
        return points
    return report.max_score or Fraction(100)


def scaled(report: Report, points: Fraction | None = None) -> Fraction:
    """Return the score where full marks are `points`, exactly.

    Raises: ValueError for a report without a score, which must not become a number anywhere.
    """
    if report.score is None:
        raise ValueError("a grader that failed has no score to show")
    if not report.max_score:
        return report.score
    return report.score * full_marks(report, points) / report.max_score


def share(report: Report) -> float:
    """Return score / full marks as a double from 0 to 1, which is 1 for full marks alone."""
    exact = scaled(report, Fraction(1))
    return earned_of(exact, Fraction(1))


def earned_of(earned: Fraction, full: Fraction) -> float:
    """Return the nearest double, which equals that of full marks for full marks alone."""
    nearest, most = double(earned), double(full)
    return min(nearest, nextafter(most, -inf)) if earned < full else nearest


def double(number: Fraction) -> float:
    """Return the nearest double; points are far from the largest one."""
    nearest = to_double(number)
    if nearest is None:
        raise OverflowError("points are at most 1e9")
    return nearest


def is_full(report: Report) -> bool:
    """Tell whether the score is exactly full marks."""
    return report.status == "graded" and report.score == report.max_score


def text(report: Report, aside: str = "") -> str:
    """Return the report as plain text of 80 columns, cut to what platforms take."""
    return cut(f"{render(report, Layout())}\n{aside}".rstrip("\n"))


def as_markdown(report: Report, aside: str) -> str:
    """Return the report as Markdown, and what was printed as code, in which nothing is markup."""
    code = "".join(f"    {line}\n" for line in cut(aside, MAX_ASIDE).splitlines())
    below = f"\n### What your code printed\n\n{code}" if code else ""
    return markdown.render(report) + below


def picture(report: Report) -> str:
    """Return the pictures as a data URL."""
    from base64 import b64encode

    from grader.pictures.sheet import sheet

    return f"data:image/svg+xml;base64,{b64encode(sheet(report).encode()).decode()}"


def cut(words: str, limit: int = MAX_TEXT) -> str:
    """Return printable lines of at most `limit` bytes of UTF-8, with a note where they were cut."""
    lines = "\n".join(inert(line, 2 * limit) for line in words.splitlines())
    data = lines.encode("utf-8", "replace")
    if len(data) <= limit:
        return data.decode()
    return data[: limit - len(_CUT)].decode("utf-8", "ignore") + _CUT


def ascii_markup(words: str, limit: int = MAX_TEXT) -> str:
    """Return the words as HTML and XML text in ASCII, of at most `limit` bytes when escaped."""
    room = limit
    while True:
        markup = escape(cut(words, room)).encode("ascii", "xmlcharrefreplace").decode()
        if len(markup) <= limit:
            return markup
        room = room * limit // len(markup)


def codes(report: Report) -> Iterable[str]:
    """Return the names of the mistakes that were found, in order, each once."""
    return dict.fromkeys(diagnosis.code for diagnosis in report.diagnoses)
