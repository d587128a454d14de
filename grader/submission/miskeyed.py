"""What keys that no exercise has were meant to be, and numbers that came without their keys."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from grader.errors import SubmissionError
from grader.submission.record import Pairs
from grader.text.inert import inert
from grader.text.lists import did_you_mean, listed

_LOOK = '{"w1": 1, "b1": -1}'
# W1, w_1, "w 1", w[1], weight1, bias_1, unit1.w: what is written for the letter, and the number.
_LETTER_FIRST = re.compile(r"(w|b|weight|bias)s?[\W_]*0*(\d{1,4})[\W_]*")
_NUMBER_FIRST = re.compile(
    r"(?:unit|neuron|node|u|n)?[\W_]*0*(\d{1,4})[\W_]*(w|b|weight|bias)[\W_]*"
)
_WHOSE = frozenset(("name", "id", "user", "username", "email", "login", "netid", "author",
                    "studentid", "studentname", "matriculation", "student"))  # fmt: skip


def hint(unknown: Sequence[str], values: Mapping[str, object], allowed: Sequence[str]) -> str:
    """Return how to write the keys, as the end of the sentence that refuses them."""
    meant = [_meant(key, allowed) for key in unknown]
    if all(meant):
        return f"; did you mean {listed(dict.fromkeys(meant))}?{_strange(unknown)}"
    if any(isinstance(values.get(key), (list, tuple, dict)) for key in unknown):
        return f". Give each parameter a key of its own and one number, such as {_LOOK}."
    return did_you_mean(unknown[0], allowed)


def _strange(keys: Iterable[str]) -> str:
    """Name the first character in the keys that cannot be seen, or is not what it looks like."""
    from grader.submission.characters import character

    told = next(filter(None, (character(each) for key in keys for each in key)), "")
    return f" {told[:1].upper()}{told[1:]}." if told else ""


def _meant(key: str, allowed: Iterable[str]) -> str:
    """Return the key that another spelling stands for; empty if it is none."""
    seen = "".join(each for each in key if unicodedata.category(each) != "Cf")
    plain = unicodedata.normalize("NFKC", seen).casefold().strip()
    name = ""
    if found := _LETTER_FIRST.fullmatch(plain):
        name = found[1][0] + found[2]
    elif found := _NUMBER_FIRST.fullmatch(plain):
        name = found[2][0] + found[1]
    elif re.sub(r"[\W_]", "", plain) in _WHOSE:
        name = "student"
    return name if name in allowed else ""


def _is_field(pairs: Pairs) -> bool:
    """Tell whether an object says nothing but a name and a value."""
    return {key for key, _ in pairs} in ({"name", "value"}, {"key", "value"})


def no_object(value: object) -> str:
    """Tell what JSON is that is not an object, and how to write it as one."""
    object_ = f"it must be one object, such as {_LOOK}"
    if isinstance(value, list):
        if len(value) == 1 and isinstance(value[0], Pairs):
            return "the submission is a list with one object in it; delete the brackets [ and ]"
        return f"the submission is a list{_listed(value)}; {object_}"
    if isinstance(value, str):
        if value.lstrip().startswith("{"):
            return (
                "the submission is text that holds an object; hand in the object without quotes "
                "around it"
            )
        return f"the submission is text in quotes; {object_}"
    return f"the submission is a single value; {object_}"


def _listed(values: Sequence[object]) -> str:
    """Tell what is in a list, where all of it is of one kind."""
    if values and all(isinstance(each, float) for each in values):
        return " of numbers without names"
    if values and all(isinstance(each, Pairs) and _is_field(each) for each in values):
        return " of names and values, as web forms make it"
    return ""


def unknown_parameter(
    unknown: list[str],
    values: Mapping[str, object],
    free: Iterable[str] | None,
    also: Iterable[str],
) -> SubmissionError:
    """Return the error for keys that no submission to this exercise has, and what was meant."""
    allowed = [*(free or ()), "exercise", "student", *(sorted(also) if free is not None else ())]
    first = inert(unknown[0], 40)
    meant = hint(unknown, values, allowed)
    shown = listed([f'"{inert(key, 40)}"' for key in unknown])
    verb = "is not a key" if len(unknown) == 1 else "are not keys"
    allowed_text = f" Allowed are {listed(allowed)}." if free is not None else ""
    return SubmissionError(
        "unknown-parameter", f"{shown} {verb} of this exercise{meant}{allowed_text}", first
    )
