"""A table's run, and its gradebook read."""

import csv
from pathlib import Path

from command import LAB, Answer, grade


def run_table(table: Path, out: Path, *words: str) -> Answer:
    return grade("-e", LAB, table, "-o", f"{out}/", *words)


def book(out: Path) -> list[dict[str, str]]:
    with (out / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
