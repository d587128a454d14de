"""A submission that is refused."""

from typing import Any

import pytest

from grader.errors import SubmissionError
from grader.exercise.record import Exercise
from grader.submission.record import (
    read_parameters,
)
from lab import lab

RIGHT: dict[str, object] = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
LAB = lab()


def refusal(
    entries: dict[str, Any] | list[tuple[str, Any]], exercise: Exercise = LAB, known: object = None
) -> tuple[str, str, str | None]:
    pairs = list(entries.items()) if isinstance(entries, dict) else entries
    with pytest.raises(SubmissionError) as caught:
        read_parameters(pairs, exercise, is_known=known)  # type: ignore[arg-type]
    return caught.value.code, caught.value.message, caught.value.where
