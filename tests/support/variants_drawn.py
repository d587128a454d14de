"""An exercise with variants, and one student's."""

import json
from pathlib import Path

from command import Answer, run
from grader import load_exercise
from grader.authoring.solving.solve import solve

SECRET = "correct horse battery staple"  # noqa: S105 - of the tests alone


def drawn(place: Path, student: str) -> list[str]:
    return ["--student", student, "--secret-file", str(place / "secret.txt")]


def right(place: Path, number: int, **changes: object) -> Path:
    """Write a right submission to a variant, with the changes; return its path."""
    variant = load_exercise(place / "varied.yaml").variant
    assert variant is not None
    assert variant.make is not None
    example = solve(variant.make(number)).families[0].example
    about = {"exercise": "varied", "variant": number, "variant_list": variant.digest}
    values = {name: float(value) for name, value in example.items()}
    data = {k: v for k, v in (about | values | changes).items() if v is not None}
    path = place / "submission.json"
    path.write_text(json.dumps(data), "utf-8")
    return path


def template(place: Path, student: str) -> dict[str, object]:
    answer = run("grader", "template", place / "varied.yaml", *drawn(place, student))
    assert (answer.status, answer.err) == (0, "")
    read: dict[str, object] = json.loads(answer.out)
    return read


def refused(answer: Answer, status: int = 2) -> str:
    assert (answer.status, answer.out) == (status, "")
    return answer.err.strip()
