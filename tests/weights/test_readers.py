"""Readers of files with weights: the samples, the libraries' own files, numbers to the last digit."""

import resource
import struct
from decimal import Decimal

import numpy as np
import pytest
from made import FILES, LAB, SAMPLES, every_valid_file, mutated, npz
from reading import HIDDEN, OUTPUT, layers, message, nameless, survives

from grader.submission.sources import WEIGHTS
from grader.submission.weights.shortest import shortest


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_holds_the_lab_s_right_answer(name: str) -> None:
    assert nameless(layers(SAMPLES[name], (FILES / name).read_bytes())) == [HIDDEN, OUTPUT]


def test_the_activation_is_what_the_config_says() -> None:
    def said(name: str, kind: str) -> list[str | None]:
        return [each.activation for each in layers(kind, (FILES / name).read_bytes()).layers]

    assert said("keras_model.keras", "keras") == ["relu", "linear"]
    assert said("keras_relu_layer.keras", "keras") == ["relu", "linear"]
    assert said("legacy_model.h5", "h5") == ["relu", "linear"]
    assert said("keras.weights.h5", "h5") == [None, None]


def test_every_float16_and_every_power_of_two_is_the_shortest() -> None:
    halves = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    singles = np.ldexp(np.float32(1), np.arange(-149, 128)).astype(np.float32)
    for dtype, numbers in (("float16", halves[np.isfinite(halves)]), ("float32", singles)):
        for number in numbers[:: 1 if dtype == "float32" else 7]:
            own = np.format_float_scientific(number, unique=True)
            assert Decimal(shortest(float(number), dtype)) == Decimal(own)


def test_bfloat16_is_read_from_the_upper_half() -> None:
    header = b'{"a.weight":{"dtype":"BF16","shape":[3,1],"data_offsets":[0,6]}}'
    numbers = b"".join(struct.pack("<f", x)[2:] for x in (0.1, -2.0, 1e-3))
    (found,) = layers("safetensors", struct.pack("<Q", len(header)) + header + numbers).layers
    assert found.weights == ("0.0996", "-2", "0.001")


def test_an_array_that_is_too_large_is_known_by_its_shape() -> None:
    large = np.zeros((200, 200), np.float32)
    (found,) = layers("npz", npz([large, np.zeros(200, np.float32)])).layers
    assert (found.inputs, found.units, found.weights) == (200, 200, ())


@pytest.mark.parametrize(("number", "called"), [(np.nan, "NaN"), (np.inf, "an infinite number")])
def test_a_number_that_is_none_is_told_with_its_place(number: float, called: str) -> None:
    kernel = np.array([[1, 2, number]], np.float32)
    assert message("npz", npz([kernel, LAB[1]])) == (
        f'"arr_0" has {called} at [0, 2]; the training went astray: try a smaller learning rate, '
        "then save again"
    )


def test_a_damaged_file_is_an_error_of_the_student_s() -> None:
    for kind, data in every_valid_file():
        for seed in range(60):
            survives(kind, mutated(data, seed))


@pytest.mark.thorough
def test_ten_thousand_damaged_files_of_each_kind_take_little_time_and_memory() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    files: dict[str, list[bytes]] = {}
    for kind, data in every_valid_file():
        files.setdefault(kind, []).append(data)
    assert set(files) == {*WEIGHTS.values(), "tfjs", "json"}
    for kind, each in files.items():
        for seed in range(10_000):
            survives(kind, mutated(each[seed % len(each)], seed))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 64 << 10  # KiB
