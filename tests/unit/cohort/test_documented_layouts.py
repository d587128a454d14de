"""Each row of the table in docs/classes.md is recognised, with the id that it names."""

import re
from pathlib import Path

import pytest

from collections_made import RIGHT, foldered
from command import PROJECT
from grader.cohort.collection import manifest

ROWS = re.findall(
    r"^\| (\w[^|]*?) \| `([^`]+)`[^|]*\| [^|]*?`?([\w]+)`? \|$",
    (PROJECT / "docs" / "classes.md").read_text("utf-8").partition("## Who is who")[0],
    re.MULTILINE,
)
META = b"submission_31000:\n  :submitters:\n  - :name: Ada\n    :email: email\n"


def test_the_table_is_there() -> None:
    assert len(ROWS) == 15


@pytest.mark.parametrize(("platform", "path", "student"), ROWS)
def test_a_row(tmp_path: Path, platform: str, path: str, student: str) -> None:
    members = {path: RIGHT}
    if platform == "Gradescope":
        members["assignment_9100_export/submission_metadata.yml"] = META
    found = manifest(foldered(tmp_path / "download", members))
    assert [entry.student for entry in found.entries] == [student]
    layout, named = (re.split("[ ,]", text)[0] for text in (found.layout, platform))
    assert layout in (named, "a", "Classroom")
