"""A made-up class: a folder for each student, and what a run's folder holds at the end."""

import json
from pathlib import Path

from command import LAB, RIGHT, Answer, grade

WRONG = {"w1": 3, "b1": -3, "w2": 2, "b2": -4}


def made_class(folder: Path, students: int, code: int = 0) -> Path:
    """Write submissions: one in four right, the rest each wrong in its own way, some as code."""
    for number in range(students):
        whose = folder / f"s{number:03}"
        whose.mkdir(parents=True)
        values = RIGHT if number % 4 == 0 else {**WRONG, "w1": number % 29 / 10}
        if number < code:
            answer = ", ".join(map(str, values.values()))
            (whose / "submission.py").write_text(f"def submission():\n    return {answer}\n")
        else:
            (whose / "submission.json").write_text(json.dumps(values))
    return folder


def run_class(collection: Path, out: Path, *words: str | Path) -> Answer:
    """Grade it as a teacher does."""
    return grade("-e", LAB, collection, "-o", f"{out}/", *words)


def outputs(out: Path) -> dict[str, bytes]:
    """Return all that a run has written for people and programs, without its journal."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != "lock" and "journal" not in path.parts[len(out.parts)]
    }
