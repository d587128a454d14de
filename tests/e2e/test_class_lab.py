"""The lab of a class whose students have variants: one student's page, and one page for all."""

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from command import run
from grader import load_exercise
from grader.exercise.variants import draw
from varied import COUNT, varied

SECRET = b"one line that only you know"
STUDENTS = ("ada", "bob", "zo\N{LATIN SMALL LETTER E WITH DIAERESIS}")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "varied.yaml").write_text(varied(), "utf-8")
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "secret.txt").chmod(0o600)
    (tmp_path / "roster.csv").write_text("id\n" + "\n".join(STUDENTS) + "\n", "utf-8")
    return tmp_path


def facts(page: str, name: str) -> Any:  # noqa: ANN401 - JSON
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', page)
    assert found is not None
    return json.loads(found[1])


def test_one_students_page_hands_in_number_list_and_student(place: Path) -> None:
    words = ("--student", "ada", "--secret-file", place / "secret.txt")
    page = run("grader", "lab", place / "varied.yaml", *words).out
    variant = load_exercise(place / "varied.yaml").variant
    assert variant is not None
    number = draw(SECRET, "varied", "ada", COUNT)
    assert facts(page, "lab-facts")["variant"] == {
        "number": number,
        "list": variant.digest,
        "student": "ada",
    }
    assert f'"variant": {number}' in page.replace("&quot;", '"')  # without scripts, too
    assert SECRET.decode() not in page


def test_a_page_for_all_knows_ids_by_digests_and_no_secret(place: Path) -> None:
    words = ("--roster", place / "roster.csv", "--secret-file", place / "secret.txt")
    out = place / "lab.html"
    told = run("grader", "lab", place / "varied.yaml", *words, "-o", out)
    assert (told.status, told.out) == (0, "")
    page = out.read_text("utf-8")
    held = facts(page, "lab-class")
    variant = load_exercise(place / "varied.yaml").variant
    assert variant is not None
    assert held["salt"] == f"relu-grader varied {variant.digest}"
    numbers = {student: draw(SECRET, "varied", student, COUNT) for student in STUDENTS}
    assert held["numbers"] == {
        sha256(f"{held['salt']}\n{student}".encode()).hexdigest()[:32]: number
        for student, number in numbers.items()
    }
    assert {int(number) for number in held["variants"]} == set(numbers.values())
    for number in set(numbers.values()):
        one = held["common"] | held["variants"][str(number)]["facts"]
        alone = run("grader", "lab", place / "varied.yaml", "--variant", str(number)).out
        assert {**one, "start": {}} == facts(alone, "lab-facts")
    for word in (SECRET.decode(), "secret.txt", json.dumps("ada")):
        assert word not in page


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--roster", "r.csv"), "--roster needs --secret-file, and -o with a file"),
        (
            (
                "--roster",
                "r.csv",
                "--student",
                "ada",
                "--secret-file",
                "secret.txt",
                "-o",
                "x.html",
            ),
            "--roster, --student, --variant and --all exclude each other",
        ),
        (
            ("--roster", "absent.csv", "--secret-file", "secret.txt", "-o", "x.html"),
            "absent.csv: No such file or directory; name a CSV file after --roster",
        ),
        (
            ("--roster", "roster.csv", "--secret-file", "absent.txt", "-o", "x.html"),
            "absent.txt: No such file or directory; name the file with the secret",
        ),
    ],
)
def test_what_no_page_for_all_can_be_made_of(
    place: Path, words: tuple[str, ...], message: str
) -> None:
    told = run("grader", "lab", "./varied.yaml", *words, cwd=place)
    assert (told.status, told.err.splitlines()[-1].removeprefix("grader lab: error: ")) == (
        2,
        message,
    )


def test_an_exercise_without_variants_has_one_page_for_all(place: Path) -> None:
    words = ("--roster", "roster.csv", "--secret-file", "secret.txt", "-o", "x.html")
    told = run("grader", "lab", "first-turn", *words, cwd=place)
    assert (told.status, told.err) == (
        2,
        "first-turn has no variants; make one page for all, without --roster\n",
    )
