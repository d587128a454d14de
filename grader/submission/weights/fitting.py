"""From a trained network's layers to an exercise's parameters: the one place where they meet.

    file         x --(w, b)--> hidden layer, ReLU --(u)--> output layer --> f(x)
    exercise     f(x) = c + v0*relu(w0*x + b0) + v1*relu(w1*x + b1) + ...

Unit k of the hidden layer is unit k of the exercise, or under `order: any` the one that `pairing`
finds. The file's output weight u goes into the unit where it may: u*relu(z) = v*relu(z*u/v) for a
positive u/v. A given unit must be there with its own numbers, within the rounding of the file's
dtype; only the free parameters go on from here.
"""

from collections.abc import Iterator
from fractions import Fraction

from grader.errors import SubmissionError
from grader.exact.network import ZERO, UnitSpec
from grader.exact.rational import from_text
from grader.exercise.record import Exercise
from grader.named import NamedTuple
from grader.submission.weights import messages
from grader.submission.weights.layers import Dense, Saved
from grader.submission.weights.pairing import FileUnit, is_there, paired, scale

# By which part of itself a number may differ from the one that was meant: half a step of the
# dtype by rounding to it, half by taking the shortest decimal, and as much again by folding.
_ROUNDING = {
    "float16": Fraction(1, 1 << 9),
    "bfloat16": Fraction(1, 1 << 6),
    "float32": Fraction(1, 1 << 22),
    "float64": Fraction(1, 1 << 51),
}
_IDLE = ("linear", "identity")


class Fitted(NamedTuple):
    """The free parameters by name, and what the report has to say about how they were found."""

    parameters: tuple[tuple[str, Fraction], ...]
    notes: tuple[str, ...]


def fitted(saved: Saved, exercise: Exercise) -> Fitted:
    """Return the exercise's free parameters as the network has them.

    Raises: SubmissionError (wrong-network, fixed-parameter, out-of-range).
    """
    hidden, output = _layers(saved, exercise)
    if hidden.activation not in {None, "relu"}:
        raise messages.other_activation(saved.framework, hidden.activation or "")
    if output is not None and output.activation not in {None, *_IDLE}:
        raise messages.active_output(output.activation or "")
    units = _units(hidden, output)
    slack = _ROUNDING.get(hidden.dtype, ZERO)
    if output is not None:
        _check_bias(saved, output, exercise.bias, slack)
    places = paired(units, exercise.units, slack, in_any_order=exercise.any_order)
    parameters = [
        row
        for k, (spec, at) in enumerate(zip(exercise.units, places, strict=True))
        for row in _free(_Place(k, at, exercise.any_order), units[at], spec, slack)
    ]
    return Fitted(tuple(parameters), messages.notes(hidden, units, exercise, places))


class _Place(NamedTuple):
    """A unit of the exercise, the file's unit that it is, and whether that was looked for."""

    unit: int
    at: int
    any_order: bool


def _free(
    place: _Place, unit: FileUnit, spec: UnitSpec, slack: Fraction
) -> Iterator[tuple[str, Fraction]]:
    """Yield a unit's free parameters. Raises: SubmissionError if a given one is another."""
    factor = scale(unit, spec.v)
    if factor is None:
        raise messages.other_output_weight(unit.u or ZERO, spec.v, place.unit, place.at)
    for letter, number, given in (("w", unit.w * factor, spec.w), ("b", unit.b * factor, spec.b)):
        name = f"{letter}{place.unit}"
        if given is None:
            yield name, number
        elif not is_there(number, given, slack):
            raise messages.other_given(name, given, number, place.at, any_order=place.any_order)


def fits(saved: Saved, exercise: Exercise) -> bool:
    """Tell whether the network is one for the exercise."""
    try:
        fitted(saved, exercise)
    except SubmissionError:
        return False
    return True


def _layers(saved: Saved, exercise: Exercise) -> tuple[Dense, Dense | None]:
    """Return hidden and output layer. Raises: SubmissionError (wrong-network)."""
    count = len(exercise.units)
    shapes = [(each.inputs, each.units) for each in saved.layers]
    if shapes not in ([(1, count)], [(1, count), (count, 1)]):
        raise messages.other_shape(saved, count)
    return saved.layers[0], saved.layers[1] if len(saved.layers) > 1 else None


def _units(hidden: Dense, output: Dense | None) -> list[FileUnit]:
    """Return the units of the file in exact numbers. Raises: SubmissionError (out-of-range)."""
    weights = [_number(text, hidden) for text in hidden.weights]
    biases = [_number(text, hidden) for text in hidden.biases or ["0"] * hidden.units]
    if output is None:
        return [FileUnit(w, b, None) for w, b in zip(weights, biases, strict=True)]
    outputs = [_number(text, output) for text in output.weights]
    return [FileUnit(*row) for row in zip(weights, biases, outputs, strict=True)]


def _number(text: str, layer: Dense) -> Fraction:
    try:
        return from_text(text)
    except ValueError as error:
        raise messages.out_of_range(layer.name, str(error)) from None


def _check_bias(saved: Saved, output: Dense, bias: Fraction, slack: Fraction) -> None:
    found = _number(output.biases[0], output) if output.biases else ZERO
    if abs(found - bias) > slack * abs(bias):
        raise messages.other_bias(saved.framework, found, bias)
