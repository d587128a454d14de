"""Files that lie, lead elsewhere or want to be run: each is refused, and says what to save."""

import pickle
import pickletools
import struct

import numpy as np
import pytest
from made import FILES, LAB, mutated, npy, npz, state_dict
from opcodes import saved, tensor
from reading import layers, message

from grader.desk.kinds import read_as
from grader.errors import SubmissionError
from grader.submission.weights.pickled import Machine

ONE = b"K\3\x85"  # the shape (3,)
COLUMN, STEPS = b"K\3K\1\x86", b"K\1K\1\x86"
BYTES = np.arange(3, dtype="<f4").tobytes()


WEIGHT = ("0.weight", tensor("0", 3, 0, COLUMN, STEPS))
BIAS = ("0.bias", tensor("1", 3, 0, ONE, b"K\1\x85"))


def test_a_state_dict_of_views_is_read() -> None:
    both = np.arange(6, dtype="<f4").tobytes()
    (found,) = layers(
        "pt",
        saved(("0.weight", tensor("0", 6, 0, COLUMN, STEPS)),
              ("0.bias", tensor("0", 6, 3, ONE, b"K\1\x85")), data_0=both),
    ).layers  # fmt: skip
    assert (found.weights, found.biases) == (("0", "1", "2"), ("3", "4", "5"))


def test_bytes_in_the_other_order_are_read_so() -> None:
    data = saved(WEIGHT, byteorder=b"big", data_0=np.arange(3, dtype=">f4").tobytes())
    assert layers("pt", data).layers[0].weights == ("0", "1", "2")


OVERLAPPING = (
    "shares its numbers with another tensor or with itself; save contiguous tensors: {k: v.clone() "
    "for k, v in model.state_dict().items()}"
)
STATE = "torch.save(model.state_dict(), 'weights.pt')"
PT = {
    "a byte order that there is not": (
        saved(WEIGHT, byteorder=b"middle", data_0=BYTES),
        "the PyTorch file is damaged or cut off; save it again and hand in the new file",
    ),
    "tensors over each other": (
        saved(WEIGHT, ("0.bias", tensor("0", 3, 0, ONE, b"K\1\x85")), data_0=BYTES),
        f'"0.bias" {OVERLAPPING}',
    ),
    "one number many times": (
        saved(("0.weight", tensor("0", 3, 0, COLUMN, b"K\0K\0\x86")), data_0=BYTES),
        f'"0.weight" {OVERLAPPING}',
    ),
    "beyond its storage": (
        saved(("0.weight", tensor("0", 3, 1, COLUMN, STEPS)), data_0=BYTES),
        '"0.weight" is damaged or cut off; save it again and hand in the new file',
    ),
    "a storage of another size": (
        saved(WEIGHT, data_0=BYTES * 2),
        '"0.weight" is damaged or cut off; save it again and hand in the new file',
    ),
    "a whole model": (
        state_dict(b"\x80\2ctorch.nn.modules.container\nSequential\n)\x81."),
        "the file holds a whole model (torch.nn.modules.container.Sequential), which only running "
        f"code can rebuild; save its numbers: {STATE}",
    ),
    "a call": (
        state_dict(pickle.dumps(print, 2)),
        "to read the file, Python would have to call __builtin__.print, and nothing in a file is "
        f"called; save only the numbers: {STATE}",
    ),
    "a call by a newer protocol": (
        state_dict(pickle.dumps(eval, 4)),
        "to read the file, Python would have to call builtins.eval, and nothing in a file is "
        f"called; save only the numbers: {STATE}",
    ),
    "an object of a class": (
        state_dict(b"\x80\2(i__main__\nNet\n."),
        "the file is a pickle of more than tensors, and nothing in a file is called; save only "
        f"the numbers: {STATE}",
    ),
    "no tensors": (
        state_dict(pickle.dumps({"epoch": 3}, 2)),
        "the file has no tensors by their names; save the numbers of the model: "
        "torch.save(model.state_dict(), 'weights.pt')",
    ),
}


@pytest.mark.parametrize("case", PT)
def test_pytorch_files_that_are_refused(case: str) -> None:
    data, said = PT[case]
    assert message("pt", data) == said


def test_a_checkpoint_is_read_by_its_state_dict() -> None:
    inner = b"X\x10\0\0\0model_state_dict}(X\x08\0\0\0" + b"0.weight" + WEIGHT[1] + b"u"
    data = state_dict(b"\x80\2}(X\5\0\0\0epochK\3" + inner + b"u.", data_0=BYTES)
    assert layers("pt", data).layers[0].weights == ("0", "1", "2")


def test_python_itself_would_have_called_what_is_refused() -> None:
    called = [code.name for code, *_ in pickletools.genops(pickle.dumps(print, 2))]
    assert "GLOBAL" in called


@pytest.mark.thorough
def test_ten_thousand_damaged_pickles() -> None:
    program = saved(WEIGHT, BIAS, data_0=BYTES, data_1=BYTES)
    start = program.index(b"\x80\2ccoll")
    valid = program[start : program.index(b"u.", start) + 2]
    for seed in range(10_000):
        try:
            Machine(mutated(valid, seed)).run()
        except SubmissionError as error:
            assert error.code == "not-weights"  # noqa: PT017 - or it is read


def header(text: str, body: bytes = b"") -> bytes:
    return struct.pack("<Q", len(text)) + text.encode() + body


SAFETENSORS = {
    "over each other": (
        header('{"a.weight":{"dtype":"F32","shape":[3,1],"data_offsets":[0,12]},'
               '"a.bias":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}', BYTES),
        '"a.weight" lies at the bytes 0 to 12, over another tensor or beside a gap; save the file '
        "again",
    ),
    "a header of 2 GiB": (
        struct.pack("<Q", 1 << 31) + b'{"a":1}',
        "the safetensors file is damaged or cut off; save it again and hand in the new file",
    ),
    "a key twice": (
        header('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},'
               '"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}', BYTES),
        '"a" appears twice in the file; save it again',
    ),
    "another size than its shape": (
        header('{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,12]}}', BYTES),
        '"a" of shape (4,) needs 16 bytes, but the file has 12 for it; save it again',
    ),
    "a shape of 2^60": (
        header('{"a":{"dtype":"F32","shape":[1073741824,1073741824],"data_offsets":[0,12]}}', BYTES),
        '"a" of shape (1073741824, 1073741824) needs 4,611,686,018,427,387,904 bytes, but the file '
        "has 12 for it; save it again",
    ),
    "bytes that belong to nobody": (
        header('{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}', BYTES * 2),
        "the safetensors file is damaged or cut off; save it again and hand in the new file",
    ),
    "a dtype that there is not": (
        header('{"a":{"dtype":"F4","shape":[3],"data_offsets":[0,12]}}', BYTES),
        '"a" is of the dtype F4, which no weights have; save them as float32',
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SAFETENSORS)
def test_safetensors_that_are_refused(case: str) -> None:
    data, said = SAFETENSORS[case]
    assert message("safetensors", data) == said


def test_numpy_archives_that_are_refused() -> None:
    bomb = npz([np.zeros((4096, 4096), np.float32)], packed=True)
    assert len(bomb) < 1 << 20
    assert message("npz", bomb) == (
        '"arr_0.npy" unpacks to 67,108,992 bytes, and no exercise needs more than 4,194,304; hand '
        "in the network that the exercise asks for"
    )
    complex_ = npy(np.array([[1j, 2]], np.complex64))
    assert message("npy", complex_) == (
        '"array 0" is of the dtype <c8, which no weights have; save them as float32'
    )
    objects = npz([np.array([[1, 2], None], object)])
    assert message("npz", objects).startswith('"arr_0" is an array of objects')
    strange = npz(LAB).replace(b"arr_1.npy", b"../../a.x")
    assert message("npz", strange).startswith(
        'the archive holds "../../a.x", which is not an array'
    )


def test_a_tensorflow_lite_file_is_named_with_what_to_save_instead() -> None:
    with pytest.raises(SubmissionError) as caught:
        read_as(b"\x1c\0\0\0TFL3" + bytes(64))
    assert (caught.value.code, caught.value.message) == (
        "not-weights",
        "the submission is a TensorFlow Lite model, which cannot be graded; save it by "
        "model.save_weights('model.weights.h5') and hand in that file",
    )


def onnx_with(old: bytes, new: bytes) -> bytes:
    data = (FILES / "torch_layout.onnx").read_bytes()
    assert old in data
    assert len(old) == len(new)
    return data.replace(old, new)


def test_onnx_files_that_are_refused() -> None:
    assert message("onnx", onnx_with(b"\x04Relu", b"\x04Loop")) == (
        'the ONNX graph has a node "Loop" that the exercise does not have; export a network of one '
        "hidden layer with ReLU and an output that adds up"
    )
    functions = (FILES / "torch_layout.onnx").read_bytes() + b"\xca\x01\x02\x0a\x00"
    assert message("onnx", functions) == (
        "the ONNX file defines functions of its own; export the model as it is"
    )
    tanh = layers("onnx", onnx_with(b"\x04Relu", b"\x04Tanh"))
    assert tanh.layers[0].activation == "tanh"
