"""Reading a file with weights in a child that is shut in: the reader is ours, the bytes are not.

A reader is the `layers` of a kind's file in `grader/submission/sources`. It raises SubmissionError
for what is wrong with the file; anything else that it raises is our fault, and is reported as one.
"""

from collections.abc import Callable

from grader.errors import SubmissionError
from grader.sandbox.protocol import wire
from grader.submission.weights.carried import written
from grader.submission.weights.layers import Saved

Reader = Callable[[bytes], Saved]


def answer(reader: Reader, data: bytes) -> bytes:
    """Return what came of the bytes, as an answer's lines."""
    try:
        return wire.write([b"saved " + written(reader(data)).encode("ascii")])
    except SubmissionError as error:
        return wire.write([b"refused " + wire.text(error.code) + b" " + wire.text(error.message)])
    except MemoryError:
        return wire.write([b"memory"])
