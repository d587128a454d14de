"""Reports of every kind, for the tests of what people read."""

from fractions import Fraction

from grader import Exercise, grade, load_exercise
from grader.exact.network import UnitSpec
from grader.exact.piecewise import lines_through
from grader.exercise.build import build
from grader.exercise.checks import Rules, Tolerance
from grader.grading import failed, invalid
from grader.report import Change, Changes, Diagnosis, Failure, Report
from grader.submission.origin import Origin

NASTY = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</title></style></svg><b>bold</b>",
    '" onload="alert(1)" x="',
    "]]><!-- --> &amp; &lt;b&gt; &#60;",
    "\x1b[31mred\x07 \x00 \r\n\t",
    "\u202egnp.exe \u2066\u200f\u0627\u0644\u0639 \u05e9\u05dc\u05d5\u05dd",
    "\ud800 half",
    "a" + "\u0301" * 50,
    "@someone #12 GH-3 https://example.org www.example.org me@example.org :+1: $x$",
    "[a](https://example.org) ![b](c.png) `code` **bold** | x | <b>b</b> ~~s~~",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "x" * 10_000,
    "```\nfence\n```",
    "&lt;script&gt; \\<b>",
)


def lab() -> Exercise:
    return load_exercise("relu-three-segments")


def report(*values: float, reveal: str | None = None, exercise: Exercise | None = None) -> Report:
    """Return the report on w1, b1, w2, b2 in the lab."""
    exercise = exercise or lab()
    found = grade(exercise, dict(zip(exercise.free, values, strict=True)), reveal=reveal)
    return found._replace(origin=Origin("submission.json", "ada", "0" * 64))


def diagnosed() -> Report:
    """Return a report with two diagnoses, one of them about all units, and changes."""
    return report(1, -1, 3, -6)._replace(
        diagnoses=(
            Diagnosis(
                2,
                "absolute-slope",
                "Unit 2 turns at x = 2, the right place.\nBut it changes the slope by 3.",
                ("slope-change-off",),
            ),
            Diagnosis(None, "units-permuted", "Your units do each other's work."),
        ),
        since=Changes(
            Fraction(50),
            Fraction(175, 3),
            (Change("segment-2", "Segment 2", wholly=True),),
            (Change("breakpoint-2", "Breakpoint 2", wholly=False),),
        ),
    )


def refused(exercise: Exercise | None, *, by_grader: bool = False) -> Report:
    """Return a report without a network."""
    origin = Origin("submission.json")
    if by_grader:
        return failed(exercise, origin, Failure("grader-fault", "Try again later."))
    return invalid(exercise, origin, Failure("missing-parameter", "b2 is missing", "b2"))


def hostile(text: str) -> Report:
    """Return a report in which everything that can come from outside is this text."""
    exercise = lab()._replace(title=text, description=text)
    return report(1, -1, 3, -6, exercise=exercise)._replace(
        origin=Origin(text, text, "0" * 64), diagnoses=(Diagnosis(1, "knot-off", text),)
    )


def hostile_error(text: str) -> Report:
    return refused(lab())._replace(error=Failure("missing-parameter", text, text))


def crowd(size: int) -> Report:
    """Return a report on an exercise with so many segments and units."""
    zigzag = [(Fraction(i), Fraction(i * 7919 % 101)) for i in range(size + 1)]
    slack = Fraction(1, 20)
    exercise = build(
        id="crowd",
        title="crowd",
        segments=lines_through(zigzag),
        units=[UnitSpec(None, None)] * size,
        rules=Rules(Tolerance(slack, slack, slack)),
    )
    weights = [(index * 31) % 17 - 8 for index in range(size)]
    values = {f"w{k}": w for k, w in enumerate(weights)}
    values |= {f"b{k}": -k * w for k, w in enumerate(weights)}
    return grade(exercise, values)


def all_reports() -> dict[str, Report]:
    """Return one report of every kind by a name that can be a file's."""
    answers = lab()._replace(reveal="answers")
    return {
        "perfect": report(1, -1, 2, -4),
        "permuted": report(2, -4, 1, -1),
        "blank": report(0, 0, 0, 0),
        "near": report(1, -1.1, 2, -4),
        "diagnosed": diagnosed(),
        "verdict": report(1, -1, 2, -2, reveal="verdict"),
        "answers": report(1, -1, 2, -2, exercise=answers),
        "huge": report(1e9, -1, 1e-9, -1e9),
        "low": report(-1e9, 1e9, -1e9, -1e9),
        "tiny": report(1e-9, 1e-9, 1e-9, -1e-9),
        "invalid": refused(lab()),
        "failed": refused(lab(), by_grader=True),
        "unknown": refused(None),
    }
