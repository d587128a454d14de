"""Report formats, one file each, named after what the user types after --format.

Each has `render(report, layout)`, a Report to text that ends in a line break.
"""

from grader.named import NamedTuple


class Layout(NamedTuple):
    """What a format may know about where its text is going."""

    width: int = 80
    colour: bool = False
    one_of_many: bool = False
