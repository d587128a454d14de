"""The report that a student reads first: score, a line for each check, what to look at next."""

from fractions import Fraction

from grader.report import Changes, CheckResult, Failure, Report
from grader.reports import Layout
from grader.text.codes import ERRORS
from grader.text.inert import shortened
from grader.words.standing import diagnosis_text, perfect, state, worst
from grader.words.wording import (
    how_far_off,
    hundredths,
    hundredths_of,
    name,
    number,
    points,
    points_of,
)

_WIDEST, _NARROWEST = 100, 30
_SIDE_BY_SIDE = 72  # below this width the finding goes under the check's name
_LONG = 20  # above this many checks the score has left the screen when the text ends
_SHOWN_AT_MOST = 3
_MARKS = {"right": "ok", "partly": "~", "wrong": "x", "kept": "ok", "lost": "!"}
_COLOURS = {"right": "32", "kept": "32", "partly": "33", "wrong": "31", "lost": "31"}
_BOLD = "1"
_VERDICTS = {
    "right": "right",
    "partly": "partly right",
    "wrong": "not right yet",
    "kept": "still right",
    "lost": "was right before you began",
}


def render(report: Report, layout: Layout) -> str:
    """Return plain text, coloured if the layout allows it; no meaning depends on colour."""
    width = max(_NARROWEST, min(layout.width, _WIDEST))
    score = _score(report)
    lines = [_coloured(score, _BOLD, layout), *_origin(report, width), ""]
    if report.error:
        lines += _error(report.error, report.status, width)
    else:
        lines += [*_checks(report, width, layout), "", *_next(report, width, layout)]
        if len(report.checks) > _LONG:
            lines += ["", score]
    if report.since:
        lines += ["", *_since(report.since, width)]
    return "\n".join(lines) + "\n"


def _score(report: Report) -> str:
    """Return the score, and how many points were lost."""
    if report.score is None:
        return "No score"
    if report.max_score is None:
        return f"Score {points(report.score)}"
    text = f"Score {points_of(report.score, report.max_score)} of {points(report.max_score)}"
    lost = report.max_score - report.score
    return f"{text}  ({points(-lost)})" if lost and not report.error else text


def _origin(report: Report, width: int) -> list[str]:
    """Return what was graded: the exercise's title, the file and its student, how it was read."""
    source = shortened(report.origin.source, 60)
    if source.startswith(("Score", "No score")):  # a name must not look like a report's line
        source = f"file {source}"
    if report.origin.student:
        source += f", {shortened(report.origin.student, 60)}"
    title = _hanging(shortened(report.measured_by, 400), width) if report.measured_by else []
    notes = [line for note in report.notes for line in _fill(note, width, "  ")]
    return [*title, *([] if source == "-" else _hanging(source, width)), *notes]


def _error(error: Failure, status: str, width: int) -> list[str]:
    where = shortened(error.where, 60) if error.where else ""
    place = f", {where}" if where and where not in error.message else ""
    failed = status == "failed"
    lead = "Nothing is counted against you" if failed else "This could not be graded"
    lines = _hanging(f"{lead}: {ERRORS[error.code]} ({error.code}{place}).", width)
    for paragraph in error.message.splitlines():
        lines += _fill(paragraph, width, "  ")
    return lines


def _checks(report: Report, width: int, layout: Layout) -> list[str]:
    """Return a row for each check: mark, name, points earned and lost, and the finding.

    The columns are as wide as their widest entry; a finding that is too long goes on below itself.
    """
    rows = [
        (_mark(check, report, layout), name(check), _earned(check), _lost(check))
        for check in report.checks
    ]
    names, earned, lost = (max(len(row[column]) for row in rows) for column in (1, 2, 3))
    if lost:
        earned, lost = max(earned, len("points")), max(lost, len("lost"))
    taken = names + earned + lost + 7
    lines = (
        [f"{'points':>{names + earned + 5}}  {'lost':>{lost}}"] if lost and taken <= width else []
    )
    for check, (mark, title, gain, loss) in zip(report.checks, rows, strict=True):
        left = f"{mark} {title:<{names}}  {gain:>{earned}}  {loss:>{lost}}"
        finding = _finding(check, report)
        if width >= _SIDE_BY_SIDE:
            indent = " " * (taken + (2 if lost else 0))
            first, *more = _fill(finding, width, indent)
            lines += [left + first[taken:], *more]
        elif taken <= width:
            lines += [left.rstrip(), *_fill(finding, width, "   ")]
        else:
            below = f"{gain} {loss}".rstrip()
            lines += [f"{mark} {title}", f"   {below}", *_fill(finding, width, "   ")]
    return lines


def _mark(check: CheckResult, report: Report, layout: Layout) -> str:
    how = state(check, report.reveal)
    return _coloured(f"{_MARKS[how]:<2}", _COLOURS[how], layout)


def _earned(check: CheckResult) -> str:
    """Return the points earned for a goal, and out of how many; a guard has none to earn."""
    if check.role == "guard":
        return "given"
    return f"{points_of(check.points, check.max_points)}/{points(check.max_points)}"


def _lost(check: CheckResult) -> str:
    """Return what was lost: with what is shown as earned it adds up, and it is 0 only if exact."""
    lost = check.max_points - check.points
    if not lost:
        return ""
    shown = Fraction(
        hundredths(check.max_points) - hundredths_of(check.points, check.max_points), 100
    )
    return points(-shown or -lost)


def _finding(check: CheckResult, report: Report) -> str:
    """Return what was expected and found, and where it is worst; or only the verdict."""
    if check.misfit is not None and report.reveal != "verdict":
        x, target, own, error = check.misfit
        if not error:
            return "exact"
        finding = f"x = {number(x)}: expected {number(target)}, found {number(own, target)}"
        return "; ".join(filter(None, [finding, _far(check, report)]))
    expected, found, far = check.expected, check.found, _far(check, report)
    if expected is None or found is None:
        return _VERDICTS[state(check, report.reveal)]
    place = f"x = {number(check.left)}"
    if expected == found:
        return f"{place}: slope change {number(found)}"
    if far:
        return f"{place}: expected slope change {number(expected)}; {far}"
    finding = f"{place}: expected slope change {number(expected)}, found {number(found, expected)}"
    return finding + ("; one unit has it right" if check.basis == "own-unit" else "")


def _far(check: CheckResult, report: Report) -> str:
    """Return how far off is allowed, where credit fades."""
    return how_far_off(check, report.exercise.rules.tolerance) if report.exercise else ""


def _next(report: Report, width: int, layout: Layout) -> list[str]:
    """Return what to look at next: the likely mistakes, or the first thing that costs points."""
    if perfect(report.checks):
        praise = "Everything is right, on the whole interval."
        below = (
            line for found in report.diagnoses for line in _fill(diagnosis_text(found), width, "  ")
        )
        return [*_fill(praise, width), *below]
    shown = report.diagnoses[:_SHOWN_AT_MOST]
    messages = [diagnosis_text(found) for found in shown] or [worst(report.checks).message]
    lines = [_coloured("Look at this next:", _BOLD, layout)]
    bullet = "- " if len(messages) > 1 else ""
    for message in messages:
        lines += _fill(message, width, "  ", bullet)
    more = len(report.diagnoses) - _SHOWN_AT_MOST
    if more > 0:
        lines += _fill(f"and {more} more after these", width, "  ")
    if shown:
        lines += ["", *_fill(f"An example of this: grader explain {shown[0].code}", width)]
    return lines


def _since(changes: Changes, width: int) -> list[str]:
    from grader.since import summary

    return [
        "Since last time:",
        *(line for text in summary(changes) for line in _fill(text, width, "  ")),
    ]


def _coloured(text: str, colour: str, layout: Layout) -> str:
    return f"\x1b[{colour}m{text}\x1b[0m" if layout.colour else text


def _hanging(text: str, width: int) -> list[str]:
    """Return the text as lines, all but the first indented: none looks like the report's own."""
    lines = _fill(text, width)
    return lines[:1] + _fill(" ".join(lines[1:]), width, "  ")


def _fill(text: str, width: int, indent: str = "", bullet: str = "") -> list[str]:
    """Return the text as lines; only a word that is longer than a line is broken.

    Not by textwrap, whose regular expressions take a fiftieth of the time of a whole command.
    """
    room = width - len(indent + bullet)
    lines: list[str] = []
    for word in text.replace("x = ", "x\0=\0").split():  # where something is, stays together
        for piece in (word[start : start + room] for start in range(0, len(word), room)):
            if lines and len(lines[-1]) + 1 + len(piece) <= room:
                lines[-1] += " " + piece
            else:
                lines.append(piece)
    left = indent + " " * len(bullet)
    heads = (left if number else indent + bullet for number in range(len(lines)))
    return [head + line.replace("\0", " ") for head, line in zip(heads, lines, strict=True)]
