"""All variants of an exercise on one page: the picture of each, its number and its numbers."""

from collections.abc import Iterable

from grader.exercise.record import Exercise
from grader.pictures.thumbnail import thumbnail
from grader.reports.html import head
from grader.text.markup import text
from grader.words.literal import assignments


def contact_sheet(exercise: Exercise, variants: Iterable[Exercise]) -> str:
    """Return the page; `exercise` gives its title and the list that the variants are of."""
    items = "\n".join(map(_item, variants))
    variant = exercise.variant
    name = f"{exercise.id}: {variant.of if variant else 1:,} variants"
    digest = variant.digest[:16] if variant else ""
    return (
        f"{head(name, 'contact')}"
        f'<main class="page">\n<h1>{text(name)}</h1>\n'
        f"<p>The list's digest begins with <code>{text(digest)}</code>. Each picture shows the "
        "target; a thin line is y = 0.</p>\n"
        f'<ol class="sheet">\n{items}\n</ol>\n</main>\n</body>\n</html>\n'
    )


def _item(exercise: Exercise) -> str:
    variant = exercise.variant
    if variant is None:
        return ""
    return (
        f"<li>{thumbnail(exercise)}<br><strong>{variant.number}</strong> "
        f"{text(assignments(variant.values), 1000)}</li>"
    )
