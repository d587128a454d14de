"""A folder of labs to publish anywhere: an index, and a page for each exercise."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from grader.exercise.record import Exercise
from grader.labs.policy import policy
from grader.reports.html.setting import authored
from grader.style import sheet
from grader.text.markup import text
from grader.words.literal import exact

# By how many numbers a student has to find.
_LEVELS = ((2, "First steps"), (4, "Next steps"), (10**9, "For experts"))
_LONGEST = 300


def site(pages: Mapping[str, str], exercises: Sequence[Exercise], title: str) -> dict[str, str]:
    """Return the files by name: index.html, and the page of each exercise, by its id."""
    shown = sorted(exercises, key=lambda each: (len(each.free), each.title))
    return {
        "index.html": _index(shown, title),
        **{f"{exercise.id}.html": pages[exercise.id] for exercise in shown},
    }


# Above each page of a site: the way back.
UP = '<nav class="relu up" aria-label="Site"><a href="index.html">All exercises</a></nav>\n'


def level(exercise: Exercise) -> str:
    """Return how much there is to find, in a few words."""
    count = len(exercise.free)
    name = next(name for most, name in _LEVELS if count <= most)
    return f"{name}: {count} number{'' if count == 1 else 's'} to find"


def _index(exercises: Sequence[Exercise], title: str) -> str:
    cards = "\n".join(_card(exercise) for exercise in exercises)
    heading = text(title)
    style = f"<style>{sheet('site')}</style>"
    body = (
        f'<main class="relu site">\n<h1>{heading}</h1>\n'
        f"<p>Move the sliders until the network equals the target.</p>\n"
        f'<ul class="cards">\n{cards}\n</ul>\n</main>\n'
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(style + body)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{heading}</title>\n{style}\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def _card(exercise: Exercise) -> str:
    title = text(exercise.title)
    return (
        f'<li class="card"><h2 dir="auto"><a href="{exercise.id}.html">{title}</a></h2>\n'
        f'<p class="quiet">{level(exercise)}</p>\n'
        f"<figure>{_thumbnail(exercise)}</figure>\n{_summary(exercise)}</li>"
    )


def _summary(exercise: Exercise) -> str:
    """Return the first whole sentences of the text: what leads up to a formula is left out."""
    for part in exercise.description.split("\n\n"):
        sentences = re.match(r"(?s)(?![\s>#|`~*+-]|\d+[.)]).*[.?!](?=\s|$)", part)
        if sentences and len(sentences[0]) <= _LONGEST:
            return authored(sentences[0], 2)
    return ""


def _thumbnail(exercise: Exercise) -> str:
    """Return the target's shape alone, in the page's own colours."""
    left, right = exercise.domain
    points = [(left, exercise.target.value(left))]
    points += [(s.right, exercise.target.value(s.right)) for s in exercise.segments]
    heights = [y for _, y in points]
    low, span = min(heights), max(heights) - min(heights)

    def at(x: Fraction, y: Fraction) -> str:
        across = (x - left) / (right - left)
        up = (y - low) / span if span else Fraction(1, 2)
        return f"{float(10 + 300 * across):.1f} {float(110 - 100 * up):.1f}"

    shape = "L".join(at(x, y) for x, y in points)
    zero = at(left, Fraction(0)), at(right, Fraction(0))
    axis = f'<path class="zero" d="M{zero[0]}L{zero[1]}"/>' if low <= 0 <= low + span else ""
    named = f"Target from x = {exact(left)} to x = {exact(right)}"
    return (
        f'<svg viewBox="0 0 320 120" role="img" aria-label="{named}">{axis}'
        f'<path class="shape" d="M{shape}"/></svg>'
    )
