"""Findings about an exercise's own words."""

import re
from collections.abc import Iterator
from fractions import Fraction

from grader.authoring.linting.subject import WARNING, LintRow, Subject
from grader.authoring.solving.ways import IDLE
from grader.exact.rational import from_text
from grader.exercise.record import Exercise
from grader.mistakes.table import DIAGNOSES
from grader.text.inert import inert
from grader.words.literal import exact

_NUMBER = r"[-+]?[0-9][0-9./eE+-]*"
_MARKS = r"[`\"'*$\s]*"
_SHALL = r"(?:\b(?:should|must|shall|will|can|(?:has|have|needs?|ought)\s+to)\s+)?"
_EQUALS = rf"{_SHALL}(?::?=|:|\||\u2192|->|\\to\b|\bis\b|\bare\b|\bequals?\b|\bto\b|\bbe\b|\bof\b)"
_ASSIGNMENT = rf"\b([wb][0-9]{{1,4}}){_MARKS}{_EQUALS}{_MARKS}({_NUMBER})"
_FOR = rf"({_NUMBER}){_MARKS}(?:for|as|in|into){_MARKS}([wb][0-9]{{1,4}})\b"
_NAMES = r"[(\[]?((?:[wb][0-9]{1,4}\s*,\s*)+[wb][0-9]{1,4})[)\]]?"
_TUPLES = rf"{_NAMES}{_MARKS}{_EQUALS}{_MARKS}[(\[]?([-+0-9./eE,\s]+)"
# Not the b of a formula such as w*x + b, after which "is 0" says something of the whole.
_NO_OPERAND = r"(?<![\w)][-+*/])(?<![\w)] [-+*/] )"
_SPOKEN = rf"{_NO_OPERAND}\b(weight|bias|w|b)\b{_MARKS}(?:{_EQUALS}{_MARKS})?({_NUMBER})"
_OF_UNIT = rf"\b(weight|bias)\s+(?:of|for|in)\s+(?:the\s+)?unit\s+([0-9]{{1,4}})\b{_MARKS}{_EQUALS}"
_OF_UNIT += rf"{_MARKS}({_NUMBER})"
_IN_UNIT = rf"((?:\b(?:weight|bias)\s+{_NUMBER}\s*(?:,|\band\b)?\s*)+)(?:for|in|of)\s+(?:the\s+)?"
_IN_UNIT += r"unit\s+([0-9]{1,4})\b"
_Z = rf"({_NUMBER}|[-+]?)\s*\*?\s*x\s*(?:([-+])\s*({_NUMBER}))?"
_RELUS = (
    rf"relu\s*\}}?\s*(?:\\left)?\(\s*{_Z}\s*(?:\\right)?\)",
    rf"\bmax\s*\\?[({{\[]\s*0\s*,\s*{_Z}\s*\\?[)}}\]]",
    rf"\bmax\s*\\?[({{\[]\s*{_Z}\s*,\s*0\s*\\?[)}}\]]",
    rf"\(\s*{_Z}\s*\)\s*_\s*\{{?\s*\+",
)
_SUBSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉\N{MINUS SIGN}", "0123456789-")
_INDEX = re.compile(r"\b([wWbB])\s*(?:_\s*\{?\s*|\[\s*)([0-9]{1,4})\s*[}\]]?")
_CODES = "|".join(map(re.escape, DIAGNOSES))
_CUT = re.compile(rf"(title|description|\s+(?:{_CODES})):\s+([^\s\"'|>#].*?)\s+(#.*)")
_UNIT = re.compile(r"\bunit\s+([0-9]{1,4})\b")


def _texts(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield where an author's own words stand, and the words."""
    yield "the title", exercise.title
    yield "the description", exercise.description
    for code, text in exercise.messages.items():
        yield f"the message for {code}", text


def answer_in_text(known: Subject) -> Iterator[str]:
    """Yield the values of right answers that title, description or messages spell out."""
    exercise = known.exercise
    if exercise.reveal == "answers":
        return
    right = {
        (name, form.constant)
        for family in known.solution.families
        for name, form in family.known.items()
        if not form.coefficients
    }
    named: set[tuple[str, str]] = set()
    for where, text in _texts(exercise):
        for name, value in _assigned(text):
            if (name, value) in right and (where, name) not in named:
                named.add((where, name))
                yield (
                    f"{where} says {name} = {exact(value)}, which is right, although feedback is "
                    f'to reveal no more than "{exercise.reveal}"; leave the value out'
                )
    yield from _units_in_text(known)


def _plain(text: str) -> str:
    """Return the text in small letters, w_1, w_{1}, w[1] and subscripts written as w1."""
    return _INDEX.sub(r"\1\2", text.translate(_SUBSCRIPTS)).lower()


def _assigned(text: str) -> Iterator[tuple[str, Fraction]]:
    """Yield the parameters that the text gives a value: w1 = 1, (w1, b1) = (1, -1), in words."""
    plain = _plain(text)
    found = re.findall(_ASSIGNMENT, plain)
    found += [(name, value) for value, name in re.findall(_FOR, plain)]
    for names, values in re.findall(_TUPLES, plain):
        found += zip(names.split(","), values.split(","), strict=False)
    parts = _UNIT.split(plain)
    for unit, said in zip(parts[1::2], parts[2::2], strict=True):
        found += [(f"{kind[0]}{unit}", value) for kind, value in re.findall(_SPOKEN, said)]
    found += [(f"{kind[0]}{unit}", value) for kind, unit, value in re.findall(_OF_UNIT, plain)]
    for said, unit in re.findall(_IN_UNIT, plain):
        found += [(f"{kind[0]}{unit}", value) for kind, value in re.findall(_SPOKEN, said)]
    for name, written in dict.fromkeys(found):
        value = _value(written)
        if value is not None:
            yield name.strip(), value


def _value(written: str) -> Fraction | None:
    try:
        return from_text(written.strip().rstrip(".-+eE/"))
    except ValueError:
        return None


def _functions(text: str) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield w and b of every relu(w*x + b) that the text writes out."""
    plain = _plain(text)
    for w, sign, b in (found for look in _RELUS for found in re.findall(look, plain)):
        weight = _value(f"{w}1" if w in {"", "+", "-"} else w)
        bias = _value(f"{sign}{b}" if b else "0")
        if weight is not None and bias is not None:
            yield weight, bias


def _units_in_text(known: Subject) -> Iterator[str]:
    """Yield the units of right answers that the words write as a function, relu(2x - 4)."""
    exercise = known.exercise
    if exercise.reveal == "answers":
        return
    given = {(unit.w, unit.b) for unit in exercise.units if unit.fixed}
    networks = [exercise.network(family.example).units for family in known.solution.families]
    right = {
        (units[part.unit].w, units[part.unit].b)
        for family, units in zip(known.solution.families, networks, strict=True)
        for part in family.parts
        if part.role != IDLE and not family.dimension
    }
    for where, text in _texts(exercise):
        for w, b in dict.fromkeys(_functions(text)):
            if (w, b) in right - given:
                yield (
                    f"{where} writes out the unit with the weight {exact(w)} and the bias "
                    f"{exact(b)}, which is right, although feedback is to reveal no more than "
                    f'"{exercise.reveal}"; leave it out'
                )


def cut_at_comment(known: Subject) -> Iterator[str]:
    """Yield that YAML takes what follows a # for a comment, so that a text ends early."""
    for line in known.source.splitlines():
        found = _CUT.fullmatch(line)
        if found:
            key, kept, lost = found.groups()
            what = f"message for {key.strip()}" if key[0].isspace() else key
            yield (
                f'the {what} is only "{inert(kept)}", for "{inert(lost, 60)}" after it is a '
                "comment; if it belongs to the text, put all of it in quotes"
            )


ROWS = (
    LintRow(
        "cut-at-comment",
        WARNING,
        "title",
        "a # without quotes cuts the title, the description or a message off",
        cut_at_comment,
    ),
    LintRow(
        "answer-in-text",
        WARNING,
        "description",
        "title, description or a message gives a right value away",
        answer_in_text,
    ),
)
