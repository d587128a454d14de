"""A process that dies at one of its steps on the disk."""

import os
from collections.abc import Callable, Iterable
from itertools import count

DEAD = 77


def die_at(k: int, steps: Iterable[tuple[object, tuple[str, ...]]]) -> None:
    """Let the k-th step be the last of this process: half of them before, half after it is done.

    `steps` are modules or classes with the names of functions in them.
    """
    numbers = count(1)

    def dying(step: Callable[..., object]) -> Callable[..., object]:
        def die(*values: object, **named: object) -> object:
            number = next(numbers)
            if number == k and k % 2:
                os._exit(DEAD)
            result = step(*values, **named)
            if number == k:
                os._exit(DEAD)
            return result

        return die

    for owner, names in steps:
        for name in names:
            setattr(owner, name, dying(getattr(owner, name)))
