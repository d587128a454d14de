"""`grader variant`: one student's, a class's, all of them; and what cannot be drawn."""

import csv
from pathlib import Path

import pytest

from command import LAB, grade_json, run
from grader import load_exercise
from variants_drawn import drawn, refused, right, template
from varied import COUNT


def test_one_students_spec_grades_as_the_list_does(place: Path) -> None:
    own = place / "own"
    own.mkdir()
    spec = own / "varied.yaml"
    answer = run("grader", "variant", place / "varied.yaml", *drawn(place, "ada"), "-o", spec)
    assert (answer.status, answer.out, answer.err) == (0, "", "")
    number = template(place, "ada")["variant"]
    assert isinstance(number, int)
    report = grade_json("-e", spec, right(place, number)).report
    assert (report["score"], report["exercise"]["variant"]["chosen_by"]) == (100, "spec")
    wrong = grade_json("-e", spec, right(place, (number + 1) % COUNT)).report
    assert wrong["error"]["code"] == "wrong-variant"
    assert run("grader", "solve", spec).status == 0


def test_all_variants_with_a_contact_sheet(place: Path) -> None:
    out = place / "all"
    answer = run("grader", "variant", place / "varied.yaml", "--all", out)
    assert (answer.status, answer.err) == (0, f"wrote 25 variants and {out}/contact-sheet.html\n")
    assert sorted(path.name for path in out.iterdir())[:2] == ["00", "01"]
    page = (out / "contact-sheet.html").read_text("utf-8")
    assert page.count("<svg") == COUNT
    again = run("grader", "variant", place / "varied.yaml", "--all", out)
    assert again.status == 2
    assert "File exists" in again.err


def test_a_class_with_a_table(place: Path) -> None:
    roster = place / "roster.csv"
    roster.write_text("Name,Student ID\nAda,ada\nBob,Ada\nZoe,zoe/1\nAgain,ada\n", "utf-8")
    out, secret = place / "class", place / "secret.txt"
    words = ("--roster", roster, "--secret-file", secret, "-o", out)
    answer = run("grader", "variant", place / "varied.yaml", *words)
    assert answer.status == 0
    assert answer.err.splitlines() == [
        "note: ada stands in the roster more than once; one id, one variant",
        'note: "ada" and "Ada" in the roster differ in capital letters only and are different '
        "students",
        f"wrote 3 variants and {out}/variants.csv",
    ]
    rows = list(csv.DictReader((out / "variants.csv").read_text("utf-8").splitlines()))
    assert [row["id"] for row in rows] == ["ada", "Ada", "zoe/1"]
    for row in rows:
        assert int(row["variant"]) == template(place, row["id"])["variant"]
        assert load_exercise(out / row["file"]).variant.number == int(row["variant"])  # type: ignore[union-attr]


def test_without_an_option_it_says_how_many_there_are(place: Path) -> None:
    answer = run("grader", "variant", place / "varied.yaml")
    digest = template(place, "ada")["variant_list"]
    assert (answer.status, answer.out) == (0, f"varied: 25 variants, list {digest}\n")


REFUSED = {
    "an empty secret": (
        ["--student", "ada", "--secret-file", "empty"],
        "empty is empty, so everybody could draw; make one by: head -c 32 /dev/urandom | base64 > "
        "FILE",
    ),
    "no secret": (
        ["--student", "ada", "--secret-file", "absent"],
        "absent: No such file or directory; name the file with the secret",
    ),
    "a large secret": (
        ["--student", "ada", "--secret-file", "large"],
        "large is larger than 4,096 bytes; a secret is one line",
    ),
    "a student without a secret": (
        ["--student", "ada"],
        "--student needs --secret-file: the variant is drawn by both",
    ),
    "nobody": (
        ["--student", "", "--secret-file", "secret.txt"],
        "--student is empty; a variant is drawn by the student's id",
    ),
    "both": (
        ["--number", "3", "--secret-file", "secret.txt"],
        "a variant is named by its number, or drawn by --student and --secret-file",
    ),
    "no such number": (
        ["--number", "25"],
        "varied: variant 25 does not exist; the 25 variants have the numbers 0 to 24",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_drawn_is_refused(place: Path, name: str) -> None:
    words, message = REFUSED[name]
    (place / "empty").write_text("\n", "utf-8")
    (place / "large").write_bytes(b"x" * 5000)
    assert refused(run("grader", "variant", "./varied.yaml", *words, cwd=place)) == message


def test_a_secret_that_everybody_can_read_or_guess_is_warned_of(place: Path) -> None:
    secret = place / "short"
    secret.write_text("abc", "utf-8")
    secret.chmod(0o644)
    words = ("--student", "ada", "--secret-file", "short")
    answer = run("grader", "variant", "./varied.yaml", *words, cwd=place)
    assert answer.status == 0
    assert answer.err.splitlines() == [
        "warning: everybody can read short; chmod 600 short",
        "warning: the secret in short has 3 bytes and can be guessed; make one by: head -c 32 "
        "/dev/urandom | base64 > FILE",
    ]


def test_an_exercise_without_variants_has_none_to_choose_from() -> None:
    told = refused(run("grader", "variant", LAB, "--number", "3"))
    assert told == f"{LAB} has no variants to choose from; leave the choice out"
    told = refused(run("grader", "variant", LAB))
    assert told == f"{LAB} has no variants; everybody has the same exercise"


def test_a_command_that_needs_one_variant_asks_which(place: Path) -> None:
    for verb in ("solve", "template"):
        assert refused(run("grader", verb, place / "varied.yaml")) == (
            "varied has 25 variants; say which by a number or by --student and --secret-file"
        )
