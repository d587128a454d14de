"""An exercise as JSON for the page's module: every number a text, so that none is rounded."""

from fractions import Fraction

from grader.exercise.record import Check, Exercise
from grader.labs.advising import hints
from grader.labs.controls import Control
from grader.version import VERSION


def payload(
    exercise: Exercise,
    controls: tuple[Control, ...],
    *,
    hand_in: str | None,
    intro: bool,
    framed: bool = False,
) -> dict[str, object]:
    """Return what the page knows of the exercise.

    A right answer is part of it only where the exercise reveals answers: whoever reads the page's
    source finds what it holds. `framed` is for a page among fields that are handed in.
    """
    return variant_facts(exercise) | {
        "format": 1,
        "version": VERSION,
        "id": exercise.id,
        "title": exercise.title,
        "digest": exercise.digest,
        "domain": [str(x) for x in exercise.domain],
        "segments": [[str(n) for n in segment] for segment in exercise.segments],
        "units": [[_text(unit.w), _text(unit.b), str(unit.v)] for unit in exercise.units],
        "bias": str(exercise.bias),
        "tolerance": [str(n) for n in exercise.rules.tolerance],
        "fade": [str(n) for n in exercise.rules.fade],
        "positionCredit": str(exercise.rules.position_credit),
        "points": str(exercise.points),
        "reveal": exercise.reveal,
        "live": exercise.live,
        "sliders": [
            {"name": each.name, "min": str(each.min), "max": str(each.max), "step": str(each.step)}
            for each in controls
        ],
        "checks": [_check(check) for check in exercise.checks],
        "hints": hints(exercise),
        "handIn": hand_in,
        "intro": intro,
        "framed": framed,
    }


def variant_facts(exercise: Exercise, student: str = "") -> dict[str, object]:
    """Return what the page hands in of a variant, and whose it is; nothing where there is none."""
    variant = exercise.variant
    if variant is None or variant.number is None:
        return {}
    return {"variant": {"number": variant.number, "list": variant.digest, "student": student}}


def _check(check: Check) -> dict[str, str]:
    return {
        "id": check.id,
        "kind": check.kind,
        "role": check.role,
        "left": str(check.left),
        "right": str(check.right),
        "change": str(check.slope_change),
        "blank": str(check.blank),
        "share": str(check.share),
        "worth": str(check.worth),
    }


def _text(number: Fraction | None) -> str | None:
    return None if number is None else str(number)
