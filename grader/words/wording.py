"""How numbers and findings are put into plain English words."""

from fractions import Fraction
from math import floor

from grader.exercise.checks import HALF, Tolerance
from grader.report import CheckResult
from grader.text.codes import Reveal

_PLAIN_DECIMALS = 6
_PLAIN_DENOMINATOR = 12
_PLAIN_SIZE = 10**12


def number(value: Fraction, unlike: Fraction | None = None) -> str:
    """Return the number as a person would write it: exactly where that is short, else rounded.

    A rounded text that would read the same as that of the number `unlike` gets more digits.
    """
    numerator, denominator = value.numerator, value.denominator
    if abs(numerator) < _PLAIN_SIZE * denominator:
        if denominator == 1:
            return str(numerator)
        factor, rest = divmod(10**_PLAIN_DECIMALS, denominator)
        if not rest:
            return decimal(numerator * factor, _PLAIN_DECIMALS)
        if denominator <= _PLAIN_DENOMINATOR:
            return str(value)
    try:
        double = numerator / denominator
    except OverflowError:
        return "a number too large to write"
    for digits in range(6, 18):
        text = f"{double:.{digits}g}"
        if unlike is None or Fraction(text) != unlike:
            break
    return f"about {text}"


def points(value: Fraction) -> str:
    """Return points with at most two decimals; 99.996, never rounded up to a whole, is 99.99."""
    return decimal(hundredths(value), 2)


def hundredths(value: Fraction) -> int:
    """Return how many hundredths of a point are shown."""
    scaled = value * 100
    nearest = floor(scaled + HALF)
    return nearest - 1 if nearest > scaled and not nearest % 100 else nearest


def points_of(value: Fraction, full: Fraction) -> str:
    """Return the points earned of some, which look like all of them only if they are all."""
    return decimal(hundredths_of(value, full), 2)


def hundredths_of(value: Fraction, full: Fraction) -> int:
    """Return how many hundredths are shown of points that were earned of some."""
    shown = hundredths(value)
    return shown - 1 if value < full and shown == hundredths(full) > 0 else shown


def decimal(scaled: int, decimals: int) -> str:
    """Return scaled / 10**decimals without trailing zeros."""
    if not scaled:
        return "0"
    whole, rest = divmod(abs(scaled), 10**decimals)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole}" + (f".{rest:0{decimals}}".rstrip("0") if rest else "")


def name(check: CheckResult) -> str:
    """Return the check's name as a student reads it: Segment 1."""
    kind, _, place = check.id.partition("-")
    return f"{kind.capitalize()} {place}"


def check_message(check: CheckResult, tolerance: Tolerance, reveal: Reveal, cost: str = "") -> str:
    """Return what was expected, what was found where, and how far off is allowed.

    `cost` says what a check that was right before costs now.
    """
    if reveal == "verdict":
        return _verdict(check)
    if check.expected is not None and check.found is not None:
        return _breakpoint_message(check, check.expected, check.found, tolerance, cost)
    return _segment_message(check, tolerance.value, cost)


def cost_of_disturbing(lost: Fraction, *, alone: bool) -> str:
    """Return what a share of the points that is taken off means, `alone` if no other check does."""
    if alone:
        return f", so you keep {_share(1 - lost)} of your points"
    return f", so you lose {_share(lost)} of your points"


def _share(share: Fraction) -> str:
    """Return a share of a whole as a plain fraction, or as a percentage, rounded down."""
    return str(share) if share.denominator <= _PLAIN_DENOMINATOR else percent(share)


def _verdict(check: CheckResult) -> str:
    if check.credit == 1:
        return f"{name(check)} is right."
    if check.credit:
        return f"{name(check)} is partly right."
    return f"{name(check)} is not right yet."


def _segment_message(check: CheckResult, allowed: Fraction, cost: str) -> str:
    where = f"from x = {number(check.left)} to x = {number(check.right)}"
    off = check.misfit
    if off is None or not off.error:
        return f"{name(check)}, {where}, matches the target exactly."
    worst = (
        f"at x = {number(off.x)} the target is {number(off.expected)} and your network gives "
        f"{number(off.found, off.expected)}, which is {_off(off.error, allowed)}"
    )
    if check.credit == 1:
        return f"{name(check)}, {where}, is right; {worst}."
    if check.role == "guard":
        return (
            f"{name(check)}, {where}, was right before you began; your units now disturb it"
            f"{cost}: {worst}."
        )
    if check.basis == "near" and check.credit:
        nearness = f"is {_how_near(check)}. {worst[0].upper()}{worst[1:]}"
        return f"{name(check)}, {where}, {nearness}: {_of(check)}."
    share = f" It is right on {percent(check.coverage)} of its length." if check.coverage else ""
    return f"{name(check)}, {where}, is not right: {worst}.{share}"


def _how_near(check: CheckResult) -> str:
    return "almost right" if check.credit >= HALF else "not far off"


def _of(check: CheckResult) -> str:
    """Return the points that the check earns, of how many."""
    return f"{points(check.points)} of {points(check.max_points)}"


def percent(share: Fraction) -> str:
    """Return a share as a percentage, rounded down, for it is never the whole."""
    whole = floor(share * 100)
    return f"{whole} %" if whole else "less than 1 %"


def how_far_off(check: CheckResult, tolerance: Tolerance) -> str:
    """Return how far off what fades is, and how far is allowed; "" where nothing fades."""
    if not check.credit or check.credit == 1 or check.basis != "near" or check.role == "guard":
        return ""
    if check.misfit is not None:
        return _off(check.misfit.error, tolerance.value)
    if check.near is None:
        return ""
    _, distance, difference = check.near
    bend = _off(difference, tolerance.slope) if difference > tolerance.slope else ""
    if distance <= tolerance.x:
        return f"yours is {bend}"
    turn = f"your turn is {_off(distance, tolerance.x)}"
    return f"{turn} and the slope change is {bend}" if bend else turn


def _off(error: Fraction, allowed: Fraction) -> str:
    return f"{number(error, allowed)} off where {number(allowed)} is allowed"


def _breakpoint_message(
    check: CheckResult, expected: Fraction, found: Fraction, tolerance: Tolerance, cost: str
) -> str:
    place = f"at x = {number(check.left)}"
    should = f"{place} the slope should change by {number(expected)}"
    yours = f"yours changes by {number(found, expected)} there"
    if not found:
        yours = "yours stays the same there"
    if check.basis == "full" and check.credit == 1:
        finding = f" is right: {place} the slope changes by {number(found)}"
    elif check.role == "guard" and check.credit < 1:
        disturbed = f"was right before you began; your units now disturb it{cost}"
        finding = f" {disturbed}: {should}, but {yours}"
    elif check.basis == "own-unit":
        finding = (
            f": one of your units changes the slope by the right amount {place}, so these points "
            f"are yours; but all units together change it by {number(found, expected)} instead of "
            f"{number(expected)}"
        )
    elif check.basis == "near" and check.credit:
        finding = (
            f" is {_how_near(check)}. {should[0].upper()}{should[1:]}; "
            f"{how_far_off(check, tolerance)}: {_of(check)}"
        )
    elif check.basis == "position":
        finding = f" is at the right place, but {should} and {yours}"
    else:
        finding = f" is {'not right' if found else 'missing'}: {should}, but {yours}"
    return f"{name(check)}{finding}."
