"""Which exercise a submission is for, where the command does not say: never guessed in silence.

The submission names it, or the folder that holds it does, or the parameters are the lab's. Else the
student learns which exercises the parameters fit.
"""

import os
from collections.abc import Callable, Sequence

from grader.desk.assess import Chosen
from grader.desk.catalogue import (
    DEFAULT,
    NotFound,
    find,
    is_installed,
    is_known,
    is_path,
    known_ids,
    load_exercise,
)
from grader.errors import SpecError, SubmissionError
from grader.exercise.record import Exercise
from grader.submission.record import (
    ABOUT_IT,
    Entries,
    Placed,
    Trained,
    check_keys,
    is_key,
    unknown_exercise,
)
from grader.text.inert import Inert, inert

Load = Callable[[str], Exercise | None]

_SHOWN = 8  # keys; a student who gave more knows them
_BY_FOLDER, _BY_PARAMETERS = "from the folder's name", "the parameters are the lab's"


def given(name: str, exercise: Exercise) -> Chosen:
    """Return the exercise that the command names; its place is added if it is not installed."""
    return Chosen(exercise, _place(name))


def choose(read: Entries, path: str, load: Load) -> Chosen | None:
    """Return the exercise of the submission at the path; None once `load` has said what is wrong.

    Raises: SubmissionError (unknown-exercise and what is checked before it).
    """
    id_, note = _named(read, path)
    if id_ is None:
        id_ = _by_parameters(read, load)
        note = _BY_PARAMETERS
    exercise = load(id_)
    return exercise and Chosen(exercise, inert(", ".join(filter(None, [note, _place(id_)])), 300))


def _named(read: Entries, path: str) -> tuple[str | None, str]:
    """Return the id that the submission or its folder names, and how a report tells of it."""
    id_ = dict(read).get("exercise")
    if isinstance(id_, str):
        if not is_known(id_):
            check_keys(read)
            raise unknown_exercise(id_, known_ids())
        return id_, ""
    folder = "" if path == "-" else os.path.basename(os.path.dirname(os.path.abspath(path)))
    return (folder, _BY_FOLDER) if is_known(folder) else (None, "")


def _place(name: str) -> Inert:
    path = name if is_path(name) else find(name).path
    return inert("" if is_installed(path) else path)


def _by_parameters(read: Entries, load: Load) -> str:
    """Return the lab's id if the parameters are its own, or if they are some of them and fit none.

    The latter is a submission to the lab with a slip, which the lab's own messages name best.
    """
    lab = load(DEFAULT)
    if lab and _fits(read, lab):
        return DEFAULT
    fitting = [id_ for id_ in known_ids() if (each := _readable(id_)) and _fits(read, each)]
    if lab and not fitting and _is_slip(read, lab):
        return DEFAULT
    if not isinstance(read, (Placed, Trained)):
        check_keys(read)
    raise _undecided(read, fitting)


def _is_slip(read: Entries, lab: Exercise) -> bool:
    """Tell whether entries that fit no exercise are the lab's with a slip: too few, say."""
    if isinstance(read, Placed):
        return True
    if isinstance(read, Trained):
        return any(layer.units == len(lab.units) for layer in read.saved.layers)
    return any(map(is_key, _parameters(read))) and _is_part(read, lab)


def _fits(read: Entries, exercise: Exercise) -> bool:
    """Tell whether the entries give what the exercise leaves free, and nothing that it lacks."""
    if isinstance(read, Placed):
        return len(read) == len(exercise.free)
    if isinstance(read, Trained):
        from grader.submission.weights.fitting import fits

        return fits(read.saved, exercise)
    names = _parameters(read)
    return (
        names >= exercise.free.keys()
        and all(is_key(name) for name in names)
        and _is_part(read, exercise)
    )


def _is_part(read: Entries, exercise: Exercise) -> bool:
    """Tell whether all parameters are the exercise's; keys that are misspelt do not count."""
    if isinstance(read, Placed):
        return False
    return all(is_key(key, len(exercise.units)) for key in _parameters(read) if is_key(key))


def _parameters(read: Entries) -> frozenset[str]:
    return frozenset(key for key, _ in read) - ABOUT_IT


def _readable(id_: str) -> Exercise | None:
    try:
        return load_exercise(id_)
    except (NotFound, OSError, SpecError):  # a broken spec of somebody else's fits nothing
        return None


def _undecided(read: Entries, fitting: Sequence[str]) -> SubmissionError:
    advice = 'Add "exercise" with the exercise\'s id, or name it after -e.'
    if isinstance(read, Placed):
        values = f"{len(read)} values in order"
    elif isinstance(read, Trained):
        sizes = ", ".join(str(layer.units) for layer in read.saved.layers[:_SHOWN])
        values = f"a network with layers of {sizes or 'no'} units"
        advice = "Name the exercise after -e."
    else:
        values = (
            ", ".join(inert(key, 40) for key in sorted(_parameters(read))[:_SHOWN]) or "nothing"
        )
    found = f"{values} would fit {' or '.join(fitting)}" if fitting else f"{values} fits none"
    return SubmissionError(
        "unknown-exercise",
        f"The submission does not say which exercise it is for: {found}. {advice}",
        "exercise",
    )
