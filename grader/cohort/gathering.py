"""Claims to hand-ins: whose, which attempt, which of several files; identity is the id alone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import normalize

from grader.cohort.holding import passed_over
from grader.cohort.layouts import Claim
from grader.cohort.manifest import Form, HandIn, PassedOver, Whereabouts, whole
from grader.platforms import ENDINGS, only_file
from grader.text.inert import inert
from grader.text.lists import listed

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")
# What browsers and editors make of submission.json.
_COPY = re.compile(r" ?\(\d+\)(?=\.)")
_TEXT = re.compile(r"(?<=\.json|ipynb)\.txt$|(?<=\.py)\.txt$", re.IGNORECASE)


class Gathered(NamedTuple):
    """Hand-ins in order, what does not count, remarks."""

    entries: tuple[HandIn, ...]
    passed: tuple[PassedOver, ...]
    notes: tuple[str, ...]


class _Chosen(NamedTuple):
    """What counts of one attempt; why it cannot be read, and why the others do not count."""

    claim: Claim
    fault: str
    others: str


def gathered(claims: Iterable[Claim]) -> Gathered:
    """Return the hand-ins, by student and in order of time."""
    by_student: dict[str, dict[tuple[str, object], list[Claim]]] = defaultdict(
        lambda: defaultdict(list)
    )
    names: dict[str, str] = {}
    for claim in claims:
        for student, name in claim.people or ((claim.student, claim.name),):
            whose = normalize("NFC", student.strip())
            by_student[whose][claim.submitted, natural(claim.attempt)].append(claim)
            names.setdefault(whose, "")
            names[whose] = names[whose] or normalize("NFC", name)
    entries: list[HandIn] = []
    passed: dict[str, PassedOver] = {}
    chosen_paths: set[str] = set()
    for whose in sorted(by_student, key=lambda each: (natural(each), each)):
        attempts = by_student[whose]
        for number, key in enumerate(sorted(attempts), 1):
            chosen = _chosen(attempts[key])
            chosen_paths.add(chosen.claim.member.path)
            entries.append(_hand_in(whose, names[whose], number, chosen))
            for claim in attempts[key]:
                if chosen.others and claim is not chosen.claim:
                    path = claim.member.path
                    passed[path] = passed_over(path, chosen.others)
    kept = tuple(each for path, each in passed.items() if path not in chosen_paths)
    return Gathered(tuple(entries), kept, _notes(names))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts names by the numbers in them: 9 before 10."""
    pieces = re.split(r"([0-9]{1,18})", text)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces if p)


def _chosen(claims: Sequence[Claim]) -> _Chosen:
    """Choose among one attempt's files as for any course platform; a file before typed text."""
    readable = [claim for claim in claims if not claim.member.fault]
    if not readable:
        return _Chosen(claims[0], claims[0].member.fault, "")
    files = [claim for claim in readable if claim.form == "file"]
    typed = [claim for claim in readable if claim.form != "file"]
    names = [usual_name(claim.file) for claim in files]
    if typed and not any(name.lower().endswith(ENDINGS) for name in names):
        return _Chosen(typed[0], "", "text was typed into the platform, and that counts")
    handed = only_file(names)
    alike = [claim.file for claim in files if usual_name(claim.file) == handed.path]
    if len(set(alike)) > 1 or (handed.path is None and len(set(names)) < len(names)):
        missing = f"there are {len(files)} files ({listed(map(inert, _files(files)))}); hand in one"
        return _Chosen(files[0], missing, "")
    if handed.path is None:
        return _Chosen(files[0] if files else readable[0], handed.missing, "")
    claim = files[names.index(handed.path)]
    return _Chosen(claim, "", f"{inert(claim.file, 60)} of the same student counts")


def _files(claims: Iterable[Claim]) -> list[str]:
    return sorted({claim.file for claim in claims})


def usual_name(file: str) -> str:
    """Return a file's name without what browsers and editors add to it."""
    return _TEXT.sub("", _COPY.sub("", file))


def form_of(claim: Claim) -> Form:
    """Return how the file's bytes become a submission."""
    if claim.form == "file" and claim.file.lower().endswith(ARCHIVES):
        return "archive"
    return claim.form


def _hand_in(student: str, name: str, attempt: int, chosen: _Chosen) -> HandIn:
    claim = chosen.claim
    file = usual_name(claim.file).rpartition("/")[2]
    place = Whereabouts(claim.member.key, file, form_of(claim), chosen.fault)
    return HandIn(
        whole(student),
        inert(name),
        attempt,
        claim.submitted,
        claim.late,
        whole(claim.member.path),
        place,
    )


def _notes(names: dict[str, str]) -> tuple[str, ...]:
    """Say which people look alike and stay two."""
    called: dict[str, list[str]] = defaultdict(list)
    spelt: dict[str, list[str]] = defaultdict(list)
    for student, name in names.items():
        spelt[student.casefold()].append(inert(student, 40))
        if name:
            called[name].append(inert(student, 40))
    cases = [listed(ids) for ids in spelt.values() if len(ids) > 1]
    shared = [f"{inert(name, 60)} ({listed(ids)})" for name, ids in called.items() if len(ids) > 1]
    notes = (
        (cases, f"{listed(cases)} differ only in case and are different students here."),
        (shared, f"More than one student is called {listed(shared)}; the ids tell them apart."),
    )
    return tuple(text for found, text in notes if found)
