"""PrairieLearn's own variants of a question, mapped to the list of an exercise's.

Source: PrairieLearn, docs/question/server.md, read in November 2026: `variant_seed` is a whole
number that stays with a student's variant of the question; what `generate` puts into `params` is
kept with it, and given to every later phase and to external graders.
"""

from collections.abc import Mapping
from typing import Any

from grader.exercise.record import Exercise
from grader.submission.variant import exercise_of

NUMBER, LIST, TASK = "relu_variant", "relu_variant_list", "relu_task"


def generate(data: dict[str, Any], exercise: Exercise, hand_in: str) -> None:
    """Choose the variant by the platform's seed and put its task into the question."""
    from grader.task.page import hand_in_section, task_parts

    variant = exercise.variant
    if variant is None or variant.make is None:
        return
    number = int(data["variant_seed"]) % variant.of
    one = exercise_of(exercise, number, "command")
    data["params"] |= {
        NUMBER: number,
        LIST: variant.digest,
        TASK: f"{task_parts(one, 2)}\n{hand_in_section(hand_in, 2)}",
    }


def own(data: Mapping[str, Any], exercise: Exercise) -> Exercise:
    """Return the exercise in the variant that the question was made with.

    Raises: ValueError if the list is another one now: PrairieLearn then reports a fault.
    """
    variant = exercise.variant
    number = chosen_variant(data)
    if variant is None or variant.make is None:
        return exercise
    if number is None or data["params"].get(LIST) != variant.digest:
        raise ValueError("the list of variants was changed; give the question a new variant")
    return exercise_of(exercise, number, "command")


def chosen_variant(data: Mapping[str, Any]) -> int | None:
    """Return the number that `generate` has chosen."""
    params = data.get("params")
    number = params.get(NUMBER) if isinstance(params, Mapping) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None
