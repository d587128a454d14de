"""What kind of file a submission is where its name does not say, by how its bytes begin.

Browsers and mail programs add endings (hw.ipynb.txt), platforms take them away, and students hand
in the archive, the PDF or the page that their course's system shows. What can be graded is read as
what it is; everything else is named, with what to hand in instead.
"""

import re

from grader.errors import SubmissionError

_INSTEAD = 'hand in the .ipynb or .py file itself, or JSON such as {"w1": 1, "b1": -1}'
_ZIP = b"PK\x03\x04"
_INSIDE = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel workbook"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"opendocument.text", "an OpenDocument text"),
    (b"", "a zip archive"),
)
_BEGINNINGS = (
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
)
_HTML = re.compile(rb"\s*+<(?:!doctype|html|head|body|!--|\?xml)", re.IGNORECASE)
_TABLE = re.compile(rb'"?\w+"?[ \t]*[,;\t][^\n{}()=:]*\n[^\n{}()]*[,;\t]')
_PYTHON = re.compile(
    rb"^\s*+(?:(?:async\s+)?def\s+\w+\s*\(|import\s+\w|from\s+\w+.*\simport\s)", re.MULTILINE
)


def by_content(data: bytes) -> str:
    """Tell the kind of submission that the bytes are: ipynb, py or json."""
    text = data[: 1 << 16].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if text.startswith(b"{"):
        return "ipynb" if is_notebook(data) else "json"
    return "py" if _PYTHON.search(text) else "json"


def is_notebook(data: bytes) -> bool:
    """Tell whether JSON is a notebook, by two keys that no submission has."""
    return b'"nbformat"' in data and (b'"cells"' in data or b'"worksheets"' in data)


def check_gradable(data: bytes) -> None:
    """Refuse a file of a kind that cannot be graded, by its name.

    Raises: SubmissionError (not-utf8, not-json).
    """
    name = _name(data)
    if name is None:
        return
    try:
        data.decode("utf-8")
        code = "not-json"
    except UnicodeDecodeError:
        code = "not-utf8"
    raise SubmissionError(code, f"the submission is {name}, which cannot be graded; {_INSTEAD}")


def _name(data: bytes) -> str | None:
    if data.startswith(_ZIP):
        return next(name for inside, name in _INSIDE if inside in data)
    for beginning, name in _BEGINNINGS:
        if data.startswith(beginning):
            return name
    if _HTML.match(data):
        return "an HTML page"
    return "a table (CSV)" if _TABLE.match(data) else None
