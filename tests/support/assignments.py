"""Finds where a text gives a parameter a value: "w1 = 1", "b2 should be -4", "set w1 to 1"."""

import re
from collections.abc import Mapping
from fractions import Fraction

_NUMBER = r"(?P<value>[-+\u2212]?\d+(?:\.\d+)?(?:/\d+)?(?:[eE][-+]?\d+)?)"
_NAME = r"[\"'`*<>/a-z]*\b(?P<name>[wb]\d+)\b[\"'`*<>/a-z]*"
_VERB = (
    r"(?:=|==|:=|:|is|are|to|be|as|was|equals?|should|must|has|have|needs?|ought|about|exactly|"
    r"the|value|right|set|becomes?|with|->|→)"
)
_ASSIGNMENT = re.compile(rf"{_NAME}\s*(?:{_VERB}\s*)+{_NUMBER}", re.IGNORECASE)
_REVERSED = re.compile(rf"{_NUMBER}\s+(?:for|to|as|in|into)\s+{_NAME}", re.IGNORECASE)


def assignments(text: str) -> list[tuple[str, Fraction]]:
    """Return every parameter that the text gives a value, with the value."""
    flat = " ".join(text.split())
    found = [*_ASSIGNMENT.finditer(flat), *_REVERSED.finditer(flat)]
    return [(match["name"].lower(), _number(match["value"])) for match in found]


def _number(text: str) -> Fraction:
    return Fraction(text.replace("\u2212", "-"))


def given_away(text: str, own: Mapping[str, Fraction]) -> list[tuple[str, Fraction]]:
    """Return the assignments in a report that are not the student's own."""
    return [
        (name, value)
        for name, value in assignments(text)
        if name not in own or float(own[name]) != float(value)
    ]
