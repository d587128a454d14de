"""The lab as one HTML file: offline, without a request, under a policy of its own."""

import json
import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from grader.exercise.record import Exercise
from grader.labs.policy import policy
from grader.style import sheet
from grader.task.page import hand_in_section, task_parts
from grader.text.markup import text

_STATIC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "static")


class Around(NamedTuple):
    """What the place where a page is used adds: how to hand in there, as Markdown, and HTML.

    `sheets` are the style sheets that `above` and `below` need.
    """

    hand_in: str = ""
    above: str = ""
    below: str = ""
    sheets: tuple[str, ...] = ()


_NOTHING = Around()


def page(
    exercise: Exercise,
    facts: Mapping[str, object],
    *,
    answer: str = "",
    values: Mapping[str, float] | None = None,
    around: Around = _NOTHING,
) -> str:
    """Return the page. Without scripts it shows the task and how to hand in by file.

    `facts` is what `grader.labs.payload` returned; `answer` is in the page for whoever reads
    its source, and so belongs only into pages that may tell it. `values` are set at the start.
    """
    title = text(exercise.title)
    start = {name: repr(value) for name, value in (values or {}).items()}
    data = json.dumps({**facts, "start": start}, ensure_ascii=True).replace("<", "\\u003c")
    hidden = f'<p id="lab-answer" hidden>{text(answer, 10_000)}</p>\n' if answer else ""
    # The page around a frame has the text.
    written = "" if facts["framed"] else _written(exercise, around.hand_in)
    body = (
        f'{around.above}<main id="lab" class="relu lab">\n<h1 dir="auto">{title}</h1>\n{written}'
        f"</main>\n{around.below}{hidden}"
        f'<script type="application/json" id="lab-facts">{data}</script>\n'
        f'<script type="module">{module()}</script>\n'
    )
    address = facts.get("handIn")
    return whole_page(title, body, around.sheets, address if isinstance(address, str) else None)


def whole_page(title: str, body: str, sheets: Sequence[str], address: str | None) -> str:
    """Return a page of this body, a title in HTML, which may post to the address alone."""
    style = f"<style>{sheet('lab', *sheets)}</style>"
    allowed = policy(style + body, address)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{allowed}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n{style}\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


def module() -> str:
    """Return the built module; `web/` has its source."""
    return built("lab.js")


def built(name: str) -> str:
    """Return a script that `web/` builds."""
    with open(os.path.join(_STATIC, name), encoding="utf-8") as file:
        return file.read()


def _written(exercise: Exercise, hand_in: str) -> str:
    """Return the task, which the module puts into its fold, and what is there without it."""
    return (
        f'<div id="lab-text" dir="auto">\n{task_parts(exercise, 2, styled=False)}\n'
        f"{hand_in_section(hand_in, 2)}</div>\n"
        f"<noscript>\n{_without_scripts(exercise, hand_in)}\n</noscript>\n"
    )


def _without_scripts(exercise: Exercise, hand_in: str) -> str:
    """Return what is missing where no script runs, and how to hand in if that is not yet said."""
    if hand_in:
        return "<p>Scripts are off, so the sliders are not here.</p>"
    about: dict[str, object] = {"exercise": exercise.id}
    variant = exercise.variant
    if variant is not None:
        about |= {"variant": variant.number, "variant_list": variant.digest}
    blank = about | dict.fromkeys(exercise.free, 0)
    return hand_in_section(
        "Scripts are off, so the sliders are not here. Put your numbers into a file "
        f"`submission.json` and hand that in:\n\n    {json.dumps(blank)}\n",
        2,
    )
