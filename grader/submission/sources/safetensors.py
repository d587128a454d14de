"""A submission as safetensors: a header of JSON that says where each tensor lies, then the bytes.

Source: huggingface/safetensors, README "Format" and safetensors/src/tensor.rs, validate(): tensors
follow each other without a gap and fill the rest of the file.
"""

from grader.submission.weights.by_names import from_names, natural
from grader.submission.weights.contained import contained
from grader.submission.weights.cursor import Cursor, damaged
from grader.submission.weights.layers import Array, Saved, refusal
from grader.submission.weights.objects import integers, mapping, parsed, words
from grader.submission.weights.shortest import array
from grader.text.inert import inert

_WHAT = "the safetensors file"
_DTYPES = {
    "F16": "float16", "BF16": "bfloat16", "F32": "float32", "F64": "float64",
    "I8": "int8", "I16": "int16", "I32": "int32", "I64": "int64",
    "U8": "uint8", "U16": "uint16", "U32": "uint32", "U64": "uint64",
}  # fmt: skip
_ABOUT = "__metadata__"
_MOST_TENSORS = 1_000


def layers(data: bytes) -> Saved:
    """Return the layers of the file's tensors, PyTorch's or Keras's by their names.

    Raises: SubmissionError (not-weights, not-a-number).
    """
    window = Cursor(data, _WHAT)
    header = mapping(parsed(window.take(window.number(8)), _WHAT), _WHAT)
    body = window.take(window.left)
    header.pop(_ABOUT, None)
    if len(header) > _MOST_TENSORS:
        raise refusal(f"there are {len(header):,} tensors; the exercise needs four")
    placed = sorted((_offsets(name, about), name) for name, about in header.items())
    at = 0
    for (begin, end), name in placed:
        if begin != at or end < begin:
            raise refusal(
                f'"{inert(name, 60)}" lies at the bytes {begin:,} to {end:,}, over another tensor '
                "or beside a gap; save the file again"
            )
        at = end
    if at != len(body):
        raise damaged(_WHAT)
    arrays = [_tensor(name, mapping(header[name], _WHAT), body[a:b]) for (a, b), name in placed]
    arrays.sort(key=lambda made: natural(made.name))
    return from_names(arrays)


def _offsets(name: str, about: object) -> tuple[int, int]:
    found = integers(mapping(about, _WHAT).get("data_offsets"), _WHAT)
    if len(found) != 2:
        raise damaged(f'"{inert(name, 60)}"')
    return found[0], found[1]


def _tensor(name: str, about: dict[str, object], data: bytes) -> Array:
    dtype = words(about.get("dtype"), _WHAT)
    return array(name, _DTYPES.get(dtype, dtype), integers(about.get("shape"), _WHAT), data)


read = contained("safetensors")
