"""A kind of file with weights, as the grader sees it: its bytes go to the contained child.

The child calls the `layers(data)` of the kind's own file in `sources`, and what comes back is text
(`carried`). So nothing of a hostile file is read in the grader's own process.
"""

TYPE_CHECKING = False  # type checkers take it for true; the child loads none of these
if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.submission.record import Entries, Run


def contained(kind: str) -> "Callable[[bytes, Run | None], Entries]":
    """Return the way to read a submission of this kind, the name of its file in `sources`."""

    def read(data: bytes, run: "Run | None") -> "Entries":
        from grader.submission.record import Trained
        from grader.submission.sources.py import runner
        from grader.submission.weights.carried import read as read_back

        ((_, text),) = runner(run)(data, _no_line, (), kind)
        return Trained.of(read_back(str(text)))

    return read


def _no_line(number: int) -> str:
    return f"byte {number}"  # a file with weights has no lines; nothing asks for one
