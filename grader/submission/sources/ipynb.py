"""A submission as a Jupyter notebook: its code cells, one after the other in one namespace.

Nothing of Jupyter is started: `magics` turns what only IPython understands into Python, line by
line, and cells in another language are left out; each stays as blank lines, so that every line
keeps its place. The cells go to whoever runs them as one source, a zero byte before each, which
no Python source can contain. A cell that only writes a Python file (%%writefile) is run first, as
if it were imported: a function defined in it is found.

A notebook is mostly outputs, so that one of 50 MiB has a few kilobytes of source. What is long is
therefore not parsed as a whole: `slim` cuts the cells' sources out of its bytes.

Source: the notebook format 4, and 3 with its worksheets (nbformat's JSON Schemas).
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from grader.errors import SubmissionError
from grader.submission import encoding, magics, slim
from grader.submission.record import MAX_BYTES, Entries, Run
from grader.submission.sources.py import runner
from grader.text.inert import inert

_CELL = "\0"
_MOST_NAMED = 3
_KINDS = {"markdown": "Markdown", "raw": "raw"}
_OTHER_LANGUAGES = frozenset((
    "bash", "c", "c#", "c++", "csharp", "f#", "fsharp", "go", "haskell", "java", "javascript",
    "julia", "kotlin", "matlab", "octave", "perl", "php", "powershell", "pwsh", "r", "ruby", "rust",
    "scala", "sql", "stata", "typescript",
))  # fmt: skip


class Cell(NamedTuple):
    """A code cell: the number among the code cells, its lines, and whether they are Python."""

    number: int
    lines: tuple[str, ...]
    is_python: bool = True


def read(data: bytes, run: Run | None) -> Entries:
    """Return what the function in the notebook's code cells returns.

    Raises: SubmissionError, SandboxError.
    """
    notebook = _notebook(encoding.utf8(data))
    cells = _cells(notebook)
    _check_size(cells)
    read_cells = [(cell, *_python(cell)) for cell in cells]
    read_cells.sort(key=lambda each: not magics.is_file(each[0].lines))
    starts: list[int] = []
    sources: list[str] = []
    left_out: list[str] = []
    line = 1
    for _, lines, ignored in read_cells:
        starts.append(line)
        line += len(lines)
        sources.append(_CELL + "\n".join(lines).replace(_CELL, "\N{REPLACEMENT CHARACTER}"))
        left_out += ignored

    def place(line: int) -> str:
        index = bisect_right(starts, line) - 1
        return f"code cell {read_cells[index][0].number}, line {line - starts[index] + 1}"

    text = "\n".join(sources) + "\n" if sources else _CELL
    try:
        return runner(run)(text.encode("utf-8", "replace"), place, _note(left_out))
    except SubmissionError as error:
        raise _in_another_cell(notebook, error) or error from None


def _in_another_cell(notebook: object, error: SubmissionError) -> SubmissionError | None:
    """Return what is said if a cell that is not code defines the function that is missing."""
    missing = re.search(r"\bno function (\w+)\(\)", error.message)
    if error.code != "no-function" or not missing:
        return None
    definition = re.compile(rf"^\s*(?:async\s+)?def\s+{missing[1]}\s*\(")
    cells = [cell for some in _listed(notebook) for cell in some if isinstance(cell, dict)]
    for number, cell in enumerate(cells, 1):
        kind = cell.get("cell_type")
        if kind in {"markdown", "raw"} and any(map(definition.match, _lines(cell))):
            return SubmissionError(
                "no-function",
                f"{missing[1]}() is defined in a {_KINDS[kind]} cell, cell {number} of the "
                "notebook, which is not run: change the cell's type to Code, run it and save",
                f"cell {number}",
            )
    return None


def _check_size(cells: list[Cell]) -> None:
    size = sum(
        len(line.encode("utf-8", "surrogatepass")) + 1 for cell in cells for line in cell.lines
    )
    if size > MAX_BYTES:
        raise _too_large()


def _too_large() -> SubmissionError:
    return SubmissionError(
        "too-large",
        "the notebook's code cells have more than 1 MiB of source; the exercise needs a few lines, "
        "so delete the cells that it does not need",
    )


def _note(left_out: list[str]) -> tuple[str, ...]:
    if not left_out:
        return ()
    shown = ", ".join(inert(line.strip(), 40) for line in left_out[:_MOST_NAMED])
    more = f" and {len(left_out) - _MOST_NAMED} more" if len(left_out) > _MOST_NAMED else ""
    return (f"lines that only Jupyter understands were left out: {shown}{more}",)


def _python(cell: Cell) -> tuple[list[str], list[str]]:
    """Return a cell's lines as Python, and the lines that were left out."""
    if not cell.is_python:
        first = next((line for line in cell.lines if line.strip()), "")
        return ["" for _ in cell.lines], [first]
    return magics.python(cell.lines)


def _notebook(data: bytes) -> object:
    """Return the notebook without what is not needed.

    Raises: SubmissionError (not-utf8, not-json, too-large).
    """
    try:
        if len(data) > MAX_BYTES:
            data = slim.slim(data)
        text = data.decode("utf-8-sig")
        del data
        return json.loads(text, parse_int=float)
    except UnicodeDecodeError as error:
        raise SubmissionError(
            "not-utf8",
            f"byte {error.start + 1} is not UTF-8 text; save the notebook again and hand it in",
        ) from None
    except json.JSONDecodeError as error:
        raise _no_json(error) from None
    except slim.BrokenError as error:
        raise SubmissionError(
            "not-json",
            f"the file is not a notebook: not JSON at byte {error.at + 1}; save it again in "
            "Jupyter and hand in the new file",
        ) from None
    except slim.TooLargeError:
        raise _too_large() from None
    except RecursionError:
        raise SubmissionError("not-json", "the file is nested too deeply for a notebook") from None


def _no_json(error: json.JSONDecodeError) -> SubmissionError:
    if not error.doc.strip():
        return SubmissionError(
            "not-json",
            "the notebook is empty: nothing was saved in it; save it and hand it in again",
        )
    conflict = re.search(r"^(?:<{7}|={7}|>{7})", error.doc, re.MULTILINE)
    if conflict:
        line = error.doc.count("\n", 0, conflict.start()) + 1
        return SubmissionError(
            "not-json",
            "the file holds two versions of the notebook, with lines of <<<<<<< and =======; "
            "keep one version and hand it in",
            f"line {line}",
        )
    return SubmissionError(
        "not-json",
        f"the file is not a notebook: not JSON at line {error.lineno}, column {error.colno}; save "
        "it again in Jupyter and hand in the new file",
        f"line {error.lineno}",
    )


def _cells(notebook: object) -> list[Cell]:
    """Return the code cells. Raises: SubmissionError (not-an-object)."""
    found = list(_listed(notebook))
    if not isinstance(notebook, dict) or not found:
        raise SubmissionError(
            "not-an-object",
            "the file is not a notebook: it has no list of cells; save it again in Jupyter",
        )
    language = _text(notebook, "metadata", "language_info", "name") or _text(
        notebook, "metadata", "kernelspec", "language"
    )
    if language.lower() in _OTHER_LANGUAGES:
        raise SubmissionError(
            "no-function",
            f"the notebook is in {inert(language, 40)}; only Python is run: write the function in "
            "a Python notebook, or hand in the numbers as JSON",
        )
    code = [
        cell
        for cells in found
        for cell in cells
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]
    return [Cell(number, _lines(cell), _is_python(cell)) for number, cell in enumerate(code, 1)]


def _listed(notebook: object) -> Iterator[list[object]]:
    """Yield the lists of cells: one, or in format 3 one for each worksheet."""
    if not isinstance(notebook, dict):
        return
    sheets = notebook.get("worksheets")
    for holder in [notebook, *(sheets if isinstance(sheets, list) else [])]:
        cells = holder.get("cells") if isinstance(holder, dict) else None
        if isinstance(cells, list):
            yield cells


def _is_python(cell: dict[str, object]) -> bool:
    """Tell whether a cell is Python, as editors that mix languages in a notebook write it down."""
    named = (
        _text(cell, "metadata", "vscode", "languageId"),
        _text(cell, "metadata", "polyglot_notebook", "kernelName"),
        _text(cell, "metadata", "dotnet_interactive", "language"),
        _text(cell, "metadata", "kernel"),
        _text(cell, "language"),
    )
    return all("python" in name.lower() for name in named if name)


def _text(record: object, *keys: str) -> str:
    for key in keys:
        record = record.get(key) if isinstance(record, dict) else None
    return record if isinstance(record, str) else ""


def _lines(cell: dict[str, object]) -> tuple[str, ...]:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = source if isinstance(source, str) else ""
    return tuple(re.sub(r"\r\n?", "\n", text).rstrip("\n").split("\n"))
