"""What stays of a teacher's own file: encodings, and every byte outside the target cells."""

import csv
import io
import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filled_sheets import HUNDRED, mark
from grader.cohort.cells import SheetError, changed, sheet
from grader.cohort.exports import Wanted
from grader.cohort.into import fill
from grader.cohort.scores import two_decimals


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no table of grades"),
        (b"Student,ID\n", "no table of grades"),
        (b'id,points\n1,"open\n2,3\n', "line 2: a cell opens with a quote"),
        (b"PK\x03\x04\x00\x00\x00", "not text that can be read"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, reason: str) -> None:
    with pytest.raises(SheetError, match=reason):
        fill(data, [], Wanted("id", "points"))


@given(st.fractions(0, 100), st.integers(1, 10**4).map(lambda n: Fraction(n, 100)))
def test_two_decimals_are_the_nearest_and_never_reach_full_marks(
    share: Fraction, most: Fraction
) -> None:
    score = share / 100 * most
    written = Fraction(two_decimals(score, most))
    assert (written == most) == (score == most)
    assert abs(written - score) <= Fraction(1, 200) or (
        score < most and most - written == Fraction(1, 100)
    )


def test_halves_go_to_the_even_hundredth() -> None:
    assert [two_decimals(Fraction(n, 1000), HUNDRED) for n in (125, 135, 145)] == [
        "0.12",
        "0.14",
        "0.14",
    ]
    assert two_decimals(HUNDRED - Fraction(1, 10**9), HUNDRED) == "99.99"
    assert two_decimals(Fraction(123456), Fraction(10**6)) == "123456.00"
    assert math.isclose(float(two_decimals(Fraction(1, 3), Fraction(1))), 0.33)


CELLS = st.text(st.sampled_from('a1é,;\t"\r\n .=Ж'), max_size=5)


def _quoted(cell: str, delimiter: str, *, always: bool) -> str:
    if always or any(each in cell for each in f'{delimiter}"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


@st.composite
def tables(draw: st.DrawFn) -> tuple[bytes, str, str, list[list[str]]]:
    """Draw a file with its encoding, its delimiter and what its cells say."""
    delimiter = draw(st.sampled_from(",;\t"))
    ends = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    width = draw(st.integers(0, 3))
    body = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=5))
    rows = [["id", "points", *[f"x{n}" for n in range(width)]]]
    rows += [
        [f"s{n}", draw(st.sampled_from(["", "3", "12.5"])), *row] for n, row in enumerate(body)
    ]
    always = draw(st.booleans())
    lines = [
        delimiter.join(_quoted(cell, delimiter, always=always) for cell in row) for row in rows
    ]
    text = ends.join(lines) + draw(st.sampled_from(["", ends, ends + ends]))
    mark, encoding = draw(
        st.sampled_from(
            [
                (b"", "utf-8"),
                (b"\xef\xbb\xbf", "utf-8"),
                (b"\xff\xfe", "utf-16-le"),
                (b"\xfe\xff", "utf-16-be"),
            ]
        )
    )
    return mark + text.encode(encoding), encoding, delimiter, rows


@given(tables(), st.data())
def test_every_byte_outside_the_target_cells_stays(
    table: tuple[bytes, str, str, list[list[str]]], data: st.DataObject
) -> None:
    before, encoding, delimiter, rows = table
    some = data.draw(st.sets(st.integers(1, len(rows) - 1)))
    marks = [mark(f"s{n - 1}") for n in sorted(some)]
    after = fill(before, marks, Wanted("id", "points")).data
    assert [[cell.value for cell in row] for row in sheet(before).rows] == rows
    decoded = after.decode(encoding).removeprefix("\ufeff")
    read = [row for row in csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter) if row]
    for number, (old, new) in enumerate(zip(rows, read, strict=True)):
        assert new[0] == old[0]
        assert new[2:] == old[2:]
        assert new[1].replace(",", ".") == ("87.50" if number in some else old[1])
    # What stood in the cells put back, with the quotes that were there, gives the file that was.
    old_sheet, new_sheet = sheet(before), sheet(after)
    back = {(n, 1): old_sheet.rows[n][1].value for n in some}
    kept = [n for n in some if old_sheet.rows[n][1].quoted == new_sheet.rows[n][1].quoted]
    if len(kept) == len(some):
        assert changed(new_sheet, back) == before


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-8"])
def test_other_encodings_stay_and_take_what_they_can(encoding: str) -> None:
    data = "id,points,Feedback\nzoë,,\n".encode(encoding)
    after = fill(data, [mark("zoë", feedback="turn → 2")], Wanted("id", "points")).data
    shown = "turn → 2" if encoding == "utf-8" else "turn ? 2"
    assert after == f"id,points,Feedback\nzoë,87.50,{shown}\n".encode(encoding)
