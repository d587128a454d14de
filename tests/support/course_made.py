"""A small course on the disk, and its run."""

import json
from pathlib import Path

from command import LAB, RIGHT, Answer, grade

HALF = {**RIGHT, "w2": 0, "b2": 0}
COURSE = f"""\
format: 1
title: Machine learning
time_zone: Europe/Berlin
keep: best
late: 10%/day
exercises:
  - {{id: week1, exercise: {LAB}, files: week1.zip, points: 10, column: Lab 1 (11)}}
  - id: week2
    exercise: {LAB}
    files: submitted/*/lab2/**
    points: 1/3
    due: 2026-11-20 23:59
    column: Lab 2 (12)
  - {{id: week3, exercise: own/zigzag.yaml, files: week3/}}
overrides:
  - {{student: 90001, exercise: week2, due: 2026-11-23 23:59}}
  - {{student: 90002, exercise: week1, excused: true}}
"""


def text(values: object) -> str:
    return json.dumps(values)


def run(course: Path, out: Path, *words: str | Path) -> Answer:
    return grade(course, "-o", f"{out}/", *words)
