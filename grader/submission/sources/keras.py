"""A submission as `model.save("x.keras")`: an archive with the config and the weights as HDF5."""

from grader.submission.weights.contained import contained
from grader.submission.weights.keras_config import activated, config
from grader.submission.weights.keras_h5 import from_h5
from grader.submission.weights.layers import Saved, refusal
from grader.submission.weights.zipped import members, unpacked

_CONFIG, _WEIGHTS = "config.json", "model.weights.h5"


def layers(data: bytes) -> Saved:
    """Return the layers in the archive, with the activations that its config names.

    Raises: SubmissionError (not-weights, not-a-number).
    """
    found = members(data)
    if _WEIGHTS not in found:
        raise refusal(f"the archive has no {_WEIGHTS}; hand in what model.save('x.keras') writes")
    saved = from_h5(unpacked(data, found[_WEIGHTS]))
    if _CONFIG not in found:
        return saved
    plan = config(unpacked(data, found[_CONFIG]), f'"{_CONFIG}"')
    return saved._replace(layers=activated(saved.layers, plan))


read = contained("keras")
