"""Files that people could not load, as they reported it: graded, or told what to save instead.

Each names the report, as repository and number, that it is made after.
"""

import io
import json
import pickle
from zipfile import ZipFile

import numpy as np
import pytest
from made import FILES, LAB, npy, npz, state_dict
from opcodes import mapping, saved, tensor
from reading import HIDDEN, OUTPUT, layers, message, nameless

from grader.desk.kinds import read_as
from grader.errors import SubmissionError

COLUMN, ROW, FLAT = b"K\3K\1\x86", b"K\1K\3\x86", b"K\3\x85"
STORAGES = {f"data_{k}": array.tobytes() for k, array in enumerate(LAB)}
WEIGHTS = (
    tensor("0", 3, 0, COLUMN, b"K\1K\1\x86"),
    tensor("1", 3, 0, FLAT, b"K\1\x85"),
    tensor("2", 3, 0, ROW, b"K\3K\1\x86"),
)
STATE = "save only the numbers: torch.save(model.state_dict(), 'weights.pt')"


def named(prefix: str) -> list[tuple[str, bytes]]:
    names = (f"{prefix}0.weight", f"{prefix}0.bias", f"{prefix}2.weight")
    return list(zip(names, WEIGHTS, strict=True))


@pytest.mark.parametrize(
    "prefix",
    [
        "module.",  # pytorch/pytorch#3805, #9176: trained by DataParallel
        "_orig_mod.",  # safetensors/safetensors#403, huggingface/transformers#28041: compiled
        "features.module.",  # bearpaw/pytorch-classification#27
    ],
)
def test_a_prefix_that_a_wrapper_put_before_every_name_does_not_matter(prefix: str) -> None:
    assert nameless(layers("pt", saved(*named(prefix), **STORAGES))) == [HIDDEN, OUTPUT]


@pytest.mark.parametrize("key", ["network", "state_dict", "net_state"])
def test_a_checkpoint_by_any_key(key: str) -> None:
    """mks0601/3DMPPE_POSENET_RELEASE#41, menzelab/implicit-shape-reconstruction#2."""
    data = saved(("epoch", b"K\5"), (key, mapping(*named("module."))), **STORAGES)
    assert nameless(layers("pt", data)) == [HIDDEN, OUTPUT]


def test_a_model_of_a_class_of_its_own() -> None:
    """williamcfrancis/CNN-Image-Colorization-Pytorch#3."""
    data = state_dict(b"\x80\2cCNN_model\nNet\n)\x81.")
    assert message("pt", data) == (
        "to read the file, Python would have to call CNN_model.Net, and nothing in a file is "
        f"called; {STATE}"
    )


@pytest.mark.parametrize("asked", ["argparse.Namespace", "__builtin__.getattr", "utils.HParams"])
def test_a_checkpoint_with_more_than_tensors(asked: str) -> None:
    """mlcommons/mlperf-automations#465, yl4579/StyleTTS2#348, 0Xiaohei0/LocalAIVtuber#51."""
    module, _, name = asked.rpartition(".")
    data = saved(("args", f"c{module}\n{name}\n".encode() + b")R"), *named(""), **STORAGES)
    assert message("pt", data) == (
        f"to read the file, Python would have to call {asked}, and nothing in a file is called; "
        f"{STATE}"
    )


def test_tied_weights() -> None:
    """safetensors/safetensors#98: two names for the same numbers."""
    tied = tensor("0", 3, 0, ROW, b"K\3K\1\x86")
    data = saved(*named("")[:2], ("2.weight", tied), **STORAGES)
    assert message("pt", data).startswith('"2.weight" shares its numbers with another tensor')


def test_an_array_of_objects_in_an_archive() -> None:
    """ZZUTK/SRNTT#9, zsdonghao/text-to-image#39: np.savez(file, params=list_of_arrays)."""
    made = np.empty(3, object)
    made[:] = LAB
    assert message("npz", npz({"params": made})) == (
        '"params" is an array of objects, which only Python\'s unpickling can read; save the arrays '
        "themselves: np.savez('weights.npz', *model.get_weights())"
    )


def test_a_dictionary_saved_as_an_array() -> None:
    """pseeth/soundnet_keras#6, autonomio/talos#351: np.save(file, a_dictionary)."""
    assert "is an array of objects" in message("npy", npy(np.array({"w": 1}, object)))


def test_a_loss_beside_the_state_dict() -> None:
    """xbresson/TSP_Transformer#4: a checkpoint's numbers without a dimension are tensors, too."""
    single = tensor("3", 1, 0, b")", b")")
    loss = {"data_3": np.array(0.1, np.float32).tobytes()}
    data = saved(("loss", single), ("model_state_dict", mapping(*named(""))), **STORAGES, **loss)
    assert nameless(layers("pt", data)) == [HIDDEN, OUTPUT]
    data = saved(*named(""), ("steps", single), **STORAGES, **loss)
    assert nameless(layers("pt", data)) == [HIDDEN, OUTPUT]


@pytest.mark.parametrize(
    "parts",
    [
        ("weight_orig", "weight_u"),  # yilundu/improved_contrastive_divergence#13
        ("weight_orig", "weight_mask"),  # ahendriksen/msd_pytorch#3: pruned
        ("weight_g", "weight_v"),
        ("parametrizations.weight.original0", "parametrizations.weight.original1"),
    ],
)
def test_weights_that_are_kept_in_parts(parts: tuple[str, str]) -> None:
    rows = [("0.bias", WEIGHTS[1]), (f"0.{parts[0]}", WEIGHTS[0]), (f"0.{parts[1]}", WEIGHTS[2])]
    data = saved(*rows, **STORAGES)
    assert message("pt", data) == (
        f'"0.{parts[0]}" is a part of a layer\'s weights, as pruning and weight normalisation keep '
        "them; make them one before you save: torch.nn.utils.prune.remove(layer, 'weight') or "
        "torch.nn.utils.parametrize.remove_parametrizations(layer, 'weight')"
    )


def test_a_pointer_of_git_lfs_in_place_of_the_file() -> None:
    """timojl/clipseg#5, mit-han-lab/smoothquant#13: the weights that a clone left behind."""
    pointer = (
        b"version https://git-lfs.github.com/spec/v1\n"
        b"oid sha256:0d71028bf8b6accdc4ac5b5255582e16bd8290c3c7829746f86eb0389a2f63a2\n"
        b"size 19332096\n"
    )
    with pytest.raises(SubmissionError) as caught:
        read_as(pointer)
    assert (caught.value.code, caught.value.message) == (
        "not-json",
        "the submission is a pointer of Git LFS, which cannot be graded; fetch what it points to, "
        "by git lfs pull, and hand in the file itself",
    )


def test_a_quantised_model_of_tensorflow_js() -> None:
    """tensorflow/tfjs#1474: converted with --quantization_bytes 1."""
    model = json.loads((FILES / "tfjs_model.json").read_text("utf-8"))
    about = model["weightsManifest"][0]["weights"][0]
    about["quantization"] = {"dtype": "uint8", "scale": 0.1, "min": 0}
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("model.json", json.dumps(model))
        archive.write(FILES / "tfjs_model.weights.bin", "tfjs_model.weights.bin")
    said = message("tfjs", made.getvalue())
    assert said.endswith("is quantised, or of the dtype float32; save the model as float32")


def test_nothing_of_these_was_ever_unpickled() -> None:
    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return pytest.fail, ("it was called",)

    assert "nothing in a file is called" in message("pt", state_dict(pickle.dumps(Trap(), 2)))
