"""What is said of a trained network: why it is not the exercise's, and how it was read.

In the words of the framework that saved it, where that is known: Dense(3), Linear(1, 3).
"""

from collections.abc import Sequence
from fractions import Fraction

from grader.errors import SubmissionError
from grader.exact.rational import to_double
from grader.exercise.record import Exercise
from grader.submission.weights.layers import Dense, Framework, Saved, counted
from grader.submission.weights.pairing import FileUnit
from grader.text.inert import inert
from grader.text.lists import listed

_MOST_SHOWN = 5  # layers, units
_RELU = {
    "keras": 'Dense({0}, activation="relu")',
    "pytorch": "nn.Linear(1, {0}) and nn.ReLU()",
    "scikit-learn": 'MLPRegressor(hidden_layer_sizes=({0},), activation="relu")',
}
_NO_BIAS = {
    "keras": "Dense(1, use_bias=False)",
    "pytorch": "nn.Linear({0}, 1, bias=False)",
}
_FROZEN = "keep the output layer as it is while you train (the snippet of grader template does)"


def _layer(framework: Framework, inputs: int, units: int) -> str:
    """Return how a framework's people write a layer."""
    if framework == "keras":
        return f"Dense({units:,})"
    if framework == "pytorch":
        return f"Linear({inputs:,}, {units:,})"
    return f"a layer of {counted(units, 'unit')}"


def other_shape(saved: Saved, units: int) -> SubmissionError:
    """Return the error for layers that are not one hidden layer and one output."""
    shapes = [(each.inputs, each.units) for each in saved.layers]
    if not shapes:
        message = "the file has no layers with weights; hand in the network that was trained"
        return SubmissionError("wrong-network", message)
    wanted = [(1, units), (units, 1)]
    if len(shapes) > 2:
        shown = ", ".join(_layer(saved.framework, *each) for each in shapes[:_MOST_SHOWN])
        more = ", ..." if len(shapes) > _MOST_SHOWN else ""
        asked = " and ".join(_layer(saved.framework, *each) for each in wanted)
        message = (
            f"{asked} were expected, the file has {len(shapes):,} layers: {shown}{more}; the "
            "exercise has one hidden layer"
        )
        return SubmissionError("wrong-network", message)
    expected, found = next(pair for pair in zip(wanted, shapes, strict=False) if pair[0] != pair[1])
    inputs = counted(found[0], "unit") if expected == wanted[1] else "an input of 1"
    after = f"after {inputs}"
    if found[0] != expected[0] and expected == wanted[0]:
        after = f"after an input of {found[0]:,}; the exercise has one x"
    where = "as output " if expected == wanted[1] else ""
    message = (
        f"{_layer(saved.framework, *expected)} was expected {where}, the file has "
        f"{_layer(saved.framework, *found)} {after}"
    ).replace(" ,", ",")
    return SubmissionError("wrong-network", message)


def other_activation(framework: Framework, found: str) -> SubmissionError:
    """Return the error for a hidden layer that is not ReLU."""
    shown = inert(found, 40)
    has = "no activation" if found in {"linear", "identity"} else f"the activation {shown}"
    wanted = _RELU.get(framework, "ReLU").format("...")
    return SubmissionError(
        "wrong-network",
        f"the hidden layer has {has}, and the exercise is about ReLU; build it with {wanted}, "
        "train it again and save it",
    )


def active_output(found: str) -> SubmissionError:
    """Return the error for an output layer that does more than add up."""
    return SubmissionError(
        "wrong-network",
        f"the output layer has the activation {inert(found, 40)}, but the exercise adds its units "
        "up and leaves the sum as it is; build it without an activation, train again and save",
    )


def other_bias(framework: Framework, found: Fraction, bias: Fraction) -> SubmissionError:
    """Return the error for an output bias that the exercise does not have."""
    without = _NO_BIAS.get(framework, "").format("...")
    advice = f"build it with {without}" if without and not bias else f"keep it at {bias}"
    return SubmissionError(
        "wrong-network",
        f"the output layer has the bias {_short(found)}, and the exercise has {bias}; {advice}, "
        "train again and save",
    )


def other_output_weight(u: Fraction, v: Fraction, k: int, at: int) -> SubmissionError:
    """Return the error for an output weight that cannot go into its unit."""
    which = f"unit {k}" if k == at else f"unit {at}, which would be unit {k},"
    return SubmissionError(
        "wrong-network",
        f"the output layer gives {which} the weight {_short(u)}, and the exercise has {v} there. "
        f"Only a positive factor can go into a unit, since v*relu(z) = relu(v*z); {_FROZEN}",
    )


def other_given(
    name: str, given: Fraction, found: Fraction, at: int, *, any_order: bool
) -> SubmissionError:
    """Return the error for a given parameter that has another value."""
    unit = name[1:]
    where = f"the file's unit {at}, which comes nearest," if any_order else "the file"
    return SubmissionError(
        "fixed-parameter",
        f'"{name}" is given: {given}. But {where} has {_short(found)}; unit {unit} must stay as '
        "it is while the others are trained",
        name,
    )


def out_of_range(layer: str, reason: str) -> SubmissionError:
    """Return the error for a number that is too large."""
    return SubmissionError(
        "out-of-range",
        f'a number of the layer "{inert(layer, 40)}" {reason}; the training went astray: try a '
        "smaller learning rate",
    )


def notes(
    hidden: Dense, units: Sequence[FileUnit], exercise: Exercise, places: Sequence[int]
) -> tuple[str, ...]:
    """Return what was taken for granted and what was moved, a sentence each."""
    said: list[str] = []
    moved = [(k, at) for k, at in enumerate(places) if k != at]
    if moved:
        said.append(f"The units are in another order: {_which(moved)}.")
    folded = [
        k
        for k, at in enumerate(places)
        if (u := units[at].u) is not None and u != exercise.units[k].v
    ]
    if folded:
        named = [f"unit {k}" for k in folded]
        said.append(f"The output layer's weights went into the units: {listed(named)}.")
    if units and units[0].u is None:
        said.append("The file has no output layer; the exercise's own output weights count.")
    if hidden.biases is None:
        said.append("The hidden layer has no biases; they count as 0.")
    if hidden.activation is None:
        said.append("The file does not say which activation the hidden layer has: ReLU is assumed.")
    return tuple(said)


def _which(moved: Sequence[tuple[int, int]]) -> str:
    """Return which unit is which of the file's; of many in two rows, so that all are named."""
    if len(moved) <= _MOST_SHOWN:
        return listed([f"unit {k} is the file's unit {at}" for k, at in moved])
    ours, theirs = (", ".join(map(str, row)) for row in zip(*moved, strict=True))
    return f"units {ours} are the file's units {theirs}, in this order"


def _short(number: Fraction) -> str:
    """Return a number as people read it, to six digits."""
    double = to_double(number)
    return "a very large number" if double is None else f"{double:.6g}"
