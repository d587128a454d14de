"""A submission as TensorFlow.js saves it: model.json and the files of numbers that it lists.

Two files or more, so they come as a zip archive of them; of a model.json on its own the desk adds
the files beside it and hands in the same archive. `paths` are looked up in it by their names.

Source: tfjs-core 4.22 io/types.ts (ModelJSON, WeightsManifestGroupConfig) and io_utils.ts.
"""

from collections.abc import Iterator, Mapping

from grader.submission.weights.by_names import from_names
from grader.submission.weights.contained import contained
from grader.submission.weights.cursor import Cursor
from grader.submission.weights.keras_config import activated, planned
from grader.submission.weights.layers import Array, Saved, refusal
from grader.submission.weights.objects import integers, mapping, parsed, sequence, words
from grader.submission.weights.shortest import DTYPES, array
from grader.submission.weights.zipped import Packed, members, unpacked
from grader.text.inert import inert

_WHAT = "the TensorFlow.js model"
_MANIFEST = "weightsManifest"
_MOST_ARRAYS = 1_000


def layers(data: bytes) -> Saved:
    """Return the layers of the model, with the activations that its topology names.

    Raises: SubmissionError (not-weights, not-a-number).
    """
    found = {name.rpartition("/")[2]: member for name, member in members(data).items()}
    model = _model(data, found)
    arrays = list(_arrays(data, found, model))
    saved = from_names(arrays)._replace(framework="keras")
    topology = mapping(model.get("modelTopology") or {}, _WHAT)
    inside = topology.get("model_config", topology)
    plan = planned(mapping(inside, _WHAT))
    return saved._replace(layers=activated(saved.layers, plan)) if plan else saved


def _model(data: bytes, found: Mapping[str, Packed]) -> dict[str, object]:
    """Return the archive's model.json, by whatever name. Raises: SubmissionError."""
    for name, member in found.items():
        if name.endswith(".json"):
            value = parsed(unpacked(data, member), f'"{inert(name, 60)}"')
            if isinstance(value, dict) and _MANIFEST in value:
                return value
    raise refusal("the archive has no model.json of TensorFlow.js; hand in both of its files")


def _arrays(data: bytes, found: Mapping[str, Packed], model: dict[str, object]) -> Iterator[Array]:
    count = 0
    for each in sequence(model[_MANIFEST], _WHAT):
        group = mapping(each, _WHAT)
        parts = [_part(data, found, path) for path in sequence(group.get("paths"), _WHAT)]
        window = Cursor(b"".join(parts), "the weights of model.json")
        for about in sequence(group.get("weights"), _WHAT):
            yield _array(mapping(about, _WHAT), window)
            count += 1
            if count > _MOST_ARRAYS:
                raise refusal("there are thousands of arrays; the exercise needs four")
        if window.left:
            raise refusal(
                f"there are {window.left:,} bytes more than model.json lists; save both files again"
            )


def _part(data: bytes, found: Mapping[str, Packed], path: object) -> bytes:
    name = words(path, _WHAT)
    if name not in found:
        raise refusal(
            f'model.json lists "{inert(name, 60)}", which is not beside it; hand in both files of '
            "model.save(), in one zip"
        )
    return unpacked(data, found[name])


def _array(about: dict[str, object], window: Cursor) -> Array:
    name, dtype = words(about.get("name"), _WHAT), words(about.get("dtype"), _WHAT)
    if "quantization" in about or dtype not in DTYPES:
        raise refusal(
            f'"{inert(name, 60)}" is quantised, or of the dtype {inert(dtype, 40)}; save the model '
            "as float32"
        )
    lengths = integers(about.get("shape"), _WHAT)
    size = DTYPES[dtype].size
    for length in lengths:
        size *= length
    return array(name, dtype, lengths, window.take(size))


read = contained("tfjs")
