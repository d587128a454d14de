"""The exact text of reports. To rewrite it after a change: GOLDEN=write pytest tests/golden."""

import json
from pathlib import Path

import pytest

from grader.report import Report
from grader.reports import Layout, jsonl, terminal
from grader.reports import json as json_format
from grader.version import VERSION
from samples.golden import compare
from samples.reports import LAYOUTS, reports

HERE = Path(__file__).parent
REPORTS = reports()


@pytest.mark.parametrize("shape", LAYOUTS)
@pytest.mark.parametrize("name", REPORTS)
def test_terminal(name: str, shape: str) -> None:
    text = terminal.render(REPORTS[name], LAYOUTS[shape])
    compare(HERE / "terminal" / f"{name}-{shape}.txt", text)


@pytest.mark.parametrize("name", REPORTS)
def test_json(name: str) -> None:
    text = json_format.render(REPORTS[name], Layout())
    compare(HERE / "json" / f"{name}.json", text.replace(f'"{VERSION}"', '"VERSION"'))


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in HERE.glob("json/*")} == set(REPORTS)
    texts = {f"{name}-{shape}" for name in REPORTS for shape in LAYOUTS}
    assert {path.stem for path in HERE.glob("terminal/*")} == texts


@pytest.mark.parametrize("name", REPORTS)
def test_no_line_is_wider_than_the_terminal(name: str) -> None:
    for width in (100, 80, 72, 71, 60, 40, 30):
        for line in terminal.render(REPORTS[name], Layout(width)).splitlines():
            assert len(line) <= width, line
            assert line == line.rstrip()


@pytest.mark.parametrize("name", REPORTS)
def test_colour_adds_nothing_but_colour(name: str) -> None:
    plain = terminal.render(REPORTS[name], Layout(80))
    coloured = terminal.render(REPORTS[name], Layout(80, colour=True))
    for code in ("0", "1", "31", "32", "33"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert [line.rstrip() for line in coloured.splitlines()] == plain.splitlines()


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)
def test_one_line_of_many_says_the_same(report: Report) -> None:
    alone = json_format.render(report, Layout())
    of_many = jsonl.render(report, Layout(one_of_many=True))
    assert of_many.count("\n") == 1
    assert json.loads(of_many) == json.loads(alone)
    assert json.loads("".join(json_format.document([alone, alone]))) == [json.loads(alone)] * 2
