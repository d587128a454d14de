"""grader solve EXERCISE: all right answers, or why there are none."""

from collections.abc import Sequence

from grader.console.usage import parse, parser_for_an_exercise
from grader.console.variant_options import add_variant_options, asked_exercise
from grader.desk.files import to_standard_output

MEANING = "find every right answer, or prove that there is none"

_STATUS = {"solvable": 0, "unsolvable": 1, "undecided": 1}


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_for_an_exercise(
        "solve",
        "Find every right answer of an exercise, exactly, or prove that there is none.",
        "exit status: 0 solvable, 1 unsolvable or undecided, 2 wrong usage or spec",
    )
    parser.add_argument("-f", "--format", choices=("text", "json"), default="text")
    add_variant_options(parser, "--variant")
    options = parse(parser, arguments)
    exercise = asked_exercise(options, needed=True)
    if exercise is None:
        return 2
    from grader.authoring.solving.solve import solve

    solution = solve(exercise)
    if options.format == "json":
        from grader.authoring.solving.solution_json import solution_json

        text = solution_json(exercise, solution)
    else:
        from grader.authoring.solving.solution_text import solution_lines

        text = "\n".join(solution_lines(exercise, solution)) + "\n"
    return _STATUS[solution.status] if to_standard_output([text]) else 2
