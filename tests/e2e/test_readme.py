"""Everything that README and docs show is run and compared; every link is followed."""

import re
from pathlib import Path

import pytest

import readme
from command import LAB, PROJECT, grade

every_page = pytest.mark.parametrize("page", readme.PAGES, ids=lambda page: page.name)


def text(page: Path) -> str:
    return page.read_text("utf-8")


def development() -> str:
    return text(PROJECT / "docs" / "development.md")


@every_page
def test_it_is_put_together_as_it_was_taken_apart(page: Path) -> None:
    assert readme.join(readme.split(text(page))) == text(page)


@every_page
def test_every_command_prints_what_is_shown(page: Path) -> None:
    assert readme.join(readme.run(readme.split(text(page)))) == text(page)


@every_page
def test_every_block_is_run(page: Path) -> None:
    for part in readme.split(text(page)):
        if isinstance(part, readme.Block):
            assert part.language in {"console", "sh", "text"} or part.file, part


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in readme.links(text(page)):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.is_file(), link
        assert not anchor or anchor in readme.anchors(text(target)), link


def test_the_readme_is_short_and_leads_to_every_page() -> None:
    assert len(text(readme.README).encode()) <= 12 * 1024
    linked = {Path(link).name for link in readme.links(text(readme.README))}
    assert {page.name for page in readme.PAGES[1:]} <= linked


def test_the_picture_is_the_one_that_is_drawn() -> None:
    assert text(readme.PICTURE) == readme.drawn()


def test_the_two_commands() -> None:
    commands = [
        part.lines
        for part in readme.split(text(readme.README))
        if isinstance(part, readme.Block) and part.language == "sh"
    ]
    assert [len(lines) for lines in commands] == [1, 1]
    (sample,), (tests,) = commands
    assert sample.endswith(f" .venv/bin/grade submissions/{LAB}/perfect.json")
    assert " -e " not in sample
    assert tests.endswith(" .venv-test/bin/python -m pytest")
    words = (PROJECT / ".ci" / "run").read_text("utf-8")
    assert f"\n{tests}\n" in words
    assert f"\n{sample}\n" in words


def test_the_statuses_are_those_of_the_help() -> None:
    reports = text(PROJECT / "docs" / "reports.md")
    table = re.findall(r"^\| ([\d, ]+) \|", reports, re.MULTILINE)
    assert table
    for status in ", ".join(table).split(", "):
        assert re.search(rf"\b{status}\b", grade("--help").out)


def test_the_limits_are_those_of_the_bench() -> None:
    bench = (PROJECT / "bench" / "run.py").read_text("utf-8")
    limits = [
        float(number)
        for number in re.findall(r'Figure\(\s*"[^"]*",\s*[^\n]*?, ([\d.]+), \w+', bench)
    ]
    section = development().partition("## Figures")[2].partition("| limit |")[2]
    shown = [float(n) for n in re.findall(r"\| ([\d.]+)[^|]*\|$", section, re.MULTILINE)]
    assert shown == limits
