"""What each process that grades a table is given, beside the chunks."""

from typing import NamedTuple

from grader.cohort.choices import Style
from grader.cohort.marking import Criteria
from grader.cohort.tables.table_rows import Heading


class TableTask(NamedTuple):
    """What a table's run is about, the same for each of its chunks."""

    path: str
    kind: str  # jsonl, csv, parquet
    heading: Heading
    marking: Criteria
    style: Style
