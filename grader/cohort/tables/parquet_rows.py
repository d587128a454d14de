"""Parquet, by Polars: the columns of a run of rows; a row with a gap is put as an object."""

import json
from collections.abc import Mapping, Sequence
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Protocol, Self

import numpy as np

from grader.cohort.tables.csv_rows import placed
from grader.cohort.tables.table_rows import Ends, Hard, Heading, TableError, TableRows, in_range
from grader.text.inert import inert


class _Series(Protocol):
    """What is used of a column of Polars'."""

    def fill_null(self, value: str) -> Self: ...

    def to_list(self) -> list[str]: ...

    def __len__(self) -> int: ...


def polars() -> ModuleType:
    """Return Polars. Raises: TableError where it is not installed."""
    try:
        return import_module("polars")
    except ImportError:
        raise TableError(
            'Parquet files need Polars: install "relu-grader[class]", or save the table as CSV or '
            "JSON lines"
        ) from None


def opened(path: str, free: Sequence[str]) -> tuple[Heading, int]:
    """Return what is where and how many rows there are. Raises: TableError, OSError."""
    pl, shown = polars(), inert(path)
    try:
        table = pl.scan_parquet(path, glob=False)
        schema = dict(table.collect_schema())
        count = int(table.select(pl.len()).collect().item())
    except pl.exceptions.PolarsError as error:
        raise TableError(f"{shown} cannot be read as Parquet: {inert(str(error), 200)}") from None
    at = placed(tuple(schema), free, shown)
    wrong = [name for name in free if not schema[name].is_numeric()]
    if wrong:
        kind = inert(str(schema[wrong[0]]), 40)
        raise TableError(
            f"{shown}: the column {wrong[0]} holds {kind}; a parameter's column holds numbers"
        )
    return at, count


def rows(path: str, at: Heading, free: Sequence[str], run: tuple[int, int]) -> TableRows:
    """Return a run of rows, from the one to before the other."""
    pl, (start, end) = polars(), run
    who = [at.names[place] for place in (at.student, at.name, at.time) if place is not None]
    numbers = [pl.col(name).cast(pl.Float64, strict=False) for name in free]
    table = (
        pl.scan_parquet(path, glob=False)
        .slice(start, end - start)
        .select(*numbers, *(pl.col(name).cast(pl.String, strict=False) for name in who))
        .collect()
    )
    columns = tuple(table[name].fill_null(float("nan")).to_numpy() for name in free)
    fine = in_range(columns)
    if fine.all() and at.student is not None and at.name is None and at.time is None:
        ids = table[at.names[at.student]].fill_null("")
        if _are_plain(pl, ids):
            return TableRows(ids, None, None, columns, (), join=partial(_joined, pl, ids))
    students = _texts(table, at, at.student) or [f"row {start + n + 1}" for n in range(end - start)]
    plain = None if fine.all() else np.flatnonzero(fine).tolist()
    hard = []
    for n in np.flatnonzero(~fine).tolist():
        given = {name: table[name][n] for name in free if table[name][n] is not None}
        text = json.dumps(given).replace("Infinity", "1e999")
        hard.append(Hard(n, text.encode()))
    kept = columns if plain is None else tuple(column[fine] for column in columns)
    names, times = (_texts(table, at, place) for place in (at.name, at.time))
    return TableRows(students, names, plain, kept, tuple(hard), times)


def _texts(table: Mapping[str, _Series], at: Heading, place: int | None) -> list[str] | None:
    if place is None:
        return None
    texts: list[str] = table[at.names[place]].fill_null("").to_list()
    return texts


def _are_plain(pl: ModuleType, ids: _Series) -> bool:
    """Tell whether all ids are letters and digits of ASCII, and none is empty."""
    column = pl.lit(ids).str
    whole, shortest = pl.select(column.join(""), least=column.len_bytes().min()).row(0)
    return bool(whole.isascii() and whole.isalnum() and shortest > 0)


def _joined(
    pl: ModuleType,
    ids: _Series,
    middle: str,
    first: int,
    ends: Ends,
) -> bytes:
    """Return the lines of all rows, put together without a text of each in Python."""
    numbers = pl.int_range(first, first + len(ids), eager=True).cast(pl.String)
    tails = pl.Series(ends.texts, dtype=pl.String).gather(ends.which)
    lines = pl.select(pl.concat_str(pl.lit(ids), pl.lit(middle), numbers, tails)).to_series()
    text: str = lines.str.join("")[0]
    return text.encode()
