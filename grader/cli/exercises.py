"""grader exercises: list the exercises that can be graded."""

from collections.abc import Iterator, Sequence

from grader.console.lookup import exercise_or_none
from grader.console.usage import parse, parser_of
from grader.desk.catalogue import known_ids
from grader.desk.files import to_standard_output

MEANING = "list the exercises that can be graded"


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_of(
        "exercises",
        "List the installed exercises and those in ./exercises by id and title.",
    )
    parse(parser, arguments)
    return 0 if to_standard_output(_lines()) else 2


def _lines() -> Iterator[str]:
    ids = known_ids()
    width = max(map(len, ids), default=0)
    for id_ in ids:
        exercise = exercise_or_none(id_)
        if exercise:
            yield f"{id_:<{width}}  {exercise.title}\n"
