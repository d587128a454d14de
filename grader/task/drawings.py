"""A task's pictures as SVG: the target before there is a network, and how credit fades."""

from base64 import b64encode

from grader.exercise.record import Exercise
from grader.pictures.overview import NARROW, WIDE, overview
from grader.pictures.sheet import sheet
from grader.report import Report
from grader.submission.origin import Origin
from grader.words.literal import exact
from grader.words.shapes import title


def _blank(exercise: Exercise) -> Report:
    """Return a report that has nothing but the exercise."""
    return Report("graded", None, exercise, Origin())


def target_svg(exercise: Exercise, width: float = WIDE) -> str:
    """Return one SVG that stands alone, its style in it."""
    return sheet(_blank(exercise), width)


def target_inside(exercise: Exercise) -> tuple[str, str]:
    """Return the SVGs, for wide boxes and for narrow ones, of a page with the pictures' style."""
    blank = _blank(exercise)
    return overview(blank, None)[0], overview(blank, None, NARROW)[0]


def target_image(exercise: Exercise, *, styled: bool = True) -> str:
    """Return an <img> that carries its own data, for pages where an SVG element may be refused.

    It is as wide as a telephone, for nobody knows the room that it gets. Without `styled` its
    page's style sheet makes it fit; a strict policy allows no style attribute.
    """
    data = b64encode(target_svg(exercise, NARROW).encode()).decode()
    named = f'alt="{title(_blank(exercise), None)}" src="data:image/svg+xml;base64,{data}"'
    fitted = 'style="max-width: 100%; height: auto" ' if styled else ""
    return f"<img {named} {fitted}/>"


def fading_svg(exercise: Exercise) -> str:
    """Return a small picture of a segment's credit over its error; "" where it does not fade."""
    allowed, times = exercise.rules.tolerance.value, exercise.rules.fade.value
    if not allowed or times == 1:
        return ""
    gone = exact(allowed * times)
    bend = 40 + 190 / float(times)
    before, after = ("middle", "middle") if times > 2 else ("end", "start")
    said = f"all points up to an error of {exact(allowed)}, then a straight line to 0 at {gone}"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 300 118" width="300" '
        'height="118" fill="currentColor">'
        f"<title>How credit fades</title><desc>{said}</desc>"
        '<path class="axis" d="M40 10V80H290"/>'
        f'<path class="credit" d="M40 20H{bend:.1f}L230 80H290"/>'
        '<text x="34" y="24" text-anchor="end">all</text>'
        '<text x="34" y="84" text-anchor="end">0</text>'
        f'<text x="{bend:.1f}" y="97" text-anchor="{before}">{exact(allowed)}</text>'
        f'<text x="230" y="97" text-anchor="{after}">{gone}</text>'
        '<text x="160" y="114" text-anchor="middle">largest error of a segment</text></svg>'
    )
