"""From what a student's function returned to plain numbers; runs in the child.

An object is read once, by its real type: what a class says about itself (`__class__`, `__float__`,
`__eq__`) is not consulted, and a container that hands out items other than those it holds is
refused. Every number becomes the nearest double, as in JSON; an integer or a fraction beyond the
doubles becomes an infinity, which is out of range like 1e400.
"""
# ruff: noqa: ANN401 - a student's value may be anything

import collections
import decimal
import fractions
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from grader.sandbox.child import absent
from grader.sandbox.protocol import wire

_MRO = type.__dict__["__mro__"].__get__
_NAME = type.__dict__["__name__"].__get__
_FRACTION = fractions.Fraction
_NUMERATOR = _FRACTION.__dict__["numerator"].fget
_DENOMINATOR = _FRACTION.__dict__["denominator"].fget
_DECIMAL = decimal.Decimal
_DICT = type.__dict__["__dict__"].__get__
_LONGEST_STRING = 30_000  # of a value: enough for a student's name, and it fits into a line

# What a class would redefine to show other items than it holds, and the classes that may.
_READERS = ("__iter__", "__getitem__", "__len__", "items", "keys", "values")
_HONEST = (dict, list, tuple, collections.OrderedDict)

_KINDS = {
    "NoneType": "None",
    "str": "a string",
    "bytes": "bytes",
    "bool": "a boolean",
    "bool_": "a boolean",  # as NumPy 1 calls it
    "int": "a number",
    "float": "a number",
    "complex": "a complex number",
    "complex64": "a complex number",
    "complex128": "a complex number",
    "clongdouble": "a complex number",
    "list": "a list",
    "tuple": "a tuple",
    "dict": "a dict",
    "set": "a set",
    "frozenset": "a set",
    "function": "a function",
    "generator": "a generator",
    "coroutine": "a coroutine",
    "module": "a module",
    "type": "a class",
    "ellipsis": "the blank ... that is to be filled in",
    "date": "a date",
    "datetime": "a date",
    "datetime64": "a date",
    "timedelta": "a span of time",
    "timedelta64": "a span of time",
}


class Numpy(NamedTuple):
    """NumPy's classes as they were before the code ran, whatever it puts in their place."""

    generic: Any
    integer: Any
    floating: Any
    timedelta64: Any
    ndarray: Any
    masked: Any


class NotAnObjectError(Exception):
    """What was returned is neither an object nor a sequence; the text tells what it is."""


def numpy_classes() -> Numpy | None:
    """Tell NumPy's classes; None where it is not loaded."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return None
    masked = sys.modules.get("numpy.ma")
    own = (numpy.generic, numpy.integer, numpy.floating, numpy.timedelta64, numpy.ndarray)
    return Numpy(*own, masked and masked.MaskedArray)


def lines(returned: Any, numpy: Numpy | None) -> Iterator[bytes]:
    """Write what was returned as lines of an answer. Raises: NotAnObjectError."""
    if not _honest(returned):
        raise NotAnObjectError(kind(returned, numpy))
    if _is_a(returned, dict):
        _bound(dict.__len__(returned))
        return (_named(key, value, numpy) for key, value in dict.items(returned))
    return (b"p " + read(value, numpy) for value in _sequence(returned, numpy))


def read(value: Any, numpy: Numpy | None) -> bytes:
    """Write one value: a number as its nearest double, anything else as what it is."""
    if type(value) is float and value == value:  # noqa: PLR0124 - the common case, and no NaN
        return wire.double(value)
    if _is_a(value, str):
        length = str.__len__(value)
        if length <= _LONGEST_STRING:
            return b"t:" + wire.text(str.__str__(value))
        return b"r:" + wire.text(f"a string of {length} characters")
    try:
        number = _number(value, numpy)
    except (TypeError, ValueError, decimal.InvalidOperation):
        number = None
    if number is None:
        return b"r:" + wire.text(kind(value, numpy)[: wire.LONGEST_NAME])
    if number != number:  # noqa: PLR0124 - only NaN differs from itself, and math may be patched
        return b"r:" + wire.text("NaN")
    return wire.double(number)


def kind(value: Any, numpy: Numpy | None) -> str:
    """Tell what a value is, in words, by its real type."""
    name = str(_NAME(type(value)))
    if numpy is not None and name in ("ndarray", "MaskedArray", "MaskedConstant"):
        if not _is_a(value, numpy.ndarray):
            return f"an object of type {name}"
        shape = numpy.ndarray.shape.__get__(value)
        return "a masked array" if name != "ndarray" else f"an array of shape {shape}"
    if _is_a(value, absent.StandIn, absent.StandInModule):
        return f"a value of {absent.stands_for(value)}, which {absent.REASON}"
    return _KINDS.get(name, f"an object of type {name}")


def _number(value: Any, numpy: Numpy | None, depth: int = 0) -> float | None:
    if _is_a(value, bool, complex):
        return None
    if _is_a(value, float):
        return float.__float__(value)
    if _is_a(value, int):
        return _quotient(int.__int__(value), 1)
    if _is_a(value, _FRACTION):
        return _quotient(int.__int__(_NUMERATOR(value)), int.__int__(_DENOMINATOR(value)))
    if _is_a(value, _DECIMAL):
        return float(_DECIMAL.__str__(value))
    return None if numpy is None else _numpy_number(value, numpy, depth)


def _quotient(numerator: int, denominator: int) -> float:
    """Divide, correctly rounded; what exceeds a double is infinite."""
    try:
        return numerator / denominator
    except OverflowError:
        return float("inf") if numerator > 0 else float("-inf")


def _numpy_number(value: Any, numpy: Numpy, depth: int) -> float | None:
    if _is_a(value, numpy.timedelta64) or _is_masked(value, numpy):
        return None
    if _is_a(value, numpy.integer):
        return float(int.__int__(numpy.generic.item(value)))
    if _is_a(value, numpy.floating):
        return float.__float__(numpy.floating.__float__(value))
    if _is_a(value, numpy.ndarray) and numpy.ndarray.size.__get__(value) == 1 and depth == 0:
        (item,) = numpy.ndarray.tolist(numpy.ndarray.reshape(value, 1))
        return _number(item, numpy, depth + 1)
    return None


def _is_masked(value: Any, numpy: Numpy) -> bool:
    return numpy.masked is not None and _is_a(value, numpy.masked)


def _sequence(returned: Any, numpy: Numpy | None) -> list[Any]:
    if _is_a(returned, tuple):
        items = list(tuple.__iter__(returned))
    elif _is_a(returned, list):
        items = list(list.__iter__(returned))
    else:
        if numpy is None or not _is_a(returned, numpy.ndarray):
            raise NotAnObjectError(kind(returned, numpy))
        flat = numpy.ndarray.ndim.__get__(returned) == 1
        if not flat or _is_masked(returned, numpy):
            raise NotAnObjectError(kind(returned, numpy))
        _bound(numpy.ndarray.size.__get__(returned))
        items = numpy.ndarray.tolist(returned)
    if not items:
        raise NotAnObjectError(f"an empty {_NAME(type(returned))}")
    _bound(len(items))
    return items


def _bound(count: int) -> None:
    if count > wire.MOST_VALUES:
        raise NotAnObjectError(f"{count} values, where at most {wire.MOST_VALUES} can be read")


def _named(key: Any, value: Any, numpy: Numpy | None) -> bytes:
    if not _is_a(key, str):
        raise NotAnObjectError(
            f"a dict with {kind(key, numpy)} as a key, where every key must be text"
        )
    name = str.__str__(key)
    name = name if len(name) <= wire.LONGEST_NAME else name[: wire.LONGEST_NAME] + "..."
    return b"n " + wire.text(name) + b" " + read(value, numpy)


def _honest(returned: Any) -> bool:
    """Tell whether what a container holds is what its class shows of it."""
    kind = type(returned)
    if kind is dict or kind is list or kind is tuple:
        return True
    for base in _MRO(type(returned)):
        if any(base is one for one in _HONEST):
            return True
        if any(name in _DICT(base) for name in _READERS):
            return bool(_NAME(base) == "ndarray")  # it reads as numbers whatever a subclass does
    return True


def _is_a(value: Any, *classes: type) -> bool:
    for base in _MRO(type(value)):
        for one in classes:
            if base is one:  # identity: a metaclass may call any two classes equal
                return True
    return False
