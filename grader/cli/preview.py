"""grader preview EXERCISE: show an exercise as a student will see it before trying."""

from collections.abc import Sequence

from grader.authoring.previews.terminal import preview_lines
from grader.console.lookup import exercise_or_none
from grader.console.usage import parse, parser_for_an_exercise
from grader.desk.files import complain, to_file, to_standard_output
from grader.desk.overwrite import refusal

MEANING = "show an exercise as a student will see it"


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_for_an_exercise(
        "preview",
        "Show what a student will see before trying: the picture, the text, the free "
        "parameters, and how it will be marked.",
        "example: grader preview relu-three-segments -f html -o preview.html",
    )
    parser.add_argument("-f", "--format", choices=("text", "html", "svg"), default="text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file")
    parser.add_argument("--answer", action="store_true", help="show a right answer as well")
    options = parse(parser, arguments)
    reason = refusal(options.output, [options.exercise]) if options.output else None
    if reason:
        complain(reason)
    exercise = exercise_or_none(options.exercise)
    if exercise is None or reason:
        return 2
    if options.format == "html":
        from grader.authoring.previews.preview import preview_html

        text = preview_html(exercise, with_answer=options.answer)
    elif options.format == "svg":
        from grader.task.drawings import target_svg

        text = target_svg(exercise)
    else:
        text = "\n".join(preview_lines(exercise, with_answer=options.answer)) + "\n"
    written = to_file([text], options.output) if options.output else to_standard_output([text])
    return 0 if written else 2
