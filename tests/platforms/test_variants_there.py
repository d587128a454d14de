"""Variants on course platforms: drawn by the platform's own id or seed, the secret shown nowhere."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from command import run
from grader import load_exercise
from grader.authoring.solving.solve import solve
from grader.exercise.record import Variant
from grader.exercise.variants import draw
from grader.task.page import task_parts
from samples import EXERCISES

ID = "turn-of-your-own"
SECRET = b"one line that only you know"
COUNT = 25


def listed() -> Variant:
    variant = load_exercise(EXERCISES / f"{ID}.yaml").variant
    assert variant is not None
    assert variant.of == COUNT
    return variant


def right(number: int) -> dict[str, float]:
    make = listed().make
    assert make is not None
    example = solve(make(number)).families[0].example
    return {name: float(value) for name, value in example.items()}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the bundles of three platforms."""
    place = tmp_path_factory.mktemp("bundles")
    (place / "secret.txt").write_bytes(SECRET)
    (place / "secret.txt").chmod(0o600)
    for name in ("gradescope", "coursera", "prairielearn"):
        secret = () if name == "prairielearn" else ("--secret-file", place / "secret.txt")
        done = run("grader", "package", name, ID, *secret, "-o", place / name)
        assert (done.status, done.err) == (0, "")
    return place


def graded(start: Path, root: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", start, "--root", root],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.thorough
def test_gradescope_draws_by_the_sid_else_the_email(place: Path, tmp_path: Path) -> None:
    for users, id_ in (
        ([{"id": 7, "email": "ada@x.edu", "name": "Ada", "sid": "1001"}], "1001"),
        ([{"id": 7, "email": "ada@x.edu", "name": "Ada"}], "ada@x.edu"),
    ):
        root = tmp_path / id_
        (root / "submission").mkdir(parents=True)
        (root / "submission_metadata.json").write_text(json.dumps({"users": users}), "utf-8")
        number = draw(SECRET, ID, id_, COUNT)
        for given, score in ((number, 100), ((number + 1) % COUNT, 0)):
            values = {"student": "somebody else", "variant": given, **right(given)}
            (root / "submission" / "submission.json").write_text(json.dumps(values), "utf-8")
            done = graded(place / "gradescope" / "start.py", root)
            text = (root / "results" / "results.json").read_text("utf-8")
            assert (done.returncode, json.loads(text)["score"]) == (0, score), done.stderr
            assert SECRET.decode() not in text + done.stderr
            assert "secret.txt" not in text + done.stderr
        assert f"this student has variant {number}" in text
    (root / "submission" / "submission.json").write_text('{"w1": 0, "b1": 0}', "utf-8")
    graded(place / "gradescope" / "start.py", root)
    assert f"variant {number} of 25" in (root / "results" / "results.json").read_text("utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize("users", [[], [{"name": "Ada"}], [{"sid": "1"}, {"sid": "2"}]])
def test_nobodys_and_a_groups_submission_get_no_grade(
    place: Path, tmp_path: Path, users: list[dict[str, str]]
) -> None:
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / "submission.json").write_text(json.dumps(right(3)), "utf-8")
    (tmp_path / "submission_metadata.json").write_text(json.dumps({"users": users}), "utf-8")
    done = graded(place / "gradescope" / "start.py", tmp_path)
    assert (done.returncode, done.stderr) == (
        4,
        "no grade: gradescope does not say which one student handed in, and the variant is drawn "
        "by that; a group cannot have one\n",
    )
    assert not (tmp_path / "results").exists()


@pytest.mark.thorough
def test_coursera_draws_by_the_learners_number(place: Path, tmp_path: Path) -> None:
    number = draw(SECRET, ID, "12345", COUNT)
    (tmp_path / "submission").mkdir()
    (tmp_path / "submission" / "submission.json").write_text(json.dumps(right(number)), "utf-8")
    done = graded(place / "coursera" / "grader" / "start.py", tmp_path, userId="12345")
    assert done.returncode == 0, done.stderr
    for path in tmp_path.rglob("*"):
        assert not path.is_file() or SECRET not in path.read_bytes()
    assert json.loads((tmp_path / "feedback.json").read_text("utf-8"))["fractionalScore"] == 1


def server(folder: Path) -> Any:  # noqa: ANN401 - a module of the bundle's
    spec = importlib.util.spec_from_file_location("server", folder / "server.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def question(folder: Path, seed: int) -> dict[str, Any]:
    data: dict[str, Any] = {
        "variant_seed": seed,
        "params": {},
        "options": {"question_path": folder},
    }
    server(folder).generate(data)
    return data


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [0, 26, 2**31 - 1])
def test_prairielearns_own_seed_maps_to_the_list(
    place: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    folder = place / "prairielearn" / ID
    data = json.loads(json.dumps(question(folder, seed), default=str))  # as the platform keeps it
    number = seed % COUNT
    assert data["params"]["relu_variant"] == number
    make = listed().make
    assert make is not None
    assert task_parts(make(number), 2) in data["params"]["relu_task"]
    for given, score in ((number, 1), ((number + 1) % COUNT, 0)):
        answers = {name: str(value) for name, value in right(given).items()}
        data |= {"submitted_answers": answers, "partial_scores": {}, "feedback": {}, "score": None}
        server(folder).grade(data)
        assert (data["score"] == 1) is (score == 1)
    data["params"]["relu_variant_list"] = "0" * 64
    with pytest.raises(ValueError, match="the list of variants was changed"):
        server(folder).grade(data)


@pytest.mark.thorough
def test_prairielearns_container_grades_the_variant_of_the_page(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    folder = place / "prairielearn" / f"{ID}-python"
    params = question(folder, 33)["params"]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "data.json").write_text(json.dumps({"params": params}), "utf-8")
    (tmp_path / "student").mkdir()
    values = right(33 % COUNT)
    (tmp_path / "student" / "submission.json").write_text(json.dumps(values), "utf-8")
    done = graded(folder / "tests" / "start.py", tmp_path)
    results = json.loads((tmp_path / "results" / "results.json").read_text("utf-8"))
    assert (done.returncode, results["score"]) == (0, 1), done.stderr


REFUSED = {
    "no secret": (
        ("gradescope", ID),
        f"{ID} has variants; name what they are drawn by: --secret-file FILE",
    ),
    "a platform that knows nobody": (
        ("github", ID),
        f"{ID} has variants, which github cannot tell apart; bundle the spec of one variant, as "
        "grader variant writes it",
    ),
    "a secret for nothing": (
        ("gradescope", "first-turn", "--secret-file", "secret.txt"),
        "first-turn has no variants; leave --secret-file out",
    ),
    "a seed of its own": (
        ("prairielearn", ID, "--secret-file", "secret.txt"),
        "prairielearn chooses variants by its own seed; leave --secret-file out",
    ),
    "a secret that is not there": (
        ("coursera", ID, "--secret-file", "absent.txt"),
        "absent.txt: No such file or directory; name the file with the secret",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_packaged(tmp_path: Path, name: str) -> None:
    words, message = REFUSED[name]
    told = run("grader", "package", *words, "-o", "out", cwd=tmp_path)
    assert (told.status, told.err, told.out) == (2, f"{message}\n", "")
