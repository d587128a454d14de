"""Linear forms over named unknowns, and the equations between them brought into solved form."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from grader.exact.network import ZERO
from grader.exact.ratio import Ratio


class Form(NamedTuple):
    """A constant plus coefficients times unknowns, by name; coefficients of 0 are left out."""

    constant: Fraction
    coefficients: Mapping[str, Fraction]

    def plus(self, other: "Form", times: Fraction | int = 1) -> "Form":
        """Return this form plus the other one a number of times."""
        if not times:
            return self
        constant_ = self.constant + other.constant * times if other.constant else self.constant
        if not other.coefficients:
            return Form(constant_, self.coefficients)
        coefficients = dict(self.coefficients)
        for name, c in other.coefficients.items():
            total = coefficients.get(name, ZERO) + c * times
            if total:
                coefficients[name] = total
            else:
                coefficients.pop(name, None)
        return Form(constant_, coefficients)

    def times(self, factor: Fraction | int) -> "Form":
        """Return the form multiplied by a number."""
        return NOTHING.plus(self, factor)

    def value(self, values: Mapping[str, Fraction]) -> Fraction:
        """Return the number that the form is for these values of its unknowns."""
        return self.constant + sum((c * values[n] for n, c in self.coefficients.items()), ZERO)

    def put(self, known: Mapping[str, "Form"]) -> "Form":
        """Return the form with unknowns replaced by the forms that are known for them."""
        result = Form(self.constant, {})
        for name, c in self.coefficients.items():
            result = result.plus(known.get(name) or unknown(name), c)
        return result


ONE: Fraction = Ratio(1)
NOTHING = Form(ZERO, {})


def constant(value: Fraction) -> Form:
    """Return the form that is this number."""
    return Form(value, {})


def unknown(name: str) -> Form:
    """Return the form that is this unknown."""
    return Form(ZERO, {name: ONE})


def total(forms: Iterable[Form]) -> Form:
    """Return the sum of the forms."""
    result = NOTHING
    for form in forms:
        result = result.plus(form)
    return result


def solved(equations: Sequence[Form], names: Sequence[str]) -> dict[str, Form] | None:
    """Solve "each form is 0" for as many unknowns as possible, earlier names first.

    Returns a form in the remaining unknowns for each solved one, in the order of `names`; None if
    the equations contradict each other.
    """
    known: dict[str, Form] = {}
    for equation in equations:
        form = equation.put(known)
        name = next((n for n in names if n in form.coefficients), None)
        if name is None:
            if form.constant:
                return None
            continue
        c = form.coefficients[name]
        answer = Form(form.constant, {n: k for n, k in form.coefficients.items() if n != name})
        answer = answer.times(-1 / c)
        known = {n: f.put({name: answer}) for n, f in known.items()} | {name: answer}
    return {name: known[name] for name in names if name in known}
