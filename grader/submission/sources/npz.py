"""A submission as NumPy's archive: what `np.savez(file, *model.get_weights())` writes.

Arrays without names of their own (arr_0, arr_1) are in the order of get_weights(). Names that say
what they are (0.weight, units/kernel, coefs_0, w) count in place of the order.
"""

from grader.submission.weights import npy
from grader.submission.weights.by_names import from_names
from grader.submission.weights.contained import contained
from grader.submission.weights.cursor import Cursor
from grader.submission.weights.layers import Array, Saved, refusal
from grader.submission.weights.zipped import members, unpacked
from grader.text.inert import inert

_ENDING = ".npy"


def layers(data: bytes) -> Saved:
    """Return the layers of the archive's arrays.

    Raises: SubmissionError (not-weights, not-a-number).
    """
    arrays: list[Array] = []
    for name, member in members(data).items():
        if not name.endswith(_ENDING):
            raise refusal(
                f'the archive holds "{inert(name, 60)}", which is not an array; hand in what '
                "np.savez('weights.npz', *model.get_weights()) writes"
            )
        arrays.append(npy.read(Cursor(unpacked(data, member), f'"{inert(name, 60)}"'), name[:-4]))
    return from_names(arrays)


read = contained("npz")
