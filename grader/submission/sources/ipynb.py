"""A submission as a Jupyter notebook: its code cells in order, read as one Python source.

Nothing of Jupyter is started. What only IPython understands is left out: lines that begin with %
or !, and cells in another language. Each line left out stays as an empty statement, so that every
line keeps its place.

Source: the notebook format 4, and 3 with its worksheets (nbformat's JSON Schemas).
"""

import json
import re
from bisect import bisect_right
from typing import NamedTuple

from grader.errors import SubmissionError
from grader.submission.record import Entries, Run
from grader.submission.sources.py import runner
from grader.text.inert import inert

# Cell magics that only measure or show the Python below them.
_PYTHON_CELLS = {"capture", "prun", "time", "timeit"}
_LEFT_OUT = re.compile(r"^(\s*)(?:%[A-Za-z].*|!.*|\?{1,2}[A-Za-z_].*|[A-Za-z_][\w.]*\?{1,2})\s*$")
_ASSIGNED = re.compile(r"^(\s*)(\w+\s*=\s*)(?:!.*|%[A-Za-z].*)$")
_MOST_NAMED = 3


class Cell(NamedTuple):
    """A code cell: the number among the code cells, and its lines."""

    number: int
    lines: tuple[str, ...]


def read(data: bytes, run: Run | None) -> Entries:
    """Return what the function in the notebook's code cells returns.

    Raises: SubmissionError, SandboxError.
    """
    cells = _cells(data)
    starts: list[int] = []
    source: list[str] = []
    left_out: list[str] = []
    for cell in cells:
        starts.append(len(source) + 1)
        lines, ignored = _python(cell)
        source += lines
        left_out += ignored

    def place(line: int) -> str:
        index = bisect_right(starts, line) - 1
        return f"code cell {cells[index].number}, line {line - starts[index] + 1}"

    text = "\n".join(source) + "\n"
    return runner(run)(text.encode("utf-8", "replace"), place, _note(left_out))


def _note(left_out: list[str]) -> tuple[str, ...]:
    if not left_out:
        return ()
    shown = ", ".join(inert(line.strip(), 40) for line in left_out[:_MOST_NAMED])
    more = f" and {len(left_out) - _MOST_NAMED} more" if len(left_out) > _MOST_NAMED else ""
    return (f"lines that only Jupyter understands were left out: {shown}{more}",)


def _python(cell: Cell) -> tuple[list[str], list[str]]:
    """Return a cell's lines as Python, and the lines that were left out."""
    first = next((line for line in cell.lines if line.strip()), "")
    if first.startswith("%%") and first[2:].split(None, 1)[:1] not in [[n] for n in _PYTHON_CELLS]:
        return ["" for _ in cell.lines], [first]
    lines: list[str] = []
    left_out: list[str] = []
    quoted = False
    for line in cell.lines:
        kept = line if quoted else _statement(line)
        if kept != line:
            left_out.append(line)
        elif (line.count('"""') + line.count("'''")) % 2:
            quoted = not quoted  # inside, a line is text whatever it begins with
        lines.append(kept)
    return lines, left_out


def _statement(line: str) -> str:
    if line.startswith("%%"):
        return ""
    if found := _ASSIGNED.match(line):
        return f"{found[1]}{found[2]}None"
    found = _LEFT_OUT.match(line)
    return f"{found[1]}pass" if found else line


def _cells(data: bytes) -> list[Cell]:
    """Return the code cells. Raises: SubmissionError (not-utf8, not-json, not-an-object)."""
    try:
        notebook = json.loads(data.decode("utf-8-sig"), parse_int=float)
    except UnicodeDecodeError as error:
        raise SubmissionError(
            "not-utf8",
            f"byte {error.start + 1} is not UTF-8 text; save the notebook anew and hand that in",
        ) from None
    except json.JSONDecodeError as error:
        raise SubmissionError(
            "not-json",
            f"is no notebook: not JSON at line {error.lineno}, column {error.colno}; save it anew "
            "in Jupyter and hand that in",
            f"line {error.lineno}",
        ) from None
    except RecursionError:
        raise SubmissionError("not-json", "is nested too deep for a notebook") from None
    found = _listed(notebook)
    if found is None:
        raise SubmissionError(
            "not-an-object", "is no notebook: it has no list of cells; save it anew in Jupyter"
        )
    code = [cell for cell in found if isinstance(cell, dict) and cell.get("cell_type") == "code"]
    return [Cell(number, _lines(cell)) for number, cell in enumerate(code, 1)]


def _listed(notebook: object) -> list[object] | None:
    if not isinstance(notebook, dict):
        return None
    sheets = notebook.get("worksheets")
    holder = sheets[0] if isinstance(sheets, list) and sheets else notebook
    cells = holder.get("cells") if isinstance(holder, dict) else None
    return cells if isinstance(cells, list) else None


def _lines(cell: dict[str, object]) -> tuple[str, ...]:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = source if isinstance(source, str) else ""
    return tuple(text.replace("\r\n", "\n").rstrip("\n").split("\n"))
