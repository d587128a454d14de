"""grader new ID: make an exercise from points, with sample submissions."""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from grader.authoring.making.design import MOST_BREAKPOINTS, Design, Impossible, Wishes, designed
from grader.authoring.making.scaffold import Scaffold, scaffold
from grader.authoring.previews.plot import plot
from grader.console.usage import parse, parser_of
from grader.desk.files import complain, create, to_standard_output
from grader.exact.piecewise import PiecewiseLinear
from grader.exact.rational import from_text
from grader.specs.exercise import is_id
from grader.task.drawings import target_svg
from grader.text.inert import inert
from grader.words.tasks import network_text
from grader.words.wording import points as points_text

MEANING = "make an exercise from points, with sample submissions"

_USAGE_ERROR = 2
_Points = list[tuple[Fraction, Fraction]]

_EXAMPLES = """\
examples:
  grader new hat --points "0,0 1,2 3,0"
      choose output weights and a given unit, and write exercises/hat.yaml with samples
  grader new valley --points "0,2 1,0 3,2" --weights "1,1"
      the same with two units and these output weights

exit status: 0 written, 1 no network can draw it, 2 wrong usage or nothing could be written
"""


class _UnusableError(Exception):
    """What the user gave cannot be used; the message says why."""


def main(arguments: Sequence[str]) -> int:
    """Run the verb and return its exit status."""
    parser = parser_of(
        "new",
        "Make an exercise from points: a spec that passes grader lint without a "
        "warning, a perfect and a blank submission, and one for each mistake that applies. "
        "Nothing is overwritten.",
        _EXAMPLES,
    )
    parser.add_argument("id", help="the exercise's id: letters, digits and hyphens")
    parser.add_argument("--points", metavar="POINTS", help='such as "0,0 1,2 3,0" (default: ask)')
    parser.add_argument("--weights", metavar="WEIGHTS", help='output weights, such as "1,1,-1"')
    parser.add_argument("--bias", metavar="NUMBER", help="output bias (default: one that fits)")
    parser.add_argument(
        "--free",
        choices=("some", "all"),
        default="some",
        help="which units students choose: some may be given (the default), or all are free",
    )
    parser.add_argument("--title", help="what students see first (default: made from the id)")
    parser.add_argument("--picture", metavar="FILE", help="write the target as SVG to this file")
    parser.add_argument("--folder", default=".", help="the folder with exercises/ and submissions/")
    options = parse(parser, arguments)
    try:
        return _run(options)
    except _UnusableError as error:
        complain(str(error))
    return _USAGE_ERROR


def _run(options: argparse.Namespace) -> int:
    id_: str = options.id
    if not is_id(id_):
        raise _UnusableError(f'"{inert(id_, 40)}" is not an id; use letters, digits and hyphens')
    spec = os.path.join(options.folder, "exercises", f"{id_}.yaml")
    samples = os.path.join(options.folder, "submissions", id_)
    for path in filter(None, (spec, samples, options.picture)):
        if os.path.lexists(path):
            raise _UnusableError(
                f"{inert(path)} already exists and is not overwritten; choose another name"
            )
    given = options.points if options.points is not None else _ask("points, such as 0,0 1,2 3,0: ")
    points = _points(given)
    wishes = Wishes(
        None if options.weights is None else _weights(options.weights),
        None if options.bias is None else _number(options.bias, options.bias),
        all_free=options.free == "all",
    )
    target = PiecewiseLinear.from_points(points)
    title = inert((options.title or "").strip()) or id_.replace("-", " ").capitalize()
    try:
        made = designed(target, wishes)
        scaffolded = scaffold(id_, title, points, made)
    except Impossible as error:
        complain(f"{error.what}: {error.reason}")
        if error.change:
            complain(error.change)
        return 1
    files = {spec: scaffolded.spec}
    files |= {os.path.join(samples, sample.file): sample.text for sample in scaffolded.samples}
    if options.picture is not None:
        files[options.picture] = target_svg(scaffolded.exercise)
    _write(files)
    lines = _lines_of(scaffolded, made.design, target, list(files))
    return 0 if to_standard_output(f"{line}\n" for line in lines) else _USAGE_ERROR


def _ask(question: str) -> str:
    try:
        sys.stderr.write(question)
        sys.stderr.flush()
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        complain("\nnothing was written")
        raise
    if not line:
        raise _UnusableError("\nno points were given, so nothing was written; try --points")
    return line


def _points(text: str) -> _Points:
    points = []
    for word in text.split():
        x, comma, y = word.partition(",")
        if not comma:
            raise _UnusableError(f'"{inert(word, 40)}" is not a point; write x,y such as 1,2')
        points.append((_number(x, word), _number(y, word)))
    if len(points) < 2:  # a line needs two
        raise _UnusableError("a line needs at least two points, such as 0,0 1,2 3,0")
    for (before, _), (after, _) in pairwise(points):
        if before >= after:
            raise _UnusableError(
                f"x must increase from point to point, but {after} follows {before}"
            )
    if len(points) > MOST_BREAKPOINTS + 2:
        raise _UnusableError(
            f"{len(points)} points are too many; give at most {MOST_BREAKPOINTS + 2}"
        )
    return points


def _weights(text: str) -> list[Fraction]:
    weights = [_number(word, word) for word in text.replace(",", " ").split()]
    if not weights:
        raise _UnusableError("no output weight is given; write one for each unit, such as 1,1,-1")
    if len(weights) > MOST_BREAKPOINTS + 2:
        raise _UnusableError(
            f"{len(weights)} units are too many; give at most {MOST_BREAKPOINTS + 2} weights"
        )
    return weights


def _number(text: str, word: str) -> Fraction:
    try:
        return from_text(text)
    except ValueError as error:
        place = "" if text == word else f' in "{inert(word, 40)}"'
        raise _UnusableError(
            f'"{inert(text, 40)}"{place} {error}; write a number such as 2, -0.5 or 1/3'
        ) from None


def _write(files: Mapping[str, str]) -> None:
    """Write all files, or none: what was written is removed again where one cannot be.

    Raises: _UnusableError.
    """
    try:
        create({path: text.encode() for path, text in files.items()})
    except OSError as error:
        path = inert(str(error.filename or next(iter(files))))
        raise _UnusableError(
            f"{path} cannot be written ({error.strerror}); nothing was written; choose another "
            "--folder"
        ) from None


def _lines_of(
    made: Scaffold, design: Design, target: PiecewiseLinear, paths: Sequence[str]
) -> Iterator[str]:
    yield f"f(x) = {network_text(design.units, design.bias)}"
    yield ""
    yield from plot(target)
    yield ""
    scores = {sample.file: f"  {points_text(sample.score)} points" for sample in made.samples}
    for path in paths:
        yield f"wrote {inert(path)}{scores.get(os.path.basename(path), '')}"
