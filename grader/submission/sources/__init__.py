"""Kinds of submission, one file each, named by the ending of the submission's file name.

Each has `read(data, run)`, bytes to the keys and values of a submission; it raises SubmissionError.
A kind that is code hands it to `run`, which is somebody else's business; data ignores it. A kind of
file with weights has `layers(data)` besides, which runs in a contained child
(`grader.submission.weights.contained`).
"""

CODE = (".py", ".ipynb")
# Endings of files with weights, and the kind that each is read as where its content does not say.
WEIGHTS = {
    ".npz": "npz", ".npy": "npy", ".safetensors": "safetensors", ".h5": "h5", ".hdf5": "h5",
    ".keras": "keras", ".pt": "pt", ".pth": "pt", ".onnx": "onnx",
}  # fmt: skip
