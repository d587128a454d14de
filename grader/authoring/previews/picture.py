"""Pictures of a task as SVG: the target before there is a network, and how credit fades."""

from grader.authoring.solving.solution_text import exact
from grader.exercise.record import Exercise
from grader.pictures.sheet import sheet
from grader.report import Report
from grader.submission.origin import Origin


def target_svg(exercise: Exercise) -> str:
    """Return one SVG that stands alone or inside a page."""
    return sheet(Report("graded", None, exercise, Origin()))


def fading_svg(exercise: Exercise) -> str:
    """Return a small picture of a segment's credit over its error; "" where it does not fade."""
    allowed, times = exercise.rules.tolerance.value, exercise.rules.fade.value
    if not allowed or times == 1:
        return ""
    gone = exact(allowed * times)
    bend = 40 + 240 / float(times)
    said = f"all points up to an error of {exact(allowed)}, then a straight line to 0 at {gone}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 360 110" '
        'style="max-width:24rem" fill="currentColor" font-size="11" font-family="sans-serif">'
        f"<title>How credit fades</title><desc>{said}</desc>"
        '<path d="M40 10V80H330" fill="none" stroke="currentColor"/>'
        f'<path d="M40 20H{bend:.1f}L280 80H330" fill="none" stroke="currentColor" '
        'stroke-width="3"/>'
        '<text x="34" y="24" text-anchor="end">all</text>'
        '<text x="34" y="84" text-anchor="end">0</text>'
        f'<text x="{bend:.1f}" y="95" text-anchor="middle">{exact(allowed)}</text>'
        f'<text x="280" y="95" text-anchor="middle">{gone}</text>'
        '<text x="160" y="108" text-anchor="middle">largest error of a segment</text></svg>'
    )
