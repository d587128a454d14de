"""What a teacher may choose of a class run, by name: light to import."""

KEEP = ("last", "best", "first", "all")
STYLES = ("excel", "excel-eu")

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from typing import Literal

    Keep = Literal["last", "best", "first", "all"]  # of several attempts
    Style = Literal["excel", "excel-eu"]  # of gradebook.csv
else:
    Keep = Style = str
