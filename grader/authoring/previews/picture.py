"""The target alone as an SVG picture: what a student sees before there is a network."""

from grader.exercise.record import Exercise
from grader.pictures.sheet import sheet
from grader.report import Report
from grader.submission.record import Origin


def target_svg(exercise: Exercise) -> str:
    """Return one SVG that stands alone or inside a page."""
    return sheet(Report("graded", None, exercise, Origin()))
