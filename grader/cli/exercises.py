"""grader exercises: list the exercises that can be graded."""

import argparse
from collections.abc import Iterator, Sequence

from grader.cli.lookup import exercise_or_none
from grader.cli.output import to_standard_output
from grader.cli.usage import parse
from grader.inert import inert
from grader.library import known_ids


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="grader exercises",
        description="List the installed exercises and those in ./exercises: id and title.",
    )
    parse(parser, arguments)
    return 0 if to_standard_output(_lines()) else 2


def _lines() -> Iterator[str]:
    ids = known_ids()
    width = max(map(len, ids), default=0)
    for id_ in ids:
        exercise = exercise_or_none(id_)
        if exercise:
            yield f"{id_:<{width}}  {inert(exercise.title)}\n"
