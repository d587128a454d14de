"""Loading an exercise for a command: what goes wrong becomes one message each, and status 2."""

import os

from grader.desk.catalogue import NotFound, find, is_path, known_ids, load_exercise
from grader.desk.files import complain
from grader.errors import SpecError
from grader.exercise.record import Exercise
from grader.specs.exercise import is_id
from grader.text.inert import inert
from grader.text.lists import did_you_mean


def exercise_or_none(name: str) -> Exercise | None:
    """Return the exercise with this id or at this path; None once the messages are written."""
    try:
        if not is_path(name):
            found = find(name)
            if found.hidden:
                complain(f"note: using the installed exercise {name}, not {found.hidden}")
            name = found.path
        return load_exercise(name)
    except SpecError as error:
        for line in error.lines():
            complain(line)
    except NotFound:
        complain(no_such_exercise(name))
    except OSError as error:
        complain(f"{inert(name)}: {error.strerror}; name a YAML file or an exercise's id")
    return None


def no_such_exercise(name: str) -> str:
    """Return the message for an id that is not known, with the nearest ones."""
    if not is_id(name):
        return (
            f'"{inert(name, 60)}" is not an exercise\'s id, which is letters, digits and hyphens; '
            '"grader exercises" lists them, and a path contains a / or ends in .yaml'
        )
    hint = did_you_mean(name, known_ids(), 3, 0.5, otherwise=";")
    folder = os.path.join("exercises", f"{inert(name, 60)}.yaml")
    return (
        f'unknown exercise "{inert(name, 60)}"{hint} "grader exercises" lists them, '
        f"and {folder} would be found too"
    )
