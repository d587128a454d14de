"""grader.lab(...): the lab of an exercise, opened in a notebook."""

import os

from grader.desk.catalogue import DEFAULT, load_exercise
from grader.exercise.record import Exercise
from grader.labs.reach import reach, too_large

TYPE_CHECKING = False
if TYPE_CHECKING:
    from grader.labs.widget import LabWidget


def lab(
    exercise: str | os.PathLike[str] | Exercise, *, intro: bool = False, fit_sliders: bool = False
) -> "LabWidget":
    """Return the lab of an exercise, an id or the path of its file, for a notebook to show.

    `intro` adds the warm-up, which the first exercise always has; `fit_sliders` makes sliders that
    reach a right answer, where the exercise's own do not.

    Raises: ImportError without the extra `lab`; NotFound, SpecError or OSError if the exercise
    cannot be loaded; ValueError if it does not suit a page with sliders.
    """
    try:
        from grader.labs.widget import LabWidget  # noqa: PLC0415 - an extra brings what it needs
    except ModuleNotFoundError as error:
        raise ImportError(
            f"the lab in a notebook needs {error.name}; install it with "
            "pip install 'relu-grader[lab]'"
        ) from None
    loaded = exercise if isinstance(exercise, Exercise) else load_exercise(exercise)
    fault = too_large(loaded)
    if fault:
        raise ValueError(f"{loaded.id}: {fault}")
    found = reach(loaded, fit=fit_sliders)
    if found.fault:
        raise ValueError(f"{loaded.id}: sliders: {found.fault}, or pass fit_sliders=True")
    return LabWidget(loaded, found.controls, found.answer, intro=intro or loaded.id == DEFAULT)
