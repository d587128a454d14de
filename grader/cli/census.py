"""grader census EXERCISE: what every setting of the sliders earns, and which mistakes they show."""

import json
from collections.abc import Sequence
from fractions import Fraction

from grader.console.lookup import exercise_or_none
from grader.console.usage import parse, parser_for_an_exercise
from grader.desk.files import complain, deliver
from grader.desk.overwrite import refusal
from grader.exercise.record import Exercise
from grader.text.inert import inert
from grader.text.lists import listed

TYPE_CHECKING = False  # type checkers take it for true; typing itself is slow to import
if TYPE_CHECKING:
    from grader.cohort.columns.census import Census

MEANING = "count what every setting of the sliders earns"
_DESCRIPTION = (
    "Grade every setting of an exercise's sliders, exactly: how many earn what, which "
    "mistakes they show, and how far guessing gets."
)
_STEPS = (100, 90, 75, 60, 50, 25)  # percent
_TRIES = (10, 100, 1000)


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_for_an_exercise(
        "census",
        _DESCRIPTION,
        "example: grader census relu-three-segments -f svg --of w1 b1 -o census.svg",
        ("text", "json", "svg"),
    )
    parser.add_argument(
        "--step",
        metavar="STEP",
        type=Fraction,
        help="use this step of the sliders instead, as in 0.5",
    )
    parser.add_argument(
        "--of",
        nargs=2,
        metavar="PARAMETER",
        help="the two parameters of the picture (default: the first two free ones)",
    )
    options = parse(parser, arguments)
    reason = refusal(options.output, [options.exercise])
    exercise = None if reason else exercise_or_none(options.exercise)
    if reason is None and exercise is not None:
        reason = _unfit(exercise, options.step, options.of)
    if reason:
        complain(reason)
    if reason or exercise is None:
        return 2
    from grader.cohort.columns.census import census
    from grader.cohort.columns.slider_grid import slider_values

    names = list(exercise.free)
    of = tuple(options.of or names[:2]) if len(names) > 1 else None
    found = census(options.exercise, exercise, slider_values(_with(exercise, options.step)), of)
    text = {"text": _text, "json": _json, "svg": _svg}[options.format](found)
    return 0 if deliver(text, options.output) else 2


def _with(exercise: Exercise, step: Fraction | None) -> Exercise:
    if step is None or exercise.sliders is None:
        return exercise
    return exercise._replace(sliders=exercise.sliders._replace(step=step))


def _unfit(exercise: Exercise, step: Fraction | None, of: Sequence[str] | None) -> str:
    """Say why there can be no census, in words; "" if there can."""
    if exercise.sliders is None:
        return f"{exercise.id} has no sliders; a census needs the key sliders in its file"
    if step is not None and not 0 < step <= exercise.sliders.max - exercise.sliders.min:
        return "--step must be above 0 and at most what the sliders reach"
    unknown = [name for name in of or () if name not in exercise.free]
    if unknown:
        return f'--of: "{inert(unknown[0], 40)}" is not free; choose from {listed(exercise.free)}'
    if of and of[0] == of[1]:
        return "--of: name two different parameters"
    return _too_many(_with(exercise, step))


def _too_many(exercise: Exercise) -> str:
    from grader.cohort.columns.slider_grid import MOST, how_many

    count = how_many(exercise)
    if count <= MOST:
        return ""
    return (
        f"{exercise.id} has {count:,} slider settings, and a census counts at most {MOST:,}; "
        "give a larger --step"
    )


def _text(found: "Census") -> str:
    given, exercise = found.given, found.given.exercise
    free = listed(exercise.free)
    most = float(exercise.points)
    lines = [
        f"{exercise.id}: {given.total:,} slider settings, {len(given.values)} values of each of",
        free,
        "",
        "at least    settings  a random one",
    ]
    for percent in _STEPS:
        count = found.at_least(most * percent / 100)
        lines.append(f"{most * percent / 100:>8g}  {count:>10,}  {_odds(count, given.total)}")
    nothing = found.scores[0.0]
    lines += [
        f"{'only 0':>8}  {nothing:>10,}  {_odds(nothing, given.total)}",
        "",
        f"Mean: {found.mean:.6f} of {most:g} points.",
    ]
    best = [f"{found.best_of(tries):.1f} with {tries:,}" for tries in _TRIES]
    lines.append(f"Guessing: the best of so many random settings earns {listed(best)}, on average.")
    if found.mistakes is None:
        lines.append("Mistakes: not counted, as there are units to spare or no known answer.")
    else:
        lines += ["", "mistake                   settings that show it in some unit"]
        ranked = sorted(found.mistakes.items(), key=lambda item: (-item[1], item[0]))
        lines += [f"{code:<24}  {count:>10,}" for code, count in ranked]
    return "\n".join(lines) + "\n"


def _odds(count: int, of: int) -> str:
    if not count:
        return "never"
    return f"1 in {of / count:,.1f}" if of < 100 * count else f"1 in {round(of / count):,}"


def _json(found: "Census") -> str:
    given, exercise = found.given, found.given.exercise
    most = float(exercise.points)
    data = {
        "exercise": {"id": exercise.id, "digest": exercise.digest},
        "settings": given.total,
        "values": list(given.values),
        "max_score": most,
        "mean": found.mean,
        "at_least": {f"{most * p / 100:g}": found.at_least(most * p / 100) for p in _STEPS},
        "best_of": {str(tries): found.best_of(tries) for tries in _TRIES},
        "scores": [
            {"score": score, "settings": count} for score, count in sorted(found.scores.items())
        ],
        "mistakes": None if found.mistakes is None else dict(sorted(found.mistakes.items())),
        "landscape": found.landscape and found.landscape._asdict(),
    }
    return json.dumps(data, indent=2) + "\n"


def _svg(found: "Census") -> str:
    from grader.pictures.census_picture import Relief, census_picture

    most = float(found.given.exercise.points)
    counts = [0] * 11
    for score, count in found.scores.items():
        tenth = 10 if score >= most else min(9, int(score / most * 10))
        counts[0 if score == 0 else tenth if tenth == 10 else tenth + 1] += count
    scape = found.landscape
    field = scape and Relief(
        scape.names,
        scape.values,
        tuple(tuple(score / most for score in row) for row in scape.scores),
    )
    title = f"{found.given.exercise.title}: {found.given.total:,} slider settings"
    return census_picture(title, counts, field)
