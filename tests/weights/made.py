"""Files with weights: the samples, what NumPy writes, and files with lies in them."""

import io
import random
import struct
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import numpy as np

FILES = Path(__file__).parent / "files"
LAB = [
    np.array([[-2, 1, 2]], np.float32),
    np.array([2, -1, -4], np.float32),
    np.array([[1], [1], [1]], np.float32),
]
# Files of one network, the lab's right answer, by their kind.
SAMPLES = {
    "keras.weights.h5": "h5",
    "keras_model.keras": "keras",
    "legacy_model.h5": "h5",
    "keras_get_weights.npz": "npz",
    "torch_layout.safetensors": "safetensors",
    "torch_state_dict.pt": "pt",
    "real_state_dict.pt": "pt",
    "real_checkpoint.pt": "pt",
    "torch_layout.onnx": "onnx",
    "keras_layout.onnx": "onnx",
}


def npz(arrays: dict[str, np.ndarray] | list[np.ndarray], *, packed: bool = False) -> bytes:
    """Return what np.savez writes."""
    made = io.BytesIO()
    save = np.savez_compressed if packed else np.savez
    save(made, **arrays) if isinstance(arrays, dict) else save(made, *arrays)
    return made.getvalue()


def zipped(*names: str) -> bytes:
    """Return samples as one archive."""
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, (FILES / name).read_bytes())
    return made.getvalue()


def state_dict(pickle: bytes, **storages: bytes) -> bytes:
    """Return an archive as PyTorch lays it out, with this pickle and these storages."""
    made = io.BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("w/data.pkl", pickle)
        for name, data in storages.items():
            archive.writestr(f"w/{name.replace('_', '/')}", data)
    return made.getvalue()


def npy(*arrays: np.ndarray) -> bytes:
    """Return what np.save writes of each, one after the other."""
    made = io.BytesIO()
    for array in arrays:
        np.save(made, array)
    return made.getvalue()


def mutated(data: bytes, seed: int) -> bytes:
    """Return the file with bytes flipped, numbers replaced by sizes that lie, parts cut or moved."""
    rng = random.Random(seed)  # noqa: S311 - the same lies every time
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(made)) if made else 0
        match rng.randrange(6):
            case 0:
                made[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                made[at : at + 1] = bytes([(made[at] ^ (1 << rng.randrange(8))) & 255])
            case 2:
                lie = rng.choice((0, 1, 255, 1 << 31, (1 << 32) - 1, 1 << 62, (1 << 64) - 1))
                size = rng.choice((1, 2, 4, 8))
                made[at : at + size] = struct.pack("<Q", lie)[:size]
            case 3:
                del made[at : at + rng.randrange(1, 64)]
            case 4:
                del made[at:]
            case _:
                to = rng.randrange(len(made)) if made else 0
                made[to:to] = made[at : at + rng.randrange(1, 64)]
        if not made:
            return b""
    return bytes(made)


def every_valid_file() -> Iterator[tuple[str, bytes]]:
    """Yield files of each kind, of which the mutations are made."""
    for name, kind in SAMPLES.items():
        yield kind, (FILES / name).read_bytes()
    yield "tfjs", zipped("tfjs_model.json", "tfjs_model.weights.bin")
    yield "npy", npy(*LAB)
    yield "npz", npz(LAB, packed=True)
    yield "json", (FILES / "keras_get_weights.json").read_bytes()
    yield "json", (FILES / "sklearn_mlp.json").read_bytes()
