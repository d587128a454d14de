"""What every kind of file with weights is read as: the layers of a network, in exact decimals.

Arrays become dense layers, whatever they are called and whichever way round the file keeps them. A
layer is as Keras has it: an input a row, a unit a column. Numbers are text, since a layer crosses
from the contained child to the grader (`carried`).
"""

from collections.abc import Sequence

from grader.errors import SubmissionError
from grader.named import NamedTuple
from grader.text.inert import inert

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import Literal

    # What a kernel's first axis counts; "" where the file does not say.
    FirstAxis = Literal["inputs", "units", ""]
    Framework = Literal["keras", "pytorch", "scikit-learn", "arrays"]
else:
    FirstAxis = Framework = str

# The weights, biases and output weights of 10,000 units, which is the largest exercise, and one
# bias. An array that goes beyond is known by its shape alone.
MOST_NUMBERS = 30_001
MOST_LAYERS = 100


class Array(NamedTuple):
    """An array of a file: its name, dtype, shape, and row by row the decimals, if they were read.

    A decimal is the shortest that reads back as the number in its dtype: 0.1 for a float32's
    0.10000000149011612.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    values: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many numbers the shape has room for."""
        size = 1
        for length in self.shape:
            size *= length
        return size


class Dense(NamedTuple):
    """A dense layer: for each input the weights of all units, and the units' biases if it has any.

    `activation` is what the file says, in small letters; None where it does not. Where the arrays
    were too large to be read, `weights` is empty.
    """

    name: str
    dtype: str
    inputs: int
    units: int
    weights: tuple[str, ...]
    biases: tuple[str, ...] | None = None
    activation: str | None = None


class Saved(NamedTuple):
    """A network as a file has it, and whose words a message about it takes."""

    framework: Framework
    layers: tuple[Dense, ...]


def refusal(message: str) -> SubmissionError:
    """Return the error for a file that has no weights that can be read."""
    return SubmissionError("not-weights", message)


def dense(
    name: str, kernel: Array, bias: Array | None, first: FirstAxis = "", before: int = 1
) -> Dense:
    """Return the dense layer of two arrays; `before` is how many units the layer before has.

    Raises: SubmissionError (not-weights).
    """
    if len(kernel.shape) != 2:
        raise refusal(
            f'"{inert(kernel.name, 60)}" has {dimensions(len(kernel.shape))}; only dense layers '
            "can be graded, whose weights have 2"
        )
    first = first or _first_axis(kernel.shape, bias, before)
    inputs, units = kernel.shape if first == "inputs" else kernel.shape[::-1]
    if bias is not None and bias.shape != (units,):
        raise refusal(
            f'"{inert(bias.name, 60)}" has the shape {shape(bias.shape)}, but "'
            f'{inert(kernel.name, 60)}" has {counted(units, "unit")}; a bias needs one number a '
            "unit"
        )
    weights = kernel.values
    if first == "units":
        weights = tuple(v for row in range(inputs) for v in weights[row::inputs])
    biases = None if bias is None else bias.values
    return Dense(name, kernel.dtype, inputs, units, weights, biases)


def _first_axis(kernel: tuple[int, ...], bias: Array | None, before: int) -> FirstAxis:
    """Tell what the first axis counts, by the bias, else by the layer before, else as in Keras."""
    if bias is not None and kernel[0] != kernel[1]:
        return "units" if bias.shape == kernel[:1] else "inputs"
    return "units" if kernel[0] != before and kernel[1] == before else "inputs"


def in_order(arrays: Sequence[Array]) -> tuple[Dense, ...]:
    """Return the layers of arrays without telling names, as `get_weights()` lists them.

    That is kernel, bias, kernel, bias; all kernels and then all biases, as scikit-learn has them;
    or the hidden layer's weights and biases alone, each a list of numbers.

    Raises: SubmissionError (not-weights).
    """
    kernels = [array for array in arrays if len(array.shape) != 1]
    biases = [array for array in arrays if len(array.shape) == 1]
    if not kernels:
        return (_bare(biases),)
    after = [len(array.shape) != 1 for array in arrays]
    if biases and after == sorted(after, reverse=True) and len(kernels) == len(biases):
        pairs: list[tuple[Array, Array | None]] = list(zip(kernels, biases, strict=True))
    else:
        pairs = _followed(arrays)
    return _chain([(pair[0].name, *pair) for pair in pairs], "")


def _bare(arrays: list[Array]) -> Dense:
    lengths = {array.shape for array in arrays}
    if len(arrays) != 2 or len(lengths) != 1:
        shapes = ", ".join(shape(array.shape) for array in arrays) or "nothing"
        raise refusal(
            f"none of the arrays is a weight matrix: {shapes}; save every array of "
            "get_weights(), in its order"
        )
    kernel, bias = arrays
    return dense(kernel.name, kernel._replace(shape=(1, *kernel.shape)), bias, "inputs")


def _followed(arrays: Sequence[Array]) -> list[tuple[Array, Array | None]]:
    """Return each kernel with the bias that follows it."""
    pairs: list[tuple[Array, Array | None]] = []
    for array in arrays:
        if len(array.shape) != 1:
            pairs.append((array, None))
        elif pairs and pairs[-1][1] is None:
            pairs[-1] = (pairs[-1][0], array)
        else:
            raise refusal(
                f'"{inert(array.name, 60)}", of shape {shape(array.shape)}, follows no weight '
                "matrix; save every array of get_weights(), in its order"
            )
    return pairs


_IN_PARTS = ("weight_orig", "weight_mask", "weight_g", "weight_v", "weight_u", "parametrizations.")
_LEAVES: dict[str, tuple[str, FirstAxis]] = {
    "kernel": ("kernel", "inputs"),
    "weight": ("kernel", "units"),
    "bias": ("bias", ""),
}


def by_name(arrays: Sequence[Array]) -> tuple[Dense, ...] | None:
    """Return the layers of arrays whose names say what they are; None where they do not.

    `kernel` is Keras's word, `weight` PyTorch's; what precedes it names the layer.

    Raises: SubmissionError (not-weights).
    """
    groups: dict[str, dict[str, tuple[Array, FirstAxis]]] = {}
    for array in arrays:
        prefix, leaf = _split(array.name)
        if leaf not in _LEAVES:
            continue
        part, first = _LEAVES[leaf]
        groups.setdefault(prefix, {})[part] = (array, first)
    if not groups:
        return None
    for array in arrays:
        if _split(array.name)[1] not in _LEAVES:
            raise _outside(array.name)
    parts: list[tuple[str, Array, Array | None]] = []
    firsts: set[FirstAxis] = set()
    for prefix, group in groups.items():
        if "kernel" not in group:
            raise refusal(f'the layer "{inert(prefix, 60)}" has a bias and no weights')
        kernel, first = group["kernel"]
        firsts.add(first)
        parts.append((prefix, kernel, group["bias"][0] if "bias" in group else None))
    return _chain(parts, firsts.pop() if len(firsts) == 1 else "")


def _outside(name: str) -> SubmissionError:
    """Return the error for an array that is neither a dense layer's weights nor its biases."""
    shown = inert(name, 60)
    if any(mark in name for mark in _IN_PARTS):
        return refusal(
            f'"{shown}" is a part of a layer\'s weights, as pruning and weight normalisation keep '
            "them; make them one before you save: torch.nn.utils.prune.remove(layer, 'weight') or "
            "torch.nn.utils.parametrize.remove_parametrizations(layer, 'weight')"
        )
    return refusal(f'"{shown}" belongs to no dense layer; hand in a network of dense layers alone')


def _split(name: str) -> tuple[str, str]:
    """Return a layer's name and the word for the array: "0.weight", "units/kernel:0"."""
    plain = name.removesuffix(":0")
    at = max(plain.rfind("."), plain.rfind("/"))
    return plain[: max(at, 0)], plain[at + 1 :]


def _chain(parts: Sequence[tuple[str, Array, Array | None]], first: FirstAxis) -> tuple[Dense, ...]:
    """Return the layers; two whose names are sorted the wrong way round change places."""
    if len(parts) > MOST_LAYERS:
        raise refusal(f"there are {len(parts):,} layers; the exercise needs two")
    made: list[Dense] = []
    for name, kernel, bias in parts:
        made.append(dense(name, kernel, bias, first, made[-1].units if made else 1))
    if len(made) == 2 and made[0].inputs != 1 and made[1].inputs == 1:
        made.reverse()
    return tuple(made)


def shape(lengths: tuple[int, ...]) -> str:
    """Return a shape as NumPy writes it."""
    inside = ", ".join(map(str, lengths))
    return f"({inside},)" if len(lengths) == 1 else f"({inside})"


def counted(count: int, what: str) -> str:
    """Return a count with its noun."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def dimensions(count: int) -> str:
    """Return a number of dimensions in words."""
    return counted(count, "dimension")
