"""A network as JSON: the lists of `get_weights()`, or scikit-learn's coefs_ and intercepts_.

`tolist()` writes a float32's 0.1 as 0.10000000149011612. Where every number of a file is one that
a float32 can hold, they were float32s, and count as such.
"""

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grader.errors import SubmissionError
from grader.submission.described import describe
from grader.submission.record import Trained
from grader.submission.weights.by_names import from_names
from grader.submission.weights.layers import (
    MOST_LAYERS,
    MOST_NUMBERS,
    Array,
    Saved,
    in_order,
    refusal,
)
from grader.submission.weights.shortest import shortest
from grader.text.inert import inert

_ACTIVATION = "activation"
_DEEPEST = 3
_SAVE = "json.dump([a.tolist() for a in model.get_weights()], file) writes lists that can be graded"


def is_network(value: Sequence[object]) -> bool:
    """Tell whether a list of JSON is of lists without names, as the arrays of a network are."""
    return bool(value) and all(type(each) is list and not _named(each) for each in value)


def _named(pair: Sequence[object]) -> bool:
    """Tell a pair such as ["w1", 1]: its first entry is text, and is followed by something else."""
    return bool(pair) and type(pair[0]) is str and not all(type(each) is str for each in pair)


def from_list(value: Sequence[object]) -> Trained:
    """Return the network of a list of arrays.

    Raises: SubmissionError (not-weights, not-a-number).
    """
    return Trained.of(from_names(_arrays((f"array {k}", each) for k, each in enumerate(value))))


def from_object(value: Mapping[str, object]) -> Trained:
    """Return the network of coefs_ and intercepts_, and what it says about activations.

    Raises: SubmissionError (not-weights, not-a-number).
    """
    if "coefs_" not in value:
        raise refusal(
            "this is the model.json of TensorFlow.js without the file of its numbers; hand in both "
            "in one zip"
        )
    kernels, biases = value.get("coefs_"), value.get("intercepts_")
    if not isinstance(kernels, list) or not isinstance(biases, list):
        raise refusal("coefs_ and intercepts_ must be two lists with an array for each layer")
    named = [(f"coefs_{k}", each) for k, each in enumerate(kernels)]
    named += [(f"intercepts_{k}", each) for k, each in enumerate(biases)]
    layers = list(in_order(_arrays(named)))
    said = (value.get(_ACTIVATION), value.get("out_activation_"))
    if isinstance(said[0], str):
        layers[:-1] = [each._replace(activation=said[0]) for each in layers[:-1]]
    if isinstance(said[1], str):
        layers[-1] = layers[-1]._replace(activation=said[1])
    return Trained.of(Saved("scikit-learn", tuple(layers)))


def _arrays(named: Iterable[tuple[str, object]]) -> list[Array]:
    found = [(name, _lengths(value, name), list(_numbers(value, name))) for name, value in named]
    if len(found) > 2 * MOST_LAYERS or sum(len(each) for *_, each in found) > MOST_NUMBERS:
        raise refusal("there are more numbers than any network of the exercise has")
    dtype = "float32" if all(_is_single(x) for *_, each in found for x in each) else "float64"
    return [
        Array(name, dtype, lengths, tuple(shortest(x, dtype) for x in numbers))
        for name, lengths, numbers in found
    ]


def _lengths(value: object, name: str, depth: int = 0) -> tuple[int, ...]:
    """Return a nested list's shape. Raises: SubmissionError (not-weights) if it has none."""
    if not isinstance(value, list):
        return ()
    inner = {_lengths(each, name, depth + 1) for each in value}
    if len(inner) > 1 or depth > _DEEPEST:
        raise refusal(f"{name} is a list of rows of different lengths; {_SAVE}")
    return (len(value), *(inner.pop() if inner else ()))


def _numbers(value: object, name: str) -> Iterator[float]:
    if isinstance(value, list):
        for each in value:
            yield from _numbers(each, name)
    elif isinstance(value, float):
        yield float(value)
    else:
        raise SubmissionError(
            "not-a-number", f"{name} holds {inert(describe(value), 60)}, not a number; {_SAVE}"
        )


def _is_single(number: float) -> bool:
    try:
        return bool(struct.unpack("<f", struct.pack("<f", number))[0] == number)
    except OverflowError:
        return False
