"""What one more thing of a kind costs: one file, or one row, in a copy of the package."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import grader

PACKAGE = Path(grader.__file__).parent
ANSWER = '{"w1": 1, "b1": -1, "w2": 2, "b2": -4}'


class House:
    """A copy of the package and its exercises, of which each test changes one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PACKAGE, folder / "grader", ignore=out)
        shutil.copytree(PACKAGE.parent / "exercises", folder / "exercises", ignore=out)
        (folder / "course").mkdir()

    def add(self, path: str, text: str) -> None:
        """Put a new file into the package."""
        assert not (self.folder / path).exists()
        (self.folder / path).write_text(text, encoding="utf-8")

    def put_before(self, path: str, mark: str, text: str) -> None:
        """Put a row into a file, before the first place where the mark is."""
        place = self.folder / path
        before, found, after = place.read_text(encoding="utf-8").partition(mark)
        assert found
        place.write_text(before + text + found + after, encoding="utf-8")

    def python(self, *lines: str, words: tuple[str, ...] = (), stdin: str = "") -> str:
        """Return what a program prints that uses the copy."""
        done = subprocess.run(
            [sys.executable, "-c", "\n".join(lines), *words],
            cwd=self.folder / "course",
            env={**os.environ, "PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": "1"},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def grade(self, *words: str, stdin: str = ANSWER) -> str:
        start = "from grader.cli.start import grade; grade()"
        return self.python(start, words=words, stdin=stdin)

    def grader(self, *words: str) -> str:
        return self.python("from grader.cli.start import grader; grader()", words=words)

    def in_page(self, function: str, row: dict[str, str], *more: object) -> list[object]:
        """Return what the lab's module makes of values of the lab's exercise, by Node."""
        page = self.grader("lab", "relu-three-segments")
        facts = re.search(r'id="lab-facts">(.*?)</script>', page, re.DOTALL)
        module = (self.folder / "grader/labs/static/lab.js").as_uri()
        assert facts
        call = json.dumps([json.loads(facts[1]), [row], *more])
        done = subprocess.run(
            [
                "node",
                "--input-type=module",
                "-e",
                f"import * as lab from {json.dumps(module)};"
                f"process.stdout.write(JSON.stringify(lab.{function}(...{call})[0]))",
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_a_mistake_is_a_row(house: House) -> None:
    house.put_before(
        "grader/mistakes/table.py",
        '    Mistake(\n        "dead-unit"',
        """\
    Mistake(
        "weight-doubled",
        "right bias, twice the weight",
        ("4", "-4"),
        Idea("The weight is twice what it should be.", "w"),
        needs=NUMBERS,
        numbers=lambda r: [(2 * r.w, r.b)],
    ),
""",
    )
    doubled = '{"w1": 1, "b1": -1, "w2": 4, "b2": -4}'
    (found,) = json.loads(house.grade("-f", "json", "-", stdin=doubled))["diagnoses"]
    assert found["code"] == "weight-doubled"
    assert "The weight is twice what it should be. Look at w2." in found["message"]
    assert "weight-doubled" in house.grader("explain")
    assert "With w1 = 4, b1 = -4, w2 = 1, b2 = -3 the" in house.grader("explain", "weight-doubled")
    assert "weight-doubled" in json.loads(house.grader("schema", "report"))["$defs"]["code"]["enum"]
    assert '"weight-doubled"' in house.grader("schema", "exercise")
    spec = (house.folder / "exercises" / "relu-three-segments.yaml").read_text(encoding="utf-8")
    own = f"{spec}\nfeedback: {{messages: {{weight-doubled: Halve it.}}}}\n"
    (house.folder / "course" / "relu-three-segments.yaml").write_text(own, encoding="utf-8")
    assert "Halve it." in house.grade("-e", "./relu-three-segments.yaml", "-", stdin=doubled)
    row = {"w1": "1", "b1": "-1", "w2": "4", "b2": "-4"}
    (in_page,) = house.in_page("hintTexts", row, "hints")
    assert isinstance(in_page, dict)
    assert {key: in_page[key] for key in found} == found


def test_an_error_code_is_a_row(house: House) -> None:
    house.put_before(
        "grader/text/codes.py",
        '    ErrorCode(\n        "grader-fault"',
        '    ErrorCode("too-late", "handed in after the end", "a file of the day after"),\n',
    )
    shown = house.python(
        "from grader.grading import invalid; from grader.report import Failure",
        "from grader.reports import Layout, terminal; from grader.submission.record import Origin",
        "late = invalid(None, Origin(), Failure('too-late', 'ask for more time'))",
        "print(terminal.render(late, Layout()))",
    )
    assert "handed in after the end (too-late)" in shown
    assert "handed in after the end" in house.grader("explain", "too-late")
    assert "a file of the day after" in house.grader("explain", "too-late")
    error = json.loads(house.grader("schema", "report"))["$defs"]["error"]
    assert "too-late" in error["properties"]["code"]["enum"]


def test_a_report_format_is_a_file(house: House) -> None:
    house.add(
        "grader/reports/one_word.py",
        '"""One word."""\n\ndef render(report, layout):\n    return f"{report.status}\\n"\n',
    )
    assert house.grade("-f", "one-word", "-") == "graded\n"


def test_a_kind_of_file_is_a_file(house: House) -> None:
    house.add(
        "grader/submission/sources/ini.py",
        '"""Name and number on each line."""\n\n'
        "def read(data, run):\n"
        '    rows = (line.split("=") for line in data.decode().splitlines())\n'
        "    return tuple((name, float(number)) for name, number in rows)\n",
    )
    path = house.folder / "course" / "ada.ini"
    path.write_text("w1=1\nb1=-1\nw2=2\nb2=-4\n", encoding="utf-8")
    report = json.loads(house.grade("-f", "json", "ada.ini"))
    assert (report["score"], report["submission"]["source"]) == (100, "ada.ini")


def test_a_layout_of_a_download_is_a_file(house: House) -> None:
    house.add(
        "grader/cohort/layouts/owl.py",
        'TITLE = "Owl, downloaded"\n'
        "import re\n"
        "from grader.cohort.layouts import Claim, Understood, matched\n"
        "def read(contents):\n"
        "    found = matched(contents, re.compile(r'owl-([a-z]+)[.]json'))\n"
        "    return Understood(tuple(Claim(file, match[1]) for file, match in found))\n",
    )
    (house.folder / "course" / "class").mkdir()
    (house.folder / "course" / "class" / "owl-ada.json").write_text(ANSWER)
    said = house.grade("class", "--dry-run").splitlines()
    assert said == ["Recognised: Owl, downloaded", "Found: 1 submission of 1 student"]


def test_an_exercise_is_a_file(house: House) -> None:
    spec = (house.folder / "exercises" / "relu-three-segments.yaml").read_text(encoding="utf-8")
    house.add("exercises/one-more.yaml", spec.replace("id: relu-three-segments", "id: one-more"))
    assert "one-more" in house.grader("exercises")
    answer = ANSWER.replace("{", '{"exercise": "one-more", ')
    assert json.loads(house.grade("-f", "json", "-", stdin=answer))["exercise"]["id"] == "one-more"


def test_a_command_is_a_file(house: House) -> None:
    house.add(
        "grader/cli/count.py",
        '"""grader count: say how many words follow."""\n\n'
        'MEANING = "say how many words follow"\n\n\n'
        "def main(arguments):\n    print(len(arguments))\n    return 0\n",
    )
    assert house.grader("count", "a", "b") == "2\n"
    assert "  count      say how many words follow\n" in house.grader("--help")


def test_a_finding_of_lint_is_a_row_beside_its_function(house: House) -> None:
    path = house.folder / "grader/authoring/linting/spoilers.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(
            "ROWS = (",
            "def shouting(known):\n"
            "    if known.exercise.title.isupper():\n"
            '        yield "the title shouts; write it in small letters"\n\n\n'
            'ROWS = (\n    LintRow("shouting", WARNING, "title", "a title shouts", shouting),',
        ),
        encoding="utf-8",
    )
    spec = (house.folder / "exercises" / "relu-three-segments.yaml").read_text(encoding="utf-8")
    lines = ["title: AN ANGLE" if row.startswith("title:") else row for row in spec.splitlines()]
    own = house.folder / "course" / "relu-three-segments.yaml"
    own.write_text("\n".join(lines), encoding="utf-8")
    assert "warning shouting: title: the title shouts" in house.grader("lint", f"./{own.name}")


def test_a_platform_with_its_bundle_is_a_file(house: House) -> None:
    model = house.folder / "grader" / "platforms" / "github.py"
    house.add(
        "grader/platforms/forge.py",
        model.read_text(encoding="utf-8").replace('core(parts, "github")', 'core(parts, "forge")'),
    )
    assert house.grade("-f", "forge", "-").startswith("::notice title=Score 100 of 100")
    assert "forge" in house.grader("package", "--list")
    house.grader("package", "forge", "relu-three-segments", "-o", "forge.zip")
    assert (house.folder / "course" / "forge.zip").stat().st_size > 10_000
