"""A table of text as spans: where each cell stands, so that one changes and no other byte does.

Theory of operation. The bytes are decoded in the first encoding that gives them back unchanged
(the mark's own, UTF-8, Windows-1252, Latin-1) and cut into cells by one expression, as Python's csv
module would read them. A cell knows where it begins and ends, quotes included; `changed` puts new
cells between the pieces of old text and encodes the whole. What is not a target is copied, never
written anew, so delimiters, quotes, line ends, a last line without one and the mark stay.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from grader.errors import GraderError

TEXT_FOR_EXCEL = re.compile(r'\A="([^"]*)"\Z')
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_WITHOUT_MARK = ("utf-8", "cp1252", "latin-1")
_DELIMITERS = (",", ";", "\t")
_SAID = re.compile(r"sep=([,;\t|])(?:\r\n|\r|\n)", re.IGNORECASE)  # Excel's own first line
_QUOTED = r'"[^"]*+(?:""[^"]*+)*+'


class SheetError(GraderError):
    """The teacher must act: a file of grades cannot be filled as it is."""


class Field(NamedTuple):
    """One cell: where it is in the text, quotes included, and what it says."""

    start: int
    end: int
    value: str
    quoted: bool


class Sheet(NamedTuple):
    """A table as it was found. `rows` are those with a cell; `lines` say where each begins."""

    text: str
    mark: bytes
    encoding: str
    delimiter: str
    rows: tuple[tuple[Field, ...], ...]
    lines: tuple[int, ...]

    @property
    def header(self) -> tuple[str, ...]:
        """What the cells of the first row say."""
        return tuple(cell.value.strip() for cell in self.rows[0])

    def value(self, row: int, column: int | None) -> str:
        """Return what a cell says, without blanks around it; "" where the row is too short."""
        cells = self.rows[row]
        if column is None or column >= len(cells):
            return ""
        return cells[column].value.strip()


def sheet(data: bytes) -> Sheet:
    """Return the table in the bytes.

    Raises: SheetError if there is none in them.
    """
    text, mark, encoding = _decoded(data)
    said = _SAID.match(text)
    delimiter = (
        said[1] if said else max(_DELIMITERS, key=lambda each: len(_rows(text, each, most=1)[0]))
    )
    rows = _rows(text, delimiter)
    kept = [(row, at) for row, at in zip(rows, _line_numbers(text, rows), strict=True) if row]
    kept = kept[1:] if said else kept
    if len(kept) < 2:
        raise SheetError("it holds no table of grades: a header and at least one row")
    return Sheet(
        text,
        mark,
        encoding,
        delimiter,
        tuple(row for row, _ in kept),
        tuple(at for _, at in kept),
    )


def changed(table: Sheet, new: Mapping[tuple[int, int], str]) -> bytes:
    """Return the table's bytes with new values of cells by row and column; all else is copied."""
    pieces = []
    end = 0
    for (row, column), value in sorted(new.items()):
        cell = table.rows[row][column]
        pieces += [table.text[end : cell.start], _written(value, cell, table.delimiter)]
        end = cell.end
    text = "".join([*pieces, table.text[end:]])
    return table.mark + text.encode(table.encoding, "replace")


def _written(value: str, cell: Field, delimiter: str) -> str:
    if cell.quoted or any(each in value for each in (delimiter, '"', "\r", "\n")):
        return '"' + value.replace('"', '""') + '"'
    return value


def _decoded(data: bytes) -> tuple[str, bytes, str]:
    mark = b""
    encodings: tuple[str, ...] = _WITHOUT_MARK
    for begins, encoding in _MARKS:
        if data.startswith(begins):
            mark, encodings = begins, (encoding,)
    if not mark and b"\0" in data[:2]:
        encodings = ("utf-16-be",) if data[:1] == b"\0" else ("utf-16-le",)
    for encoding in encodings:
        try:
            text = data[len(mark) :].decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, mark, encoding
    raise SheetError(
        "it is not text that can be read; export it as CSV (UTF-8), not as an Excel workbook"
    )


def _rows(text: str, delimiter: str, most: int | None = None) -> list[tuple[Field, ...]]:
    """Cut the text into rows, at most so many; a blank line is a row without cells.

    Raises: SheetError where a quote opens and never closes.
    """
    plain = rf"[^{delimiter}\r\n]*+"
    pattern = re.compile(rf'(?:{_QUOTED}("?+){plain}|{plain})({delimiter}|\r\n|\r|\n|\Z)')
    rows: list[tuple[Field, ...]] = []
    row: list[Field] = []
    at = 0
    while at < len(text) or row:
        found = pattern.match(text, at)
        if found is None or found[1] == "":
            line = 1 + len(re.findall(r"\r\n|\r|\n", text[:at]))
            raise SheetError(f'line {line}: a cell opens with a quote (") that never closes')
        row.append(_cell(text, found.start(), found.start(2)))
        at = found.end()
        if found[2] != delimiter:
            blank = len(row) == 1 and row[0].start == row[0].end
            rows.append(() if blank else tuple(row))
            row = []
            if len(rows) == most:
                break
    return rows or [()]


def _cell(text: str, start: int, end: int) -> Field:
    written = text[start:end]
    if not written.startswith('"'):
        return Field(start, end, written, quoted=False)
    inside = re.match(_QUOTED, written)
    closed = inside.end() if inside else 1
    value = written[1:closed].replace('""', '"') + written[closed + 1 :]
    return Field(start, end, value, quoted=True)


def _line_numbers(text: str, rows: list[tuple[Field, ...]]) -> list[int]:
    """Return the line in which each row begins; a row may be of several lines."""
    numbers, line, at = [], 1, 0
    for row in rows:
        if row:
            line += len(re.findall(r"\r\n|\r|\n", text[at : row[0].start]))
            at = row[0].start
        numbers.append(line)
    return numbers
