"""One page for a class whose students have variants: it asks for the id and shows that student's.

The page holds no secret. It knows who has which number by a table of digests of the ids, SHA-256 of
a salt and the id, so the ids cannot be read off it; whoever knows somebody's id can look at that
person's exercise, as on paper. Only the variants that somebody has are in it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.exercise.record import Exercise
from grader.exercise.variants import normal
from grader.labs.document import module, whole_page
from grader.text.digest import sha256
from grader.text.markup import text

_DIGITS = 32  # of a digest: two ids of one class do not share so many
_WITHOUT_SCRIPTS = (
    "<noscript><p>Scripts are off, so your exercise cannot be shown here. Turn them on, or ask for "
    "your exercise as a file.</p></noscript>\n"
)


class OwnPage(NamedTuple):
    """What the page holds of a variant: the module's facts, the task as HTML, the answer or ""."""

    facts: Mapping[str, object]
    text: str
    answer: str


class Asking(NamedTuple):
    """What the page asks for, in words, and whether that is the id of a student."""

    about: str
    label: str
    unknown: str
    is_id: bool


BY_ID = Asking(
    "Everybody has numbers of their own. Yours go by your id.",
    "Your id in the course",
    "This id is not in the class's list. Type it as your course writes it, or ask whoever gave you "
    "this page.",
    is_id=True,
)
BY_NUMBER = Asking(
    "Everybody has numbers of their own. The report on a first hand-in, such as 0 for all numbers, "
    "says which variant is yours.",
    "The number of your variant",
    "There is no variant of this number. The report on what you handed in says which is yours.",
    is_id=False,
)


def class_lab(
    exercise: Exercise,
    numbers: Mapping[str, int],
    pages: Mapping[int, OwnPage],
    address: str | None,
    asking: Asking = BY_ID,
) -> str:
    """Return the page; `numbers` are by the students' ids, `pages` by number."""
    digest = "" if exercise.variant is None else exercise.variant.digest
    salt = f"relu-grader {exercise.id} {digest}"
    every = [page.facts for page in pages.values()]
    common = {key: value for key, value in every[0].items() if all(f[key] == value for f in every)}
    data = {
        "salt": salt,
        "title": exercise.title,
        "asking": {
            "about": asking.about,
            "label": asking.label,
            "unknown": asking.unknown,
            "isId": asking.is_id,
        },
        "numbers": {_digest(salt, student): number for student, number in numbers.items()},
        "common": common,
        "variants": {str(number): _own(page, common) for number, page in pages.items()},
    }
    held = json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    title = text(exercise.title)
    body = (
        f'<main id="lab" class="relu lab">\n<h1 dir="auto">{title}</h1>\n'
        f"{_WITHOUT_SCRIPTS}</main>\n"
        f'<script type="application/json" id="lab-class">{held}</script>\n'
        f'<script type="module">{module()}</script>\n'
    )
    return whole_page(title, body, (), address)


def _digest(salt: str, student: str) -> str:
    return str(sha256(f"{salt}\n{normal(student)}".encode()).hexdigest()[:_DIGITS])


def _own(page: OwnPage, common: Mapping[str, object]) -> dict[str, object]:
    facts = {key: value for key, value in page.facts.items() if key not in common}
    return {"facts": facts, "text": page.text, "answer": page.answer}


def used(numbers: Mapping[str, int]) -> Sequence[int]:
    """Return the numbers that somebody has."""
    return sorted(set(numbers.values()))
