"""A Solution in an instructor's words: the families one by one, or the proof."""

from collections.abc import Iterator
from textwrap import wrap

from grader.authoring.solving.families import Family, Inequality, Part
from grader.authoring.solving.linear import Form
from grader.authoring.solving.nearest import Nearest
from grader.authoring.solving.solve import SOLVABLE, UNSOLVABLE, Solution
from grader.authoring.solving.ways import CANCEL, IDLE, TURN
from grader.exact.network import ZERO
from grader.exercise.record import Exercise
from grader.words.literal import assignments, exact

MOST_SHOWN = 8
_WIDTH = 80


def form_text(form: Form) -> str:
    """Return a form as a person writes it: 3 - 2*w1."""
    terms = [(c, name) for name, c in sorted(form.coefficients.items())]
    if form.constant or not terms:
        terms.insert(0, (form.constant, ""))
    text = ""
    for c, name in terms:
        size = exact(abs(c))
        body = (name if size == "1" else f"{size}*{name}") if name else size
        if text:
            text += f" {'-' if c < 0 else '+'} {body}"
        else:
            text = f"{'-' if c < 0 else ''}{body}"
    return text


def inequality_text(inequality: Inequality) -> str:
    """Return an inequality with its unknowns on the left: w1 > 0, w1 + 2*w2 <= 3."""
    form, closed = inequality
    up, down = (">=", "<=") if closed else (">", "<")
    first = form.coefficients[min(form.coefficients)]
    turned = form if first > 0 else form.times(-1)
    left = Form(ZERO, turned.coefficients)
    return f"{form_text(left)} {up if first > 0 else down} {exact(-turned.constant)}"


def conditions_text(family: Family) -> list[str]:
    """Return the equations and inequalities of a family that is more than a point."""
    lines = [f"{name} = {form_text(form)}" for name, form in sorted(family.known.items())]
    lines += [
        f"{_product(*meeting.one)} = {_product(*meeting.other)}" for meeting in family.meetings
    ]
    return lines + [inequality_text(inequality) for inequality in family.inequalities]


def _product(a: Form, b: Form) -> str:
    """Return a product of parameters; a given one is a number, and multiplied out."""
    for one, other in ((a, b), (b, a)):
        if not one.coefficients:
            return form_text(other.times(one.constant))
    return f"{form_text(a)}*{form_text(b)}"


def part_text(part: Part) -> str:
    """Return what a unit does, as a sentence without its full stop."""
    who = f"unit {part.unit}"
    if part.role == TURN and part.x is not None:
        return f"{who} turns at x = {exact(part.x)} and is active on the {_side(part)}"
    if part.role == CANCEL:
        return f"{who} turns where its partner does and is active on the {_side(part)}"
    return f"{who} adds nothing" if part.role == IDLE else f"{who} is active everywhere"


def _side(part: Part) -> str:
    return "right" if part.side > 0 else "left"


def solution_lines(exercise: Exercise, solution: Solution) -> Iterator[str]:
    """Yield the lines of the text."""
    yield f"{exercise.id}: {exercise.title}"
    yield _headline(solution)
    if solution.proof:
        yield from _wrapped(solution.proof.message)
    for index, family in enumerate(solution.families[:MOST_SHOWN], 1):
        yield ""
        yield from _family(index, family)
    more = len(solution.families) - MOST_SHOWN
    if more > 0:
        yield ""
        yield f'{more} more; "--format json" gives all.'
    if solution.nearest:
        yield ""
        yield from _nearest(solution.nearest)
    if solution.unsearched:
        yield ""
        yield "Not searched:"
        for text in solution.unsearched:
            yield from _wrapped(text)


def _wrapped(text: str) -> list[str]:
    return wrap(sentence(text), _WIDTH, initial_indent="  ", subsequent_indent="  ")


def sentence(text: str) -> str:
    """Return text with a capital letter and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."


def _headline(solution: Solution) -> str:
    if solution.status == SOLVABLE:
        return f"Solvable: {counted_answers(solution)}."
    if solution.status == UNSOLVABLE:
        return "Not solvable: no network of this shape equals the target exactly."
    return "Not decided: no right answer was found, and none was ruled out."


def counted_answers(solution: Solution) -> str:
    """Return how many right answers and sets of them there are."""
    points = sum(not family.dimension for family in solution.families)
    sets = len(solution.families) - points
    parts = [_counted(points, "right answer")] if points else []
    parts += [_counted(sets, "set") + " of right answers"] if sets else []
    return " and ".join(parts) + (", and perhaps more" if solution.unsearched else "")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _family(index: int, family: Family) -> Iterator[str]:
    idle = {f"{letter}{k}" for k in family.idle for letter in "wb"}
    busy = {name: value for name, value in family.example.items() if name not in idle}
    label = f"{index}. "
    if family.dimension:
        yield f"{label}{'; '.join(conditions_text(family))}"
        yield f"   for example {assignments(busy)}"
    else:
        yield f"{label}{assignments(busy) or 'every free unit adds nothing'}"
    for part in family.parts:
        if part.role != IDLE:
            yield f"   {part_text(part)}"
    if family.idle:
        yield f"   {_idle_text(family)}"


def _idle_text(family: Family) -> str:
    units = family.idle
    rest = {k: v for k, v in family.example.items() if int(k[1:]) in units}
    if len(units) == 1:
        return f"unit {units[0]} adds nothing: unset or dead, for example {assignments(rest)}"
    listed = f"{', '.join(map(str, units[:-1]))} and {units[-1]}"
    return (
        f"units {listed} together add nothing: unset, dead or cancelling each other, for example "
        f"{assignments(rest)}"
    )


def _nearest(nearest: Nearest) -> Iterator[str]:
    yield (
        f"The nearest that a search of {_counted(nearest.programs, 'step')} found is "
        f"{exact(nearest.error.value)} off at x = {exact(nearest.error.x)}, and nowhere more:"
    )
    yield f"  {assignments(nearest.parameters)}"
