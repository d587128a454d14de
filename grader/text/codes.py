"""The tables of names that specs, submissions and reports share: one row, one meaning."""

from grader.named import NamedTuple

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import Literal

    Reveal = Literal["verdict", "hints", "answers"]
    Live = Literal["none", "checks", "full"]
    Status = Literal["graded", "invalid", "failed"]
    Kind = Literal["segment", "breakpoint"]
    Role = Literal["goal", "guard"]
    ChosenBy = Literal["nobody", "draw", "command", "override", "submission", "spec"]
    Basis = Literal["full", "own-unit", "near", "position", "none"]
    Order = Literal["listed", "any"]
else:
    Reveal = Live = Status = Kind = Role = ChosenBy = Basis = Order = str


class ErrorCode(NamedTuple):
    """Why nothing was graded: what to say to whoever asks, and a submission that ends in it."""

    code: str
    meaning: str
    example: str


# In the order in which the first that applies counts. A new code is one row here.
ERROR_CODES = (
    ErrorCode(
        "unreadable",
        "there is not exactly one ordinary file to grade",
        "grade /dev/null",
    ),
    ErrorCode(
        "too-large",
        "more than 1 MiB, of a notebook in its code cells, or a notebook of more than 50 MiB",
        "a submission of 2 MiB; a handful of numbers needs a few hundred bytes",
    ),
    ErrorCode(
        "not-utf8",
        "the bytes are not UTF-8 text",
        "a file saved as Latin-1, or as UTF-16 without a byte-order mark",
    ),
    ErrorCode(
        "not-json",
        "the text is not JSON",
        '{"w1": 1, "b1": -1,}   the last comma is one too many',
    ),
    ErrorCode(
        "not-an-object",
        "the JSON is not an object",
        "[1, -1, 2, -4]   the numbers need their names: an object in braces",
    ),
    ErrorCode(
        "duplicate-key",
        "a key appears twice",
        '{"w1": 1, "w1": 2}',
    ),
    ErrorCode(
        "unknown-parameter",
        "a key that the exercise does not have",
        '{"w7": 1} where there are units 0 to 2, or {"weight1": 1}',
    ),
    ErrorCode(
        "not-text",
        "exercise or student is not text",
        '{"student": true} instead of {"student": "ada"}',
    ),
    ErrorCode(
        "unknown-exercise",
        "it is not known which exercise this is for",
        '{"exercise": "relu-tree-segments"}   a slip of the pen in the id',
    ),
    ErrorCode(
        "wrong-exercise",
        "made for another exercise",
        '{"exercise": "hat"} where another exercise is being graded',
    ),
    ErrorCode(
        "variants-changed",
        "made for another list of variants than the exercise has now",
        'a submission whose "variant_list" is not the digest of the exercise\'s variants',
    ),
    ErrorCode(
        "wrong-variant",
        "made for another variant than the student's",
        '{"variant": 5} where the student has variant 17, or there are fewer',
    ),
    ErrorCode(
        "no-variant",
        "the exercise has variants, and nothing says which one this is for",
        '{"w1": 1, "b1": -1} without "variant" where every student has numbers of their own',
    ),
    ErrorCode(
        "fixed-parameter",
        "a fixed parameter has another value",
        '{"w0": 1} where unit 0 is given with the weight -2',
    ),
    ErrorCode(
        "missing-parameter",
        "a free parameter is missing",
        '{"w1": 1} where b1 is free, too',
    ),
    ErrorCode(
        "not-a-number",
        "a parameter is not a number",
        '{"w1": "1"} or {"w1": true} instead of {"w1": 1}',
    ),
    ErrorCode(
        "out-of-range",
        "a parameter is over 1e9 in magnitude",
        '{"w1": 1e400}',
    ),
    ErrorCode(
        "no-function",
        "the function to call is not there",
        "a file without def submission(), or whose name in --function is another",
    ),
    ErrorCode(
        "raised",
        "the code raised an exception",
        "def submission(): return 1 / 0",
    ),
    ErrorCode(
        "timed-out",
        "the code ran longer than allowed",
        "def submission():\n    while True: pass",
    ),
    ErrorCode(
        "out-of-memory",
        "the code used more memory than allowed",
        "def submission(): return [0] * 10**12",
    ),
    ErrorCode(
        "crashed",
        "the process of the code ended abnormally",
        "def submission(): os.abort()",
    ),
    ErrorCode(
        "bad-return",
        "the function returned something that cannot be read",
        'def submission(): return "w1 is 1"',
    ),
    ErrorCode(
        "not-weights",
        "the file has no weights that can be read",
        "torch.save(model, ...) instead of torch.save(model.state_dict(), ...)",
    ),
    ErrorCode(
        "wrong-network",
        "the saved network is not the exercise's",
        "Dense(4) where the exercise has three units, or a tanh in place of the ReLU",
    ),
    ErrorCode(
        "grader-fault",
        "the grader failed",
        "the grader's own process ended; the same submission may be graded next time",
    ),
    ErrorCode(
        "sandbox-unavailable",
        "student code cannot be contained on this machine",
        "student code is to be run where the system cannot contain it",
    ),
)
# The grader's own or its operator's: a submission that ends in one has no score, and no 0 either.
OURS = frozenset({"grader-fault", "sandbox-unavailable", "variants-changed"})
ERRORS = {row.code: row.meaning for row in ERROR_CODES}

# From the lowest.
REVEAL: tuple[Reveal, ...] = ("verdict", "hints", "answers")
LIVE: tuple[Live, ...] = ("none", "checks", "full")
# How a trained network's units become the exercise's; the first is meant where nothing is said.
ORDERS: tuple[Order, ...] = ("listed", "any")
