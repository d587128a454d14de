"""Everything that the README shows, run and compared."""

import re

import readme
from command import LAB, PROJECT, grade

TEXT = readme.README.read_text("utf-8")
PARTS = readme.split(TEXT)


def test_it_is_put_together_as_it_was_taken_apart() -> None:
    assert readme.join(PARTS) == TEXT


def test_every_command_prints_what_is_shown() -> None:
    assert readme.join(readme.run(PARTS)) == TEXT


def test_every_block_is_run() -> None:
    for part in PARTS:
        if isinstance(part, readme.Block):
            assert part.language in {"console", "sh", "text"} or part.file, part


def test_the_two_commands() -> None:
    commands = [
        part.lines for part in PARTS if isinstance(part, readme.Block) and part.language == "sh"
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
    table = re.findall(r"^\| ([\d, ]+) \|", TEXT, re.MULTILINE)
    for status in ", ".join(table).split(", "):
        assert re.search(rf"\b{status}\b", grade("--help").out)


def test_the_limits_are_those_of_the_bench() -> None:
    bench = (PROJECT / "bench" / "run.py").read_text("utf-8")
    limits = [
        float(number)
        for number in re.findall(r'Figure\(\s*"[^"]*",\s*[^\n]*?, ([\d.]+), \w+', bench)
    ]
    section = TEXT.partition("## Figures")[2]
    shown = [float(n) for n in re.findall(r"\| ([\d.]+)[^|]*\|$", section, re.MULTILINE)]
    assert shown == limits
