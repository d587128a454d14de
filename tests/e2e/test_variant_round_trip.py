"""Roster, exercises, right answers, class run: everybody 100; shuffled among students nobody."""

import csv
import json
from pathlib import Path

import pytest

from command import grade, run
from grader import Exercise, load_exercise
from grader.authoring.solving.solve import solve
from samples import EXERCISES, VARIED_IDS

STUDENTS = tuple(f"student-{n:02}" for n in range(24))
SECRET = b"one line that only you know"


def scores(out: Path) -> dict[str, str]:
    text = (out / "gradebook.csv").read_text("utf-8-sig")
    return {row["student"]: row["score"] for row in csv.DictReader(text.splitlines())}


def answers(exercise: Exercise) -> dict[str, float]:
    return {name: float(value) for name, value in solve(exercise).families[0].example.items()}


def task(exercise: Exercise) -> object:
    return exercise.segments, exercise.units


@pytest.mark.thorough
@pytest.mark.parametrize("name", VARIED_IDS)
def test_right_answers_earn_everything_and_somebody_elses_do_not(name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(SECRET)
    (tmp_path / "secret.txt").chmod(0o600)
    (tmp_path / "roster.csv").write_text("id\n" + "\n".join(STUDENTS) + "\n", "utf-8")
    secret = ("--secret-file", tmp_path / "secret.txt")
    words = ("--roster", tmp_path / "roster.csv", *secret, "-o", tmp_path / "own")
    assert run("grader", "variant", name, *words).status == 0
    table = csv.DictReader((tmp_path / "own" / "variants.csv").read_text("utf-8").splitlines())
    own = {row["id"]: load_exercise(tmp_path / "own" / row["file"]) for row in table}
    handed = {student: answers(exercise) for student, exercise in own.items()}
    shifted = {s: STUDENTS[(k + 1) % len(STUDENTS)] for k, s in enumerate(STUDENTS)}
    spec = EXERCISES / f"{name}.yaml"
    for folder, whose in (("straight", {s: s for s in STUDENTS}), ("shuffled", shifted)):
        (tmp_path / folder).mkdir()
        for student in STUDENTS:
            text = json.dumps(handed[whose[student]])
            (tmp_path / folder / f"{student}.json").write_text(text, "utf-8")
        out = tmp_path / f"{folder}-out"
        told = grade("-e", spec, tmp_path / folder, "-o", f"{out}/", *secret, "--quiet")
        assert told.status == 0, told.err
        found = scores(out)
        for student in STUDENTS:
            there = found[student] == "100"
            # Proved by lint: an answer is right for its own variant alone.
            assert there is (task(own[student]) == task(own[whose[student]]))
