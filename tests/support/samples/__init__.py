"""The sample submissions and what submissions/expected.json says of each."""

import json
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]
EXERCISES = ROOT / "exercises"
SUBMISSIONS = ROOT / "submissions"


class Sample(NamedTuple):
    """One row of the list; `generate` says how to make a file that is too large to keep."""

    file: str
    exercise: str | None
    options: list[str]
    status: str
    score: Fraction
    error: str | None
    exit_status: int
    passed: list[str]
    why: str
    generate: dict[str, str | int] | None = None

    @property
    def folder(self) -> str:
        return self.file.split("/")[0]

    def path(self, made: Path) -> Path:
        """Return the sample's path; `made` is a folder for files that are made on the spot."""
        if self.generate is None:
            return SUBMISSIONS / self.file
        start = (SUBMISSIONS / str(self.generate["start"])).read_bytes()
        fill = str(self.generate["fill"]).encode()
        path = made / self.file  # in a folder of the exercise's name, as it would be handed in
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(start.ljust(int(self.generate["bytes"]), fill))
        return path


def read_list() -> list[Sample]:
    rows = json.loads((SUBMISSIONS / "expected.json").read_text("utf-8"))["samples"]
    return [Sample(**row)._replace(score=Fraction(row["score"])) for row in rows]


SAMPLES = read_list()
GRADED = [sample for sample in SAMPLES if sample.status == "graded"]
INVALID = [sample for sample in SAMPLES if sample.status == "invalid"]
VARIED_IDS = sorted(
    path.stem for path in EXERCISES.glob("*.yaml") if "\nvariants:" in path.read_text("utf-8")
)
# Those that are the same for everybody.
EXERCISE_IDS = sorted({path.stem for path in EXERCISES.glob("*.yaml")} - set(VARIED_IDS))
