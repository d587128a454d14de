"""Files with weights that the libraries themselves write."""

import io
import json

import h5py
import numpy as np
from made import LAB
from safetensors.numpy import save as save_safetensors


def safetensors(**arrays: np.ndarray) -> bytes:
    """Return what safetensors writes."""
    return bytes(save_safetensors(arrays))


def weights_h5(*layers: list[np.ndarray], latest: bool = False, compact: bool = False) -> bytes:
    """Return a file as Keras 3 lays it out, written by h5py."""
    made = io.BytesIO()
    with h5py.File(made, "w", libver="latest" if latest else None) as file:
        for k, arrays in enumerate(layers):
            group = file.create_group(f"layers/dense{f'_{k}' if k else ''}/vars")
            group.attrs["name"] = f"layer-{k}"
            for number, array in enumerate(arrays):
                if compact:
                    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
                    plist.set_layout(h5py.h5d.COMPACT)
                    space = h5py.h5s.create_simple(array.shape)
                    kind = h5py.h5t.py_create(array.dtype)
                    made_set = h5py.h5d.create(group.id, b"%d" % number, kind, space, plist)
                    made_set.write(h5py.h5s.ALL, h5py.h5s.ALL, np.ascontiguousarray(array))
                else:
                    group.create_dataset(str(number), data=array)
    return made.getvalue()


def legacy_h5(*, bytes_names: bool) -> bytes:
    """Return a file as Keras 2 lays it out: names in attributes, kernel:0 and bias:0."""
    made = io.BytesIO()
    text = np.bytes_ if bytes_names else object
    with h5py.File(made, "w") as file:
        file.attrs["layer_names"] = np.array(["units", "re_lu", "sum"], text)
        for name, arrays in (("units", LAB[:2]), ("re_lu", []), ("sum", LAB[2:])):
            group = file.create_group(name)
            paths = [f"{name}/{leaf}:0" for leaf in ("kernel", "bias")[: len(arrays)]]
            group.attrs["weight_names"] = np.array(paths, text if paths else np.bytes_)
            for path, array in zip(paths, arrays, strict=True):
                group.create_dataset(path, data=array)
        config = {"config": {"layers": [_config("Dense", "units", "linear"),
                                        _config("ReLU", "re_lu", None),
                                        _config("Dense", "sum", "linear")]}}  # fmt: skip
        file.attrs["model_config"] = json.dumps(config)
    return made.getvalue()


def _config(kind: str, name: str, activation: str | None) -> dict[str, object]:
    return {"class_name": kind, "config": {"name": name, "activation": activation}}
