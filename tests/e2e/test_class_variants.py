"""A class whose students have variants: who is graded by which, what is kept, who swapped."""

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest

from command import grade, run
from grader import load_exercise
from grader.authoring.solving.solve import solve
from grader.exercise.record import Variant
from grader.exercise.variants import draw
from samples.schemas import problems
from varied import COUNT, varied

SECRET = b"one line that only you know"
STUDENTS = ("ada", "bob", "cy", "dora", "eve")
NUMBERS = {student: draw(SECRET, "varied", student, COUNT) for student in STUDENTS}


def listed(place: Path) -> Variant:
    variant = load_exercise(place / "varied.yaml").variant
    assert variant is not None
    return variant


def answer(place: Path, number: int, *, named: int | None = None) -> str:
    """Return a right answer to a variant, which says that it is for this or another one."""
    variant = listed(place)
    assert variant.make is not None
    example = solve(variant.make(number)).families[0].example
    values = {name: float(value) for name, value in example.items()}
    return json.dumps({"variant": number if named is None else named, **values})


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a place where a class was graded: ada and bob are right, the others are odd."""
    place = tmp_path_factory.mktemp("class")
    (place / "varied.yaml").write_text(varied(), "utf-8")
    (place / "secret.txt").write_bytes(SECRET)
    (place / "secret.txt").chmod(0o600)
    (place / "handed").mkdir()
    handed = {
        "ada": answer(place, NUMBERS["ada"]),
        "bob": answer(place, NUMBERS["bob"]),
        "cy": answer(place, NUMBERS["ada"]),  # as ada handed it in
        "dora": answer(place, NUMBERS["bob"], named=NUMBERS["dora"]),
        "eve": '{"w0": 0, "b0": 0, "w1": 0, "b1": 0}',
    }
    for student, text in handed.items():
        (place / "handed" / f"{student}.json").write_text(text, "utf-8")
    told = graded(place, "out")
    assert told.status == 3, told.err
    return place


def graded(place: Path, out: str, *more: str):  # noqa: ANN201 - an Answer
    words = ("-e", place / "varied.yaml", place / "handed", "-o", f"{place / out}/")
    return grade(*words, "--secret-file", place / "secret.txt", *more)


def rows(place: Path, out: str = "out") -> dict[str, dict[str, str]]:
    text = (place / out / "gradebook.csv").read_text("utf-8-sig")
    return {row["student"]: row for row in csv.DictReader(text.splitlines())}


def test_the_variants_differ_where_the_tests_need_it() -> None:
    assert len(set(NUMBERS.values())) == len(STUDENTS)


def test_the_gradebook_has_number_way_and_list(place: Path) -> None:
    found = rows(place)
    digest = listed(place).digest
    assert [*found["ada"]][-3:] == ["variant", "variant_by", "variant_list"]
    for student, number in NUMBERS.items():
        row = found[student]
        assert (row["variant"], row["variant_by"]) == (str(number), "draw")
        assert row["variant_list"] == digest
    assert {s: found[s]["score"] for s in STUDENTS} == {
        "ada": "100", "bob": "100", "cy": "0", "dora": found["dora"]["score"], "eve": "0",
    }  # fmt: skip
    assert (found["cy"]["error"], found["dora"]["status"]) == ("wrong-variant", "graded")


def test_the_database_has_them_and_what_is_right_for_whom(place: Path) -> None:
    with closing(sqlite3.connect(place / "out" / "results.sqlite")) as database:
        kept = database.execute(
            "SELECT student, number, chosen_by, list, right_for FROM variant JOIN submission "
            "USING (seq) ORDER BY seq"
        ).fetchall()
    digest = listed(place).digest
    assert kept == [
        (student, number, "draw", digest, NUMBERS["ada"] if student == "cy" else None)
        for student, number in NUMBERS.items()
    ]


def test_the_class_page_lists_right_answers_to_others_variants_without_a_verdict(
    place: Path,
) -> None:
    page = (place / "out" / "class.html").read_text("utf-8")
    _, part = page.split("Right answers to another variant")
    for student, whose in (("cy", "ada"), ("dora", "bob")):
        told = (
            f"<li><bdi>{student}</bdi>: right for variant {NUMBERS[whose]}, which "
            f"<bdi>{whose}</bdi> has</li>"
        )
        assert told in part
    assert "These are facts without a verdict: ask how it came." in part
    assert part.count("<li><bdi>") == 2


def test_the_class_page_draws_nobodys_target(place: Path) -> None:
    page = (place / "out" / "class.html").read_text("utf-8")
    assert "networks over the target" not in page
    assert "Target and a network" not in page


def test_an_analysis_says_the_same_later(place: Path) -> None:
    assert run("grader", "analyse", place / "out", "-o", place / "again.html").status == 0
    assert (place / "again.html").read_bytes() == (place / "out" / "class.html").read_bytes()
    whole = run("grader", "analyse", place / "out").report
    assert problems("analysis", whole) == []
    (found,) = whole["runs"]
    assert found["right_for_another_variant"] == [
        {
            "student": student,
            "source": f"{student}.json",
            "variant": NUMBERS[student],
            "right_for": NUMBERS[whose],
            "whose": [whose],
        }
        for student, whose in (("cy", "ada"), ("dora", "bob"))
    ]


def test_an_anonymous_page_says_how_many_and_not_who(place: Path) -> None:
    page = place / "anonymous.html"
    assert run("grader", "analyse", place / "out", "-o", page, "--anonymous").status == 0
    _, part = page.read_text("utf-8").split("Right answers to another variant")
    assert "2 hand-ins are right answers to another variant" in part
    for student in STUDENTS:
        assert f">{student}<" not in part


def test_regrading_grades_each_by_the_variant_that_counted(place: Path) -> None:
    (place / "new").mkdir()
    milder = varied(("value: 0.05", "value: 0.06"))
    (place / "new" / "varied.yaml").write_text(milder, "utf-8")
    told = run("grader", "regrade", place / "out", "-e", place / "new" / "varied.yaml")
    assert told.status == 0
    assert "of 5 hand-ins 0 rise, 0 fall, 5 stay" in told.out


def test_regrading_by_another_list_is_refused(place: Path) -> None:
    (place / "other").mkdir()
    other = varied(("[5/2, 3]", "[3]"))
    (place / "other" / "varied.yaml").write_text(other, "utf-8")
    told = run("grader", "regrade", place / "out", "-e", place / "other" / "varied.yaml")
    new = load_exercise(place / "other" / "varied.yaml").variant
    assert new is not None
    assert (told.status, told.err) == (
        2,
        f"the run was graded by the list {listed(place).digest[:16]}, and this exercise has the "
        f"list {new.digest[:16]}: a variant's number would mean another target. Change anything "
        "but names, choices and conditions\n",
    )


def test_the_secret_is_in_no_file_of_a_run(place: Path) -> None:
    for path in (place / "out").rglob("*"):
        if path.is_file():
            assert SECRET not in path.read_bytes()
            assert b"secret.txt" not in path.read_bytes()


@pytest.fixture
def course(place: Path, tmp_path: Path) -> Path:
    """Return a course in which cy is given ada's variant, and people have a name of the course."""
    course = tmp_path / "course"
    (course / "week1").mkdir(parents=True)
    (course / "varied.yaml").write_text(varied(), "utf-8")
    (course / "secret.txt").write_bytes(SECRET)
    (course / "secret.txt").chmod(0o600)
    (course / "people.csv").write_text("id,mail\n1,ada\n2,bob\n3,cy\n", "utf-8")
    for id_, student in (("1", "ada"), ("2", "bob"), ("3", "cy")):
        text = (place / "handed" / f"{student}.json").read_text("utf-8")
        (course / "week1" / f"{id_}.json").write_text(text, "utf-8")
    (course / "course.yaml").write_text(
        "format: 1\nroster: {file: people.csv, student: mail}\nsecret_file: secret.txt\n"
        "exercises:\n  - {id: week1, exercise: varied.yaml, files: week1}\noverrides:\n"
        f"  - {{student: cy, exercise: week1, variant: {NUMBERS['ada']}}}\n",
        "utf-8",
    )
    return course


def test_a_course_gives_one_student_another_variant(course: Path) -> None:
    out = course.parent / "out"
    told = grade(course, "-o", f"{out}/", "--reports", "json")
    assert told.status == 0, told.err
    assert "secret.txt" not in told.err
    found = rows(course.parent, "out/week1")
    kept = {s: (r["variant"], r["variant_by"], r["score"]) for s, r in found.items()}
    assert kept == {
        "1": (str(NUMBERS["ada"]), "draw", "100"),
        "2": (str(NUMBERS["bob"]), "draw", "100"),
        "3": (str(NUMBERS["ada"]), "override", "100"),
    }
    report = json.loads((out / "week1" / "reports" / "3.json").read_text("utf-8"))
    assert report["exercise"]["variant"]["chosen_by"] == "override"
    text = (course / "course.yaml").read_text("utf-8")
    (course / "course.yaml").write_text(text.replace(f"variant: {NUMBERS['ada']}", "variant: 0"))
    told = grade(course, "-o", f"{out}/", "--reports", "json")
    assert told.status == 2
    assert f"overrides was cy: {NUMBERS['ada']} and is cy: 0" in told.err
    for path in out.rglob("*"):
        assert not path.is_file() or SECRET not in path.read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "variant: ",
            "variant: 99",
            "course.yaml:7: overrides[0].variant: variant 99{number} does not exist; the 25 "
            "variants have the numbers 0 to 24",
        ),
        (
            "exercise: varied.yaml",
            "exercise: first-turn",
            "course.yaml:7: overrides[0].variant: week1 has no variants to choose from; leave it "
            "out",
        ),
        (
            "secret_file: secret.txt",
            "secret_file: absent.txt",
            "{course}/absent.txt: No such file or directory; name the file with the secret",
        ),
    ],
)
def test_what_a_course_says_wrongly_of_variants(
    course: Path, old: str, new: str, message: str
) -> None:
    text = (course / "course.yaml").read_text("utf-8")
    (course / "course.yaml").write_text(text.replace(old, new), "utf-8")
    told = grade(course, "-o", f"{course.parent / 'out'}/")
    expected = message.format(number=NUMBERS["ada"], course=course)
    assert told.status == 2
    assert expected in told.err


def test_one_number_is_not_for_a_course(course: Path) -> None:
    told = grade(course, "-o", f"{course.parent / 'out'}/", "--variant", "3")
    assert (told.status, told.err) == (
        2,
        "--variant is one number for all; give it to a student by overrides in course.yaml\n",
    )


@pytest.mark.thorough
def test_parquet_has_them_too(place: Path) -> None:
    assert graded(place, "columns", "--parquet", "--quiet").status == 3
    table = pl.read_parquet(place / "columns" / "results.parquet")
    assert dict(zip(table["student"], table["variant"], strict=True)) == NUMBERS
    assert set(table["variant_list"]) == {listed(place).digest}
