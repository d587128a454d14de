"""grader preview EXERCISE: show an exercise as a student will see it before trying."""

import os
from collections.abc import Sequence

from grader.authoring.previews.terminal import preview_lines
from grader.console.usage import parse, parser_for_an_exercise
from grader.console.variant_options import add_variant_options, asked_exercise
from grader.desk.catalogue import NotFound, find, is_path
from grader.desk.files import complain, deliver
from grader.desk.overwrite import refusal
from grader.exercise.record import Exercise
from grader.text.inert import inert

MEANING = "show an exercise as a student sees it"
_DESCRIPTION = (
    "Show what a student sees before the first attempt: the picture, the text, the free "
    "parameters and how the exercise is marked."
)


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_for_an_exercise(
        "preview",
        _DESCRIPTION,
        "example: grader preview relu-three-segments -f html -o preview.html",
        ("text", "html", "svg"),
    )
    parser.add_argument("--answer", action="store_true", help="show a right answer as well")
    add_variant_options(parser, "--variant")
    options = parse(parser, arguments)
    reason = refusal(options.output, [options.exercise])
    if reason:
        complain(reason)
    exercise = asked_exercise(options)
    if exercise is None or reason:
        return 2
    if options.format == "html":
        page = _html(exercise, options.exercise, with_answer=options.answer)
        if page is None:
            return 2
        text = page
    elif options.format == "svg":
        from grader.task.drawings import target_svg

        text = target_svg(exercise)
    else:
        text = "\n".join(preview_lines(exercise, with_answer=options.answer)) + "\n"
    return 0 if deliver(text, options.output) else 2


def _html(exercise: Exercise, name: str, *, with_answer: bool) -> str | None:
    """Return the lab with what its author wants to know, or the plain task if it does not suit.

    None, with a message, if the exercise cannot be read a second time.
    """
    from grader.authoring.previews.preview import preview_html
    from grader.labs.author import author_page

    try:
        path = name if is_path(name) else find(name).path
        with open(path, "rb") as file:
            spec = file.read()
    except (NotFound, OSError) as error:
        complain(f"{inert(name)} cannot be read again: {error}")
        return None
    page = author_page(exercise, spec, os.path.basename(path), with_answer=with_answer)
    return page or preview_html(exercise, with_answer=with_answer)
