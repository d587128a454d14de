"""A submission as PyTorch saves it: `torch.save(model.state_dict(), "weights.pt")`.

A zip archive with a pickle, `data.pkl`, that describes the tensors, and a file of bytes for each
storage. The pickle is read by an interpreter that calls nothing (`pickled`).

Source: torch 2.14 serialization.py (_save, _legacy_save) and _utils.py (_rebuild_tensor_v2).
"""

from collections.abc import Mapping

from grader.submission.weights.by_names import from_names
from grader.submission.weights.contained import contained
from grader.submission.weights.cursor import damaged
from grader.submission.weights.layers import Array, Saved, refusal
from grader.submission.weights.pickled import STORAGES, Global, Machine, Persistent, Tensor
from grader.submission.weights.shortest import DTYPES, array
from grader.submission.weights.zipped import Packed, members, unpacked
from grader.text.inert import inert

_PICKLE = "data.pkl"
_STATE = ("model_state_dict", "state_dict", "model")  # what checkpoints call it
_MOST_TENSORS = 1_000
_MOST_DIMENSIONS = 8
_WHAT = "the PyTorch file"


class Storages:
    """The storages of an archive, and which of their bytes a tensor has taken."""

    def __init__(self, data: bytes, found: Mapping[str, Packed], prefix: str) -> None:
        """Look at the order of bytes. Raises: SubmissionError (not-weights)."""
        self._data = data
        self._found = found
        self._prefix = prefix
        self._taken: list[tuple[str, int, int]] = []
        order = self._member("byteorder") or b"little"
        if order not in {b"little", b"big"}:
            raise damaged(_WHAT)
        self._big = order == b"big"

    def _member(self, name: str) -> bytes | None:
        member = self._found.get(self._prefix + name)
        return None if member is None else unpacked(self._data, member)

    def read(self, name: str, tensor: Tensor) -> Array:
        """Return a tensor's numbers under a name. Raises: SubmissionError (not-weights)."""
        key, dtype, count = _storage(tensor.storage, name)
        offset = _whole((tensor.offset,), name)[0]
        lengths, strides = _whole(tensor.lengths, name), _whole(tensor.strides, name)
        if len(lengths) != len(strides) or len(lengths) > _MOST_DIMENSIONS:
            raise damaged(f'"{inert(name, 60)}"')
        size = DTYPES[dtype].size
        stored = self._member(f"data/{key}")
        end = 1 + offset + sum((n - 1) * s for n, s in zip(lengths, strides, strict=True))
        if stored is None or len(stored) != count * size or 0 in lengths or not end <= count:
            raise damaged(f'"{inert(name, 60)}"')
        self._take(name, key, offset, end)
        if any(n > 1 and not s for n, s in zip(lengths, strides, strict=True)):
            raise _overlapping(name)
        places = [offset]
        for length, stride in zip(lengths, strides, strict=True):
            places = [place + stride * k for place in places for k in range(length)]
            if len(places) > count:
                raise _overlapping(name)
        data = b"".join(stored[place * size : (place + 1) * size] for place in places)
        return array(name, dtype, lengths, data, big=self._big)

    def _take(self, name: str, key: str, start: int, end: int) -> None:
        if any(key == other and start < b and a < end for other, a, b in self._taken):
            raise _overlapping(name)
        self._taken.append((key, start, end))


def _overlapping(name: str) -> Exception:
    return refusal(
        f'"{inert(name, 60)}" shares its numbers with another tensor or with itself; save '
        "contiguous tensors: {k: v.clone() for k, v in model.state_dict().items()}"
    )


def _storage(storage: object, name: str) -> tuple[str, str, int]:
    """Return a storage's key, dtype and count. Raises: SubmissionError (not-weights)."""
    about = storage.about if isinstance(storage, Persistent) else None
    match about:
        case ("storage", Global(_, kind), str(key), str(), int(count)) if kind in STORAGES:
            return key, STORAGES[kind], count
    raise damaged(f'"{inert(name, 60)}"')


def _whole(numbers: object, name: str) -> tuple[int, ...]:
    if isinstance(numbers, tuple) and all(type(each) is int and each >= 0 for each in numbers):
        return numbers
    raise damaged(f'"{inert(name, 60)}"')


def layers(data: bytes) -> Saved:
    """Return the layers of a state_dict, or of a list of tensors.

    Raises: SubmissionError (not-weights, not-a-number).
    """
    found = members(data)
    pickle = next((name for name in found if name.rpartition("/")[2] == _PICKLE), None)
    if pickle is None:
        raise refusal(
            f"the archive has no {_PICKLE}; hand in what torch.save(model.state_dict(), "
            "'weights.pt') writes"
        )
    value = Machine(unpacked(data, found[pickle])).run()
    storages = Storages(data, found, pickle.removesuffix(_PICKLE))
    tensors = _tensors(value)
    if not tensors or len(tensors) > _MOST_TENSORS:
        raise refusal(
            "the file has no tensors by their names; save the numbers of the model: "
            "torch.save(model.state_dict(), 'weights.pt')"
        )
    saved = from_names([storages.read(name, tensor) for name, tensor in tensors.items()])
    return saved._replace(framework="pytorch")


def _tensors(value: object) -> dict[str, Tensor]:
    """Return the tensors by name: of a checkpoint, those of the one state_dict in it."""
    if isinstance(value, list):
        value = {f"tensor {k}": each for k, each in enumerate(value)}
    if not isinstance(value, dict):
        return {}
    inside = {str(name): found for name, each in value.items() if (found := _flat(each))}
    for name in _STATE:
        if name in inside:
            return inside[name]
    own = _flat(value)
    if own:
        return own
    return next(iter(inside.values())) if len(inside) == 1 else {}


def _flat(value: object) -> dict[str, Tensor]:
    """Return the tensors of a dictionary; a single number, such as a loss, is no weight."""
    if not isinstance(value, dict):
        return {}
    return {
        str(name): each
        for name, each in value.items()
        if isinstance(each, Tensor) and each.lengths != ()
    }


read = contained("pt")
