"""What a run is fixed by, and whether the one that is there in its folder is the same one.

The terms are the exercise, the options that a row depends on and the version; with the hand-ins in
their order they say all that a row is made of. A run goes on only under the terms it began with.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from grader.cohort import journal as journals
from grader.cohort.classwork import Read
from grader.cohort.journal import Journal, Terms
from grader.cohort.manifest import HandIn, Manifest
from grader.cohort.marking import Criteria, spec_of
from grader.cohort.outputs import CLASS_PAGE, GRADEBOOK, REPORTS, RESULTS, check_free
from grader.errors import GraderError, SubmissionError
from grader.exercise.record import Exercise
from grader.exercise.variants import draw
from grader.text.digest import sha256
from grader.text.inert import inert
from grader.version import VERSION

_MARKS = 2**16  # too few to guess a secret by
_SHOWN = 5  # hand-ins named in a message


class Changed(GraderError):
    """The terms or the hand-ins are others than those of the run that is there."""


@contextmanager
def begun(
    folder: str, terms: Terms, say: Callable[[str], None], *, restart: bool = False
) -> Iterator[Journal]:
    """Open a run's journal: the one that is there, or with `restart` or without one a new one.

    Raises: Changed where the one that is there is another run's.
    """
    journal = journals.opened(folder)
    if journal is None:
        for name in (GRADEBOOK, RESULTS, CLASS_PAGE, REPORTS):
            check_free(folder, name, None)
        journal = journals.made(folder)
    try:
        before = journal.terms()
        changes = tuple(differences(before, terms)) if before.terms else ()
        if restart and before.terms:
            journal, aside = journals.made_anew(folder, journal)
            before = Terms({}, ())
            what = "; ".join(changes) or "nothing has changed"
            say(f"starting over ({what}); the earlier journal is now {aside}/")
        elif changes:
            raise Changed(
                f"{inert(folder)} holds another run: {'; '.join(changes)}. "
                "To grade everything again, add --restart; to keep both, name another folder "
                "after -o"
            )
        if not before.terms:
            journal.begin(terms)
        yield journal
    finally:
        journal.close()


def of_any_run(marking: Criteria, exercise: Exercise) -> dict[str, str]:
    """Return the terms of every run, whether it grades a class's hand-ins or a table."""
    return {
        "exercise": exercise.id,
        "exercise's file": exercise.digest,
        "version": VERSION,
        "--reveal": marking.reveal or "as the exercise says",
    }


def terms_of(marking: Criteria, exercise: Exercise, manifest: Manifest) -> Terms:
    """Return what the rows of these hand-ins are fixed by, whoever grades them where."""
    limits = ", ".join(f"{name} {value}" for name, value in marking.limits._asdict().items())
    terms = {
        **of_any_run(marking, exercise),
        "--function": marking.function,
        "limits of code": limits,
        "--reports": ",".join(marking.reports) or "none",
    }
    if exercise.variant is not None:
        terms["variants"] = exercise.variant.digest
        terms["--secret-file"] = _mark(marking, exercise)
        terms |= _given(marking)
    hand_ins = tuple(hand_in_text(each) for each in manifest.entries)
    return Terms(terms, hand_ins, spec_of(marking.exercise, exercise))


def _mark(marking: Criteria, exercise: Exercise) -> str:
    """Return what tells one secret from another and says nothing of either."""
    whose = marking.whose
    if whose is None or whose.secret is None:
        return "none"
    return str(draw(whose.secret, exercise.id, "", _MARKS))


def _given(marking: Criteria) -> dict[str, str]:
    """Return which variants are given to whom, and by which other ids the rest are drawn."""
    terms = {}
    if marking.whose is not None and marking.whose.number is not None:
        terms["--variant"] = str(marking.whose.number)
    if marking.whose is not None and marking.whose.overrides:
        given = (f"{student}: {number}" for student, number in marking.whose.overrides)
        terms["overrides"] = ", ".join(given)
    if marking.called:
        terms["the ids to draw by"] = sha256(json.dumps(marking.called).encode()).hexdigest()
    return terms


def hand_in_text(hand_in: HandIn) -> str:
    """Return a hand-in as one text, without where its bytes are."""
    return json.dumps([*hand_in[:-1]], ensure_ascii=False)


def differences(before: Terms, after: Terms) -> Iterator[str]:
    """Say what is another, in words."""
    for name in {**before.terms, **after.terms}:
        old, new = before.terms.get(name, "nothing"), after.terms.get(name, "nothing")
        if name == "exercise's file" and old != new:
            yield "the exercise has changed"
        elif old != new:
            yield f"{name} was {inert(old, 80)} and is {inert(new, 80)}"
    if before.hand_ins != after.hand_ins:
        old_ones, new_ones = Counter(before.hand_ins), Counter(after.hand_ins)
        gone = _named((old_ones - new_ones).elements())
        come = _named((new_ones - old_ones).elements())
        sentences = [f"{come} new" if come else "", f"{gone} gone" if gone else ""]
        yield "hand-ins: " + (" and ".join(filter(None, sentences)) or "in another order")


def _named(texts: Iterable[str]) -> str:
    sources = sorted({str(json.loads(each)[HandIn._fields.index("source")]) for each in texts})
    more = f" and {len(sources) - _SHOWN} more" if len(sources) > _SHOWN else ""
    return ", ".join(inert(each, 80) for each in sources[:_SHOWN]) + more


def check_unchanged(manifest: Manifest, done: dict[int, str | None], read: Read) -> None:
    """Refuse to mix what was graded with files that are others now. Raises: Changed."""
    other = []
    for seq, digest in done.items():
        hand_in = manifest.entries[seq]
        try:
            now = read(hand_in).origin.digest
        except (SubmissionError, OSError):
            now = None
        if now != digest:
            other.append(json.dumps([*hand_in[:-1]]))
    if other:
        raise Changed(
            f"graded before and changed since: {_named(other)}. To grade everything again, "
            "add --restart; to keep both, name another folder after -o"
        )
