"""ONNX graphs that onnx builds, checks and runs, and a network that scikit-learn trains."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from made import npz
from onnx import helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from reading import layers
from sklearn.neural_network import MLPRegressor

from grader import load_exercise
from grader.submission.record import Trained, read_parameters
from grader.submission.weights.layers import Saved
from grader.submission.weights.nested import from_object

pytestmark = pytest.mark.weights

W = np.array([[-2, 0.5, 2]], np.float32)
B = np.array([2, -0.5, -4], np.float32)
V = np.array([[1], [2], [1]], np.float32)
C = np.zeros(1, np.float32)
X = np.linspace(-4, 4, 65, dtype=np.float32)[:, None]
LAB = load_exercise("relu-three-segments")

GEMM = [
    ("Gemm", ["x", "W", "B"], "z", {}),
    ("Relu", ["z"], "a", {}),
    ("Gemm", ["a", "V", "C"], "y", {}),
]
TURNED = [
    ("Gemm", ["x", "W", "B"], "z", {"transB": 1}),
    ("Relu", ["z"], "a", {}),
    ("Gemm", ["a", "V", "C"], "y", {"transB": 1}),
]
ADDED = [
    ("MatMul", ["x", "W"], "m", {}),
    ("Add", ["m", "B"], "z", {}),
    ("Relu", ["z"], "a", {}),
    ("MatMul", ["a", "V"], "n", {}),
    ("Add", ["C", "n"], "y", {}),
]
UNFOLDED = [
    ("Transpose", ["W"], "Wt", {"perm": [1, 0]}),
    ("MatMul", ["x", "Wt"], "m", {}),
    ("Add", ["B", "m"], "z", {}),
    ("Relu", ["z"], "a", {}),
    ("Transpose", ["V"], "Vt", {}),
    ("Gemm", ["a", "Vt", ""], "y", {}),
]
MADE = {
    "Gemm": (GEMM, False, "raw"),
    "Gemm, transB": (TURNED, True, "raw"),
    "MatMul and Add": (ADDED, False, "raw"),
    "matrices turned by nodes": (UNFOLDED, True, "raw"),
    "numbers one by one": (GEMM, False, "listed"),
    "numbers as nodes": (ADDED, False, "nodes"),
}


def onnx_file(rows: list, turned: bool, kept: str) -> bytes:  # noqa: FBT001 - a row of MADE
    """Return a model that onnx itself builds and finds valid."""
    arrays = {"W": W.T if turned else W, "B": B, "V": V.T if turned else V, "C": C}
    used = {name for _, names, _, _ in rows for name in names}
    tensors = [
        helper.make_tensor(name, onnx.TensorProto.FLOAT, array.shape, array.ravel().tolist())
        if kept == "listed"
        else numpy_helper.from_array(np.ascontiguousarray(array), name)
        for name, array in arrays.items()
        if name in used
    ]
    nodes = [helper.make_node(kind, names, [out], **said) for kind, names, out, said in rows]
    if kept == "nodes":
        constants = [helper.make_node("Constant", [], [each.name], value=each) for each in tensors]
        nodes, tensors = constants + nodes, []
    ends = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["n", 1]) for name in ("x", "y")
    ]
    model = helper.make_model(helper.make_graph(nodes, "net", ends[:1], ends[1:], tensors))
    onnx.checker.check_model(model)
    return model.SerializeToString()


def numbers(texts: tuple[str, ...] | None, count: int) -> np.ndarray:
    return np.array(texts or [0] * count, np.float64)


def computed(saved: Saved, x: np.ndarray) -> np.ndarray:
    """Return what the layers that were read compute, in double precision."""
    hidden, output = saved.layers
    z = x * numbers(hidden.weights, hidden.units) + numbers(hidden.biases, hidden.units)
    return np.maximum(z, 0) @ numbers(output.weights, output.inputs)[:, None] + numbers(
        output.biases, 1
    )


@pytest.mark.parametrize("name", MADE)
def test_a_graph_that_was_read_computes_what_onnx_does(name: str) -> None:
    data = onnx_file(*MADE[name])
    saved = layers("onnx", data)
    assert [each.activation for each in saved.layers] == ["relu", "linear"]
    (expected,) = ReferenceEvaluator(onnx.load_from_string(data)).run(None, {"x": X})
    assert np.array_equal(computed(saved, X), expected.astype(np.float64))


@pytest.mark.parametrize("name", MADE)
def test_output_weights_of_a_graph_go_into_the_units(name: str) -> None:
    read = read_parameters(Trained.of(layers("onnx", onnx_file(*MADE[name]))), LAB)
    assert read.parameters == {"w1": 1, "b1": -1, "w2": 2, "b2": -4}


@pytest.fixture(scope="module")
def trained() -> MLPRegressor:
    """Return a network that scikit-learn trained on the lab's target."""
    made = MLPRegressor(
        hidden_layer_sizes=(3,), activation="relu", alpha=0, random_state=1, max_iter=50, tol=0
    )
    x = np.linspace(-4, 4, 65)[:, None]
    with pytest.warns(match="converge"):
        return made.fit(x, np.maximum(x, 0).ravel())


def of_json(mlp: MLPRegressor) -> Saved:
    said = {
        "coefs_": [each.tolist() for each in mlp.coefs_],
        "intercepts_": [each.tolist() for each in mlp.intercepts_],
        "activation": mlp.activation,
    }
    return from_object(json.loads(json.dumps(said))).saved


def of_npz(mlp: MLPRegressor) -> Saved:
    return layers("npz", npz([*mlp.coefs_, *mlp.intercepts_]))


def of_named_npz(mlp: MLPRegressor) -> Saved:
    named = {f"coefs_{k}": each for k, each in enumerate(mlp.coefs_)}
    return layers("npz", npz(named | {f"intercepts_{k}": b for k, b in enumerate(mlp.intercepts_)}))


@pytest.mark.parametrize("read", [of_json, of_npz, of_named_npz])
def test_what_scikit_learn_trained_is_read_to_the_last_bit(
    read: Callable[[MLPRegressor], Saved], trained: MLPRegressor
) -> None:
    saved = read(trained)
    for layer, weights, biases in zip(
        saved.layers, trained.coefs_, trained.intercepts_, strict=True
    ):
        assert np.array_equal(numbers(layer.weights, 0), weights.ravel())
        assert np.array_equal(numbers(layer.biases, layer.units), biases)
    x = np.linspace(-4, 4, 33)[:, None]
    assert np.allclose(computed(saved, x).ravel(), trained.predict(x), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("id_", ["train-a-hat", "train-a-valley"])
def test_what_a_description_saves_by_scikit_learn_is_read(
    id_: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise = load_exercise(id_)
    rows = [row.strip() for row in exercise.description.splitlines()]
    rows = rows[next(k for k, row in enumerate(rows) if row.startswith("mlp = ")) :]
    rows = rows[: next(k for k, row in enumerate(rows) if row.startswith("np.savez(")) + 1]
    outputs = [float(unit.v) for unit in exercise.units]
    rows[-1:] = ["mlp.coefs_[1][:, 0], mlp.intercepts_[1][:] = outputs, 0", rows[-1]]
    monkeypatch.chdir(tmp_path)
    x = X.astype(np.float64)
    known = {"np": np, "MLPRegressor": MLPRegressor, "x": x, "y": x.ravel(), "outputs": outputs}
    exec("\n".join(rows), known)  # noqa: S102 - the exercise's own words
    (made,) = tmp_path.glob("*.npz")
    read = read_parameters(Trained.of(layers("npz", made.read_bytes())), exercise)
    found = {float(value) for value in read.parameters.values()}
    trained = known["mlp"]
    assert found == {*trained.coefs_[0][0].tolist(), *trained.intercepts_[0].tolist()}  # type: ignore[attr-defined]
