"""Where the libraries are not installed, their tests are not collected; .ci/weights has them."""

from importlib.util import find_spec

_NEEDED = ("h5py", "onnx", "safetensors", "sklearn")
_LACKING = [name for name in _NEEDED if find_spec(name) is None]
_BESIDE = [
    "test_hostile_h5.py",
    "test_libraries.py",
    "test_onnx_and_sklearn.py",
    "test_programs.py",
]
collect_ignore = _BESIDE if _LACKING else []
if find_spec("keras") is None:
    collect_ignore = [*collect_ignore, "test_keras.py"]
