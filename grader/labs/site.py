"""A folder of labs to publish anywhere: an index, and a page for each exercise."""

from collections.abc import Mapping, Sequence

from grader.exercise.record import Exercise
from grader.labs.policy import policy
from grader.reports.html.setting import authored
from grader.style import sheet
from grader.task.drawings import target_image
from grader.text.markup import text

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
    first = next((part for part in exercise.description.split("\n\n") if part.strip()), "")
    words = authored(first, 2) if first and len(first) <= _LONGEST else ""
    return (
        f'<li class="card"><h2 dir="auto"><a href="{exercise.id}.html">{title}</a></h2>\n'
        f'<p class="quiet">{level(exercise)}</p>\n'
        f"<figure>{target_image(exercise, styled=False)}</figure>\n{words}</li>"
    )
