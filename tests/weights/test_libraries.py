"""What the libraries write is read as they read it; .ci/weights installs and runs them."""

from decimal import Decimal

import numpy as np
import pytest
from by_libraries import legacy_h5, safetensors, weights_h5
from made import LAB, mutated, npy, npz
from reading import HIDDEN, OUTPUT, layers, nameless, survives

pytestmark = pytest.mark.weights

MADE = {
    "npz": ("npz", npz(LAB)),
    "npz, packed": ("npz", npz(LAB, packed=True)),
    "npz of a state_dict": (
        "npz", npz({"0.weight": LAB[0].T, "0.bias": LAB[1], "2.weight": LAB[2].T}),
    ),
    "npz, kernels first": ("npz", npz({"coefs_0": LAB[0], "coefs_1": LAB[2], "intercepts_0": LAB[1],
                                       "intercepts_1": np.zeros(1, np.float32)})),
    "npz in Fortran's order": ("npz", npz([np.asfortranarray(LAB[0]), *LAB[1:]])),
    "npz, high bytes first": ("npz", npz([each.astype(">f4") for each in LAB])),
    "npy, one array after the other": ("npy", npy(*LAB)),
    "safetensors of PyTorch": (
        "safetensors",
        safetensors(**{"0.weight": LAB[0].T.copy(), "0.bias": LAB[1], "2.weight": LAB[2].T.copy()}),
    ),
    "safetensors, output first by name": (
        "safetensors",
        safetensors(**{"hidden.weight": LAB[0].T.copy(), "hidden.bias": LAB[1],
                       "end.weight": LAB[2].T.copy()}),
    ),
    "safetensors of Keras": (
        "safetensors", safetensors(**{"a/kernel": LAB[0], "a/bias": LAB[1], "b/kernel": LAB[2]}),
    ),
    "h5": ("h5", weights_h5(LAB[:2], LAB[2:])),
    "h5, the latest layout": ("h5", weights_h5(LAB[:2], LAB[2:], latest=True)),
    "h5, compact": ("h5", weights_h5(LAB[:2], LAB[2:], compact=True)),
    "h5 of Keras 2": ("h5", legacy_h5(bytes_names=True)),
    "h5 of Keras 2, texts of any length": ("h5", legacy_h5(bytes_names=False)),
}  # fmt: skip


@pytest.mark.parametrize("name", MADE)
def test_what_the_libraries_write_holds_the_same(name: str) -> None:
    hidden, output = nameless(layers(*MADE[name]))
    assert hidden == HIDDEN
    assert output._replace(biases=None) == OUTPUT


def test_the_activation_is_what_keras_2_says() -> None:
    listed = [each.activation for each in layers("h5", legacy_h5(bytes_names=True)).layers]
    assert listed == ["relu", "linear"]


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "int8", "uint16", "int64"])
@pytest.mark.parametrize("kind", ["npz", "safetensors", "h5"])
def test_numbers_are_numpy_s_own_shortest_decimals(kind: str, dtype: str) -> None:
    rng = np.random.default_rng(7)
    kernel = (rng.normal(size=(1, 40)) * 100).astype(dtype)
    bias = (rng.normal(size=40) * 1e3).astype(dtype) if dtype != "int8" else kernel[0]
    data = {
        "npz": lambda: npz([kernel, bias]),
        "safetensors": lambda: safetensors(**{"a.weight": kernel.T.copy(), "a.bias": bias}),
        "h5": lambda: weights_h5([kernel, bias]),
    }[kind]()
    (found,) = layers(kind, data).layers
    for texts, array in ((found.weights, kernel[0]), (found.biases or (), bias)):
        assert [Decimal(text) for text in texts] == [
            Decimal(np.format_float_positional(each) if array.dtype.kind == "f" else str(each))
            for each in array
        ]


@pytest.mark.parametrize("name", MADE)
def test_a_thousand_damaged_files_are_errors_of_the_student_s(name: str) -> None:
    for seed in range(1_000):
        survives(MADE[name][0], mutated(MADE[name][1], seed))
