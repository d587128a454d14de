"""What to do about an error: by its kind and text, and by the line at fault."""

import pytest

from grader.sandbox.grader_side.hints import advice
from grader.sandbox.grader_side.sandbox import Sandbox

TWO = "The file holds two versions, with lines of <<<<<<< and =======; keep one version."
PROMPTS = "Take away the prompts, such as >>> and In [1]:, in every line."
RUN = "Run the file yourself before you hand it in: Python shows the place."
WITHOUT = (
    "The code runs without files, network and other processes: put the numbers it needs into the "
    "file itself."
)
NO_FILE = (
    "No file can be read, written or made here: put the numbers it needs into the file itself."
)
BLANK = "Put your code in place of this line, or take it away where the code is there already."
REFUSED = "[Errno 1] Operation not permitted"


@pytest.mark.parametrize(
    ("kind", "text", "source", "expected"),
    [
        ("SyntaxError", "invalid syntax", "<<<<<<< HEAD", TWO),
        ("SyntaxError", "invalid syntax", "=======", TWO),
        ("SyntaxError", "invalid syntax", ">>>>>>> main", TWO),
        ("SyntaxError", "invalid syntax", ">>> def submission():", PROMPTS),
        ("SyntaxError", "invalid syntax", "In [12]: w1 = 1", PROMPTS),
        ("SyntaxError", "invalid syntax", "   ...: return 1", PROMPTS),
        ("SyntaxError", "invalid syntax", "```python", "Take away the lines of ```, which belong to Markdown."),
        ("SyntaxError", "invalid syntax", "12  return w1", "Take away the numbers in front of the lines."),
        ("SyntaxError", "invalid syntax", "1. w1 = 2", "Take away the numbers in front of the lines."),
        ("SyntaxError", "invalid syntax", "<pre>def submission():", "This is a formatted document: save the code as plain text."),
        ("SyntaxError", "invalid syntax", "2 * = 3", RUN),
        ("SyntaxError", "invalid syntax", "a >>> b", RUN),
        ("SyntaxError", "invalid syntax", "", RUN),
        ("SyntaxError", "source code string cannot contain null bytes", "", "The file holds bytes that are no text: save it again as plain text, UTF-8."),
        ("NotImplementedError", "", "raise NotImplementedError()", BLANK),
        ("NotImplementedError", "abstract", "shape.area()", ""),
        ("PermissionError", f"{REFUSED}: 'weights.json'", "open('weights.json')", NO_FILE),
        ("FileNotFoundError", "[Errno 2] No such file or directory: 'w'", "open('w')", NO_FILE),
        ("PermissionError", REFUSED, "pid = os.fork()", f"os.fork() is refused. {WITHOUT}"),
        ("PermissionError", REFUSED, "os.kill(os.getppid(), 9)", f"os.kill() is refused. {WITHOUT}"),
        ("PermissionError", REFUSED, "os.nice(1); os.setuid(0)", WITHOUT),
        ("PermissionError", "of my own", "os.nice(1)", WITHOUT),
    ],
)  # fmt: skip
def test_what_is_advised(kind: str, text: str, source: str, expected: str) -> None:
    assert advice(kind, text, source) == expected


def test_the_call_that_was_refused_is_named() -> None:
    code = b"import os\ndef submission():\n    os.fork()\n    return 1\n"
    with Sandbox() as sandbox:
        outcome = sandbox.run(code)
    assert outcome.message == (
        f"PermissionError: {REFUSED} | line 3, in submission: os.fork(). os.fork() is refused. "
        f"{WITHOUT}"
    )


def test_a_package_that_is_absent_is_called_as_python_calls_it() -> None:
    with Sandbox() as sandbox:
        outcome = sandbox.run(b"import tqdm\ndef submission():\n    return tqdm([1])\n")
    assert outcome.message == (
        "TypeError: 'module' object is not callable | line 3, in submission: return tqdm([1]). "
        "Call what is in the module: after import tqdm, say, tqdm.tqdm(...)."
    )


@pytest.mark.parametrize(
    ("returned", "words"),
    [
        ("[...]", "the blank ... that is to be filled in"),
        ("[np.datetime64('now')]", "a date"),
        ("[dt.date.today()]", "a date"),
        ("[dt.datetime(2024, 1, 2)]", "a date"),
        ("[np.timedelta64(1, 's')]", "a span of time"),
        ("[dt.timedelta(1)]", "a span of time"),
    ],
)
def test_what_is_no_number_is_named(returned: str, words: str) -> None:
    code = f"import datetime as dt\nimport numpy as np\ndef submission():\n    return {returned}\n"
    with Sandbox() as sandbox:
        (item,) = sandbox.run(code.encode()).items
    assert words in repr(item)
