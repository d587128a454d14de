"""NamedTuple without `typing`, whose import would take a twentieth of the time of `grade FILE`.

What it makes is what typing.NamedTuple makes. From Python 3.14 on that one is taken: there a class
body's annotations are read in a way of which typing knows more.
"""

import sys

TYPE_CHECKING = False  # type checkers take it for true
if TYPE_CHECKING or sys.version_info >= (3, 14):
    from typing import NamedTuple
else:
    from collections import namedtuple

    class _Making(type):
        """Makes a tuple's class of the fields, defaults and methods of a class body."""

        def __new__(cls, name, bases, body):
            if not bases:
                return super().__new__(cls, name, bases, body)
            fields = body.pop("__annotations__", {})
            defaults = [body.pop(field) for field in fields if field in body]
            made = namedtuple(name, fields, defaults=defaults, module=body["__module__"])
            made.__annotations__ = made.__new__.__annotations__ = fields
            for key, value in body.items():
                setattr(made, key, value)
            return made

    class NamedTuple(metaclass=_Making):
        """The base of records with named fields."""


__all__ = ["NamedTuple"]
