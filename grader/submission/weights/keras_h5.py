"""Keras's layouts of an HDF5 file: layers, their arrays, and the activations where it says them.

Keras 3 keeps each layer's arrays under `vars`, numbered, in a group that is named after its class;
the layer's own name is an attribute. Keras 2, and Keras 3 for `model.save("x.h5")`, lists the names
in attributes, `layer_names` and each layer's `weight_names`, and has the whole model's config in
one, `model_config`.

Source: keras 3.15 saving/saving_lib.py and legacy/saving/legacy_h5_format.py.
"""

from collections.abc import Iterator

from grader.submission.weights.by_names import from_names, natural
from grader.submission.weights.hdf5 import Hdf5, Object
from grader.submission.weights.keras_config import activated, config
from grader.submission.weights.layers import Array, Dense, Saved, dense, refusal
from grader.text.inert import inert

# What a compiled model has besides its layers.
_ASIDE = ("optimizer", "metrics", "seed_generator", "top_level_model_weights")
_DEEPEST = 8


def from_h5(data: bytes) -> Saved:
    """Return the network in the file. Raises: SubmissionError (not-weights, not-a-number)."""
    file = Hdf5(data)
    about = file.attributes(file.root)
    top = file.members(file.root)
    legacy, attributes = top.get("model_weights", file.root), about
    if legacy is not file.root:
        attributes, top = file.attributes(legacy), file.members(legacy)
    names = attributes.get("layer_names")
    if isinstance(names, list):
        layers = _listed(file, top, names)
        said = about.get("model_config")
        if isinstance(said, bytes):
            layers = activated(layers, config(said, "the attribute model_config"))
        return Saved("keras", layers)
    groups = sorted(_groups(file, top), key=lambda each: natural(each[0]))
    if groups:
        return Saved("keras", _chained(groups))
    arrays = [file.read(each, path) for path, each in _datasets(file, top, "")]
    if not arrays:
        raise refusal("the file has no weights in it; hand in what save_weights() writes")
    return from_names(arrays)


def _listed(file: Hdf5, top: dict[str, Object], names: list[bytes]) -> tuple[Dense, ...]:
    """Return the layers that the older layout lists; those without weights are left out."""
    layers: list[Dense] = []
    for raw in names:
        name = raw.decode("utf-8", "replace")
        group = top.get(name)
        paths = file.attributes(group).get("weight_names") if group else None
        if group is None or not isinstance(paths, list) or not paths:
            continue
        arrays: list[Array] = []
        tree: dict[str, dict[str, Object]] = {}
        for path in paths:
            words = path.decode("utf-8", "replace")
            arrays.append(file.read(_found(file, group, words, tree), words))
        layers.append(_dense(name, arrays, layers))
    return tuple(layers)


def _found(file: Hdf5, group: Object, path: str, tree: dict[str, dict[str, Object]]) -> Object:
    """Return what is at a path below a group; `tree` keeps what was read on the way."""
    here, at = group, ""
    for step in path.split("/"):
        if at not in tree:
            tree[at] = {} if here.is_dataset else file.members(here)
        if step not in tree[at]:
            raise refusal(f'the file lists "{inert(path, 60)}" and does not have it; save it again')
        here, at = tree[at][step], f"{at}/{step}"
    return here


def _groups(
    file: Hdf5, members: dict[str, Object], depth: int = 0
) -> Iterator[tuple[str, str, list[Array]]]:
    """Yield each group with numbered arrays: its path, the layer's name, the arrays."""
    for name, member in members.items():
        if member.is_dataset or name in _ASIDE or depth > _DEEPEST:
            continue
        inside = file.members(member)
        if name == "vars" and inside:
            where = member.path.strip("/")
            names = sorted(inside, key=natural)
            arrays = [file.read(inside[each], f"{where}/{each}") for each in names]
            said = file.attributes(member).get("name")
            path = member.path.rpartition("/")[0]
            own = said.decode("utf-8", "replace") if isinstance(said, bytes) else ""
            yield path, own or path.rpartition("/")[2], arrays
        elif name != "vars":
            yield from _groups(file, inside, depth + 1)


def _chained(groups: list[tuple[str, str, list[Array]]]) -> tuple[Dense, ...]:
    layers: list[Dense] = []
    for _, name, arrays in groups:
        layers.append(_dense(name, arrays, layers))
    if len(layers) == 2 and layers[0].inputs != 1 and layers[1].inputs == 1:
        layers.reverse()
    return tuple(layers)


def _dense(name: str, arrays: list[Array], before: list[Dense]) -> Dense:
    kernel, *rest = arrays
    if len(rest) > 1 or (rest and len(rest[0].shape) != 1):
        raise refusal(
            f'the layer "{inert(name, 60)}" has {len(arrays)} arrays, so it is not a dense layer; '
            "hand in a network of dense layers alone"
        )
    return dense(
        name, kernel, rest[0] if rest else None, "inputs", before[-1].units if before else 1
    )


def _datasets(
    file: Hdf5, members: dict[str, Object], path: str, depth: int = 0
) -> Iterator[tuple[str, Object]]:
    for name, member in members.items():
        below = f"{path}/{name}" if path else name
        if member.is_dataset:
            yield below, member
        elif depth < _DEEPEST:
            yield from _datasets(file, file.members(member), below, depth + 1)
