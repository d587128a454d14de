"""Variants as operators and students meet them: drawn, graded, refused."""

import csv
import json
from pathlib import Path

import pytest

from command import grade, grade_json, run
from grader import load_exercise
from grader.authoring.solving.solve import solve
from variants_drawn import SECRET, drawn, refused, right, template
from varied import COUNT


def test_a_template_names_student_variant_and_list(place: Path) -> None:
    blank = template(place, "ada")
    assert list(blank) == ["exercise", "student", "variant", "variant_list", "w0", "b0", "w1", "b1"]
    assert blank == template(place, "ada")
    others = {template(place, f"student-{n}")["variant"] for n in range(6)}
    assert len(others) > 1


def test_a_right_answer_to_ones_own_variant_is_right(place: Path) -> None:
    number = template(place, "ada")["variant"]
    assert isinstance(number, int)
    report = grade_json(
        "-e", place / "varied.yaml", right(place, number), *drawn(place, "ada")
    ).report
    assert (report["status"], report["score"]) == ("graded", 100)
    digest = template(place, "ada")["variant_list"]
    assert report["exercise"]["variant"] == {
        "number": number,
        "of": COUNT,
        "list": digest,
        "chosen_by": "draw",
    }


def test_the_number_in_a_submission_counts_where_nobody_can_draw(place: Path) -> None:
    answer = grade("-e", place / "varied.yaml", right(place, 7))
    assert answer.status == 0
    assert (
        answer.out.splitlines()[:2]
        == [
            "Score 100 of 100",
            f"varied ({place / 'varied.yaml'}), variant 7 of 25: Turn at x = 1",
        ]
        or "variant 7 of 25" in answer.out
    )
    report = grade_json("-e", place / "varied.yaml", right(place, 7)).report
    assert report["exercise"]["variant"]["chosen_by"] == "submission"


def test_anothers_variant_is_refused(place: Path) -> None:
    number = template(place, "ada")["variant"]
    assert isinstance(number, int)
    other = (number + 1) % COUNT
    answer = grade_json("-e", place / "varied.yaml", right(place, other), *drawn(place, "ada"))
    assert answer.status == 3
    assert answer.report["error"] == {
        "code": "wrong-variant",
        "message": f"this submission is for variant {other}, but this student has variant "
        f"{number}; solve that one, or ask whoever gave out the exercise",
        "where": "variant",
    }


def test_a_submission_made_for_another_list_has_no_score_rather_than_0(place: Path) -> None:
    path = right(place, 7, variant_list="0" * 64)
    answer = grade_json("-e", place / "varied.yaml", path)
    assert (answer.status, answer.report["status"], answer.report["score"]) == (4, "failed", None)
    digest = str(template(place, "ada")["variant_list"])[:16]
    assert answer.report["error"]["message"] == (
        "this submission was made for the list of variants 0000000000000000…, but the exercise's "
        f"list is {digest} now: its choices or conditions have changed. Grade it with the spec "
        "that it was made for."
    )


@pytest.mark.parametrize(
    ("changes", "code", "message"),
    [
        (
            {"variant": None},
            "no-variant",
            "this exercise has 25 variants, and nothing says which one this submission is for; add "
            '"variant" with its number, as in the file that came with the exercise',
        ),
        (
            {"variant": 25},
            "wrong-variant",
            "variant 25 does not exist; the 25 variants have the numbers 0 to 24",
        ),
        (
            {"variant": "7"},
            "wrong-variant",
            '"variant" must be a whole number such as 17, but it is the text "7"',
        ),
        (
            {"variant": 7.5},
            "wrong-variant",
            '"variant" must be a whole number such as 17, but it is 7.5',
        ),
        (
            {"variant_list": 5},
            "not-text",
            '"variant_list" must be text in double quotes, but it is 5',
        ),
    ],
)
def test_what_a_submission_says_wrongly_of_its_variant(
    place: Path, changes: dict[str, object], code: str, message: str
) -> None:
    answer = grade_json("-e", place / "varied.yaml", right(place, 7, **changes))
    assert answer.status == 3
    error = answer.report["error"]
    assert (error["code"], error["message"]) == (code, message)


def test_an_operator_may_say_which_variant_counts(place: Path) -> None:
    path = right(place, 3, variant=None)
    report = grade_json("-e", place / "varied.yaml", path, "--variant", "3").report
    assert (report["score"], report["exercise"]["variant"]["chosen_by"]) == (100, "command")


def test_the_draw_needs_an_id(place: Path) -> None:
    path = right(place, 3, variant=None)
    answer = grade_json("-e", place / "varied.yaml", path, "--secret-file", place / "secret.txt")
    assert answer.report["error"]["message"] == (
        "the student's variant is drawn by the student's id, and none is given; add \"student\" to "
        "the submission"
    )


def test_a_submission_cannot_choose_what_a_threshold_measures(place: Path) -> None:
    answer = grade("-e", place / "varied.yaml", right(place, 3), "--fail-under", "50")
    assert refused(answer) == (
        "--fail-under needs --secret-file or --variant where an exercise has variants; otherwise a "
        "submission could choose what it is measured against"
    )


def test_a_class_cannot_choose_what_a_threshold_measures(place: Path) -> None:
    folder = place / "class"
    folder.mkdir()
    right(place, 3).rename(folder / "ada.json")
    words = ("-e", place / "varied.yaml", folder, "-o", f"{place}/out/", "--fail-under", "50")
    assert refused(grade(*words)).splitlines()[-1] == (
        "--fail-under needs --secret-file or --variant where an exercise has variants; otherwise a "
        "submission could choose what it is measured against"
    )
    assert not (place / "out").exists()
    assert grade(*words, "--variant", "3").status == 0


def test_a_table_cannot_be_graded_by_many_targets(place: Path) -> None:
    table = place / "class.jsonl"
    table.write_text('{"student": "ada", "w0": 1, "b0": -1, "w1": 1, "b1": -3}\n', "utf-8")
    words = ("-e", place / "varied.yaml", table, "-o", f"{place}/out/")
    assert refused(grade(*words)) == (
        "varied has 25 variants, and a row does not say which it is for; draw them by the students' "
        "ids, --secret-file FILE, or name the one of all: --variant N"
    )
    answer = grade(*words, "--secret-file", place / "secret.txt")
    assert "1 submission: 1 graded, 0 that could not be read" in answer.out


def test_lint_looks_at_the_ids_of_a_roster(place: Path) -> None:
    (place / "roster.csv").write_text("id\nada\nAda\nzoe\u0308\nzo\u00eb\n", "utf-8")
    told = run("grader", "lint", "first-turn", "--roster", "roster.csv", cwd=place)
    assert (told.status, told.out.splitlines()) == (
        0,
        [
            "first-turn.yaml: no errors, no warnings",
            "roster.csv:1: warning roster-ids: zo\u00eb stands in the roster more than once; one id, "
            "one variant",
            'roster.csv:1: warning roster-ids: "ada" and "Ada" in the roster differ in capital '
            "letters only and are different students",
            'roster.csv:1: warning roster-ids: "zo\u00eb" in the roster: written in two of '
            "Unicode's normal forms, and one student",
            "roster.csv: 3 warnings",
        ],
    )
    absent = run("grader", "lint", "first-turn", "--roster", "absent.csv", cwd=place)
    assert (absent.status, absent.err) == (
        2,
        "absent.csv: No such file or directory; name a CSV file after --roster\n",
    )


def test_the_secret_stands_in_no_output(place: Path) -> None:
    path = right(place, 3, variant=None, student="ada")
    secret = ("--secret-file", place / "secret.txt")
    for form in ("json", "html", "terminal", "markdown"):
        answer = grade("-e", place / "varied.yaml", path, *secret, "-f", form)
        assert SECRET not in answer.out + answer.err
        assert "secret.txt" not in answer.out + answer.err


def test_a_mistake_is_explained_with_the_students_own_numbers(place: Path) -> None:
    words = ("explain", "bias-sign", "-e", place / "varied.yaml")
    told = run("grader", *words, *drawn(place, "ada"))
    number = template(place, "ada")["variant"]
    assert (told.status, told.err) == (0, "")
    assert f"variant {number} of 25:" in told.out
    made = load_exercise(place / "varied.yaml").variant
    assert made is not None
    assert made.make is not None
    right = solve(made.make(int(str(number)))).families[0].example
    assert f"With w0 = {float(right['w0']):g}, b0 = {-float(right['b0']):g}, " in told.out
    general = run("grader", "explain", "not-json", "-e", place / "varied.yaml", "--variant", "3")
    assert general.err == "note: varied has no numbers of its own for not-json; a general example\n"
    assert general.status == 0
    assert refused(run("grader", "explain", "bias-sign", "--variant", "3")) == (
        "--student, --secret-file and --variant need -e and the exercise"
    )


def scores(out: Path) -> dict[str, str]:
    rows = list(csv.reader((out / "gradebook.csv").read_text("utf-8-sig").splitlines()))
    student, score = rows[0].index("student"), rows[0].index("score")
    return {row[student]: row[score] for row in rows[1:]}


@pytest.mark.thorough
def test_a_class_of_right_answers_is_right_and_a_shuffled_one_is_not(place: Path) -> None:
    students = ["ada", "bob", "cy", "dora", "0042"]
    roster = place / "roster.csv"
    roster.write_text("id\n" + "\n".join(students) + "\n", "utf-8")
    secret = ("--secret-file", place / "secret.txt")
    out = place / "own"
    assert (
        run(
            "grader", "variant", place / "varied.yaml", "--roster", roster, *secret, "-o", out
        ).status
        == 0
    )
    answers = {}
    for row in csv.DictReader((out / "variants.csv").read_text("utf-8").splitlines()):
        answers[row["id"]] = right(place, int(row["variant"])).read_bytes()
    variants = {student: json.loads(data)["variant"] for student, data in answers.items()}
    straight, shuffled = place / "straight", place / "shuffled"
    for folder, step in ((straight, 0), (shuffled, 1)):
        folder.mkdir()
        for k, student in enumerate(students):
            whose = students[(k + step) % len(students)]
            (folder / f"{student}.json").write_bytes(answers[whose])
    for folder, expected in ((straight, {"100"}), (shuffled, {"0"})):
        words = ("-e", place / "varied.yaml", folder, "-o", f"{folder}-out/", *secret)
        answer = grade(*words, "--quiet")
        found = scores(Path(f"{folder}-out"))
        mine = {
            student: found[student]
            for k, student in enumerate(students)
            if folder == straight
            or variants[students[(k + 1) % len(students)]] != variants[student]
        }
        assert set(mine.values()) == expected, answer.err
        assert len(mine) >= 4
