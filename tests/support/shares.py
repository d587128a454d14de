"""What the README's command tries of many cases; all of the others are thorough."""

from collections.abc import Container, Iterable
from typing import Any

import pytest


def one_in(step: int, cases: Iterable[Any]) -> list[Any]:
    """Return every case as a parameter, of which the first of so many is always tried."""
    return [_param(case, always=k % step == 0) for k, case in enumerate(cases)]


def always(few: Container[Any], cases: Iterable[Any]) -> list[Any]:
    """Return every case as a parameter, of which the few are always tried."""
    return [_param(case, always=case in few) for case in cases]


def _param(case: object, *, always: bool) -> Any:  # noqa: ANN401 - pytest does not name its type
    values = case if type(case) is tuple else (case,)
    return pytest.param(*values, marks=() if always else pytest.mark.thorough)
