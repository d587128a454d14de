"""The key `variants` of a spec: numbers that vary, and the exercise of each variant.

A number of target or network may be a formula over the names with a dollar sign before them, and
title and description show a formula in braces. What is read as an exercise is the tree with the
numbers of one variant put in, so nothing after this knows of formulas.
"""

from collections.abc import Callable
from functools import partial

from grader.errors import Problem, SpecError
from grader.exercise.record import Exercise, Variant
from grader.exercise.variants import Variants
from grader.named import NamedTuple
from grader.specs.filling import put_in
from grader.specs.formulas import Formulas, read_formulas
from grader.specs.reader import Reader, is_empty
from grader.specs.stamp import read_stamp, stamp
from grader.specs.tree import Entry, Mapping, Spec
from grader.specs.varying import read_choices
from grader.text.inert import inert
from grader.words.literal import assignments

Read = Callable[[Spec], Exercise]
_KEYS = ("variants", "variant")


class Varied(NamedTuple):
    """A spec whose numbers vary: its tree without the list, the list, the formulas in it."""

    spec: Spec
    tree: Mapping
    listing: Variants
    digest: str
    formulas: Formulas


def varied(spec: Spec, read: Read) -> Exercise:
    """Return the exercise of a spec with one of the keys `variants` and `variant`.

    With `variants` it shows the first variant and none is chosen. `read` makes an exercise of a
    spec without these keys.

    Raises: SpecError with every problem that was found.
    """
    reader = Reader()
    tree, found = _split(spec.tree)
    for key, entry in found.items():
        if is_empty(entry.value):
            reader.note(entry.line, key, "is empty; give it a value or delete it")
    if len(found) == len(_KEYS):
        message = "one variant has no variants of its own; delete variant or variants"
        reader.note(found["variant"].line, "variant", message)
    bare = spec._replace(tree=tree)
    if "variant" in found:
        stamp = None if reader.problems else read_stamp(reader, found["variant"])
        _refuse(spec, reader)
        return read(bare)._replace(variant=stamp)
    entry = found["variants"]
    listing = None if reader.problems else read_choices(reader, entry)
    formulas = read_formulas(reader, entry, tree)
    if listing is None or reader.problems:
        _refuse(spec, reader)
        raise AssertionError  # no list without a problem
    return _made(Varied(bare, tree, listing, listing.digest, formulas), read)


def _refuse(spec: Spec, reader: Reader) -> None:
    if reader.problems:
        raise SpecError(spec.source, tuple(reader.problems))


def _split(tree: object) -> tuple[Mapping, dict[str, Entry]]:
    """Return the tree without the keys of variants, and these."""
    entries = tree.entries if isinstance(tree, Mapping) else ()
    line = tree.line if isinstance(tree, Mapping) else 1
    found = {entry.key: entry for entry in entries if entry.key in _KEYS}
    return Mapping(line, tuple(entry for entry in entries if entry.key not in _KEYS)), found


def _made(known: Varied, read: Read, number: int | None = None) -> Exercise:
    """Return the exercise of one variant; of the first, with none chosen, without a number."""
    spec, listing = known.spec, known.listing
    values = listing.values(number or 0)
    which_one = f"variant {number or 0} ({assignments(values)})"
    try:
        exercise = read(spec._replace(tree=put_in(known.tree, known.formulas, values)))
    except SpecError as error:
        problems = [_in_variant(problem, which_one) for problem in error.problems]
        raise SpecError(spec.source, tuple(problems)) from None
    except ZeroDivisionError:
        problem = Problem(1, "variants", f"a formula divides by 0 in {which_one}; exclude that")
        raise SpecError(spec.source, (problem,)) from None
    variant = Variant(
        number,
        len(listing.rows),
        known.digest,
        values,
        partial(_made, known, read),
        partial(_text, known),
        listing.values,
        "nobody" if number is None else "command",
    )
    return exercise._replace(variant=variant)


def _text(known: Varied, number: int) -> str:
    """Return the spec of one variant, which says which it is."""
    from grader.specs.written import written

    tree = put_in(known.tree, known.formulas, known.listing.values(number))
    added = stamp(number, len(known.listing.rows), known.digest)
    return written(Mapping(tree.line, (*tree.entries, added)))


def _in_variant(problem: Problem, which: str) -> Problem:
    """Return the problem with the variant that has it, where its numbers may be to blame."""
    if problem.key.partition(".")[0] not in {"target", "network", "domain"}:
        return problem
    return problem._replace(message=inert(f"{problem.message}; this is in {which}", 4000))
