"""Files that Keras itself saves, on its NumPy backend: python by_keras.py FOLDER [PROGRAM...].

That backend imports JAX, of which nothing is used by what builds and saves a model; a stand-in spares
its 600 MB. The backend cannot train: of the programs, which `grader template --for keras` prints,
everything runs but `fit`.
"""

import importlib.abc
import importlib.machinery
import os
import runpy
import sys
import types
from pathlib import Path


class _Absent(types.ModuleType):
    """Stands for a module, and for everything in it; good for being imported and looked at."""

    __path__: list[str] = []  # noqa: RUF012 - a package's own attribute

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Absent(name)

    def __call__(self, *_: object, **__: object) -> "_Absent":
        return self

    def __or__(self, _: object) -> "_Absent":
        return self

    __ror__ = __or__


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, name: str, *_: object, **__: object
    ) -> importlib.machinery.ModuleSpec | None:
        if name.partition(".")[0] not in {"jax", "jaxlib"}:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Absent(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def save_all() -> None:
    """Save the lab's right answer into this folder, as every kind of model and file."""
    import keras  # noqa: PLC0415 - after its backend was chosen
    import numpy as np  # noqa: PLC0415 - beside it

    dense = keras.layers.Dense

    def right(model: "keras.Model") -> "keras.Model":
        rows = [[-2, 1, 2]], [2, -1, -4], [[1], [1], [1]]
        model.set_weights([np.array(row, np.float32) for row in rows])
        return model

    def saved(name: str, model: "keras.Model") -> None:
        right(model)
        model.save(f"{name}.keras")
        model.save(f"{name}.h5")
        model.save_weights(f"{name}.weights.h5")
        np.savez(f"{name}.npz", *model.get_weights())

    one = keras.Input((1,))
    saved("activation", keras.Sequential([one, dense(3, "relu"), dense(1, use_bias=False)]))
    relu = [one, dense(3), keras.layers.ReLU(), dense(1, use_bias=False)]
    saved("relu-layer", keras.Sequential(relu))
    hidden = dense(3, "relu", name="zz-units")(one)
    functional = keras.Model(one, dense(1, use_bias=False, name="aa-sum")(hidden))
    functional.compile("adam", "mse")
    saved("functional", functional)
    for policy in ("mixed_float16", "float16", "bfloat16"):
        keras.config.set_dtype_policy(policy)
        layers = [keras.Input((1,)), dense(3, "relu"), dense(1, use_bias=False)]
        right(keras.Sequential(layers)).save(f"{policy}.keras")
    keras.config.set_dtype_policy("float32")
    for name, more in (
        ("tanh", [dense(3, "tanh")]),
        ("normalised", [keras.layers.BatchNormalization(), dense(3, "relu")]),
        ("scaled", [keras.layers.Rescaling(1 / 255), dense(3, "relu")]),
    ):
        keras.Sequential([keras.Input((1,)), *more, dense(1)]).save(f"{name}.keras")


def run(program: str) -> None:
    """Run a program that trains, all but the training."""
    import keras  # noqa: PLC0415 - after its backend was chosen

    def fit(*_: object, **__: object) -> types.SimpleNamespace:
        return types.SimpleNamespace(history={"loss": [0.0]})

    keras.Model.fit = fit
    runpy.run_path(program)


def main(folder: str, programs: list[str]) -> None:
    """Write every file into the folder, those of the programs too."""
    os.environ["KERAS_BACKEND"] = "numpy"
    sys.meta_path.insert(0, _Finder())
    paths = [str(Path(program).resolve()) for program in programs]
    os.chdir(folder)
    save_all()
    for path in paths:
        run(path)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
