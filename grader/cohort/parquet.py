"""results.parquet: the gradebook's rows in typed columns, with texts as they are."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec

from grader.cohort.gradebook import Column, Line
from grader.errors import GraderError

PARQUET = "results.parquet"


class NoPolars(GraderError):
    """The operator must act: what writes Parquet is not installed."""


def check_polars() -> None:
    """See that Parquet can be written. Raises: NoPolars."""
    if find_spec("polars") is None:
        raise NoPolars(
            "--parquet needs Polars, which is not installed; add it: pip install "
            "'relu-grader[class]'"
        )


def write_parquet(path: str, header: Sequence[Column], rows: Iterator[Line]) -> None:
    """Write a table at the path, which is free. Raises: NoPolars; OSError."""
    check_polars()
    import polars as pl

    kinds = {"text": pl.String, "whole": pl.Int64, "number": pl.Float64}
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    table = pl.DataFrame(
        [
            pl.Series(
                column.name,
                [float(v) if column.kind == "number" and v is not None else v for v in values],
                kinds[column.kind],
            )
            for column, values in zip(header, columns, strict=True)
        ]
    )
    table.write_parquet(path, compression="zstd")
