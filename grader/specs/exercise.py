"""A spec's tree to an Exercise: every key, every rule, all problems at once."""

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from grader.errors import SpecError
from grader.exact.network import ZERO
from grader.exact.ratio import Ratio
from grader.exercise.build import build, check_ids
from grader.exercise.checks import HALF, Fade, Rules, Tolerance
from grader.exercise.record import Exercise, Sliders
from grader.named import NamedTuple
from grader.specs import tree as yaml_tree
from grader.specs.reader import Reader, join
from grader.specs.target import check_spacing, read_target
from grader.specs.tree import Entry, Node, Spec, parse
from grader.specs.units import read_network
from grader.text.codes import LIVE, ORDERS, REVEAL, Live, Reveal
from grader.text.digest import sha256
from grader.text.inert import inert

_MAX_ID = 100
MOST_IN_ANY_ORDER = 100  # units: each given one is compared with every one of a trained network
_TOP = ("format", "id", "title", "domain", "target", "network", "tolerance")
_OPTIONAL = ("description", "scoring", "feedback", "sliders", "submission")
_OF_VARIANTS = ("variants", "variant")  # what these mean is not known here
_CORE = frozenset({"domain", "target", "network", "tolerance"})  # what the blank is graded by
_SCORING_LIMITS = {
    "points": (lambda n: n > 0, "a number over 0"),
    "position_credit": (lambda n: 0 <= n < 1, "a number, 0 or more and under 1"),
}


def read_exercise(data: bytes, source: str, stem: str | None = None) -> Exercise:
    """Return the exercise that a spec describes; `stem` is the file's name without its ending.

    Raises: SpecError with every problem that was found, in the order of their lines.
    """
    spec = Spec(parse(data, source), source, stem, sha256(data).hexdigest())
    if isinstance(spec.tree, yaml_tree.Mapping):
        keys = {entry.key for entry in spec.tree.entries}
        if not keys.isdisjoint(_OF_VARIANTS):
            from grader.specs.varied import varied

            return varied(spec, _read)
    return _read(spec)


def _read(spec: Spec) -> Exercise:
    """Return the exercise that the tree describes, whose numbers are all written out."""
    reader = Reader()
    top = reader.mapping(spec.tree, "", _TOP, (*_OPTIONAL, *_OF_VARIANTS))
    before = len(reader.problems)
    segments = read_target(reader, top)
    units, bias = read_network(reader, top)
    tolerance = _tolerance(reader, top)
    scoring = _scoring(reader, top, len(segments))
    rules = Rules(tolerance, scoring.fade, scoring.position_credit)
    check_spacing(reader, top, segments, rules)
    can_be_weighed = len(reader.problems) == before and _CORE.issubset(top)
    identity = _identity(reader, top, spec.stem)
    feedback = _feedback(reader, top)
    sliders = _sliders(reader, top)
    any_order = _any_order(reader, top, len(units))
    exercise = None
    if can_be_weighed:
        try:
            exercise = build(
                id=identity.id,
                title=identity.title,
                description=identity.description,
                segments=segments,
                units=units,
                bias=bias,
                rules=rules,
                points=scoring.points,
                weights=scoring.weights,
                reveal=feedback.reveal,
                live=feedback.live,
                messages=feedback.messages,
                sliders=sliders,
                digest=spec.digest,
                any_order=any_order,
            )
        except ValueError as error:
            reader.note(
                top["network"].line,
                "network",
                f"{error}; leave more for the student to do",
                "blank-passes",
            )
    if exercise is None or reader.problems:
        raise SpecError(spec.source, tuple(reader.problems))
    return exercise


class _Identity(NamedTuple):
    id: str
    title: str
    description: str


class _Scoring(NamedTuple):
    points: Fraction = Ratio(100)
    fade: Fade = Fade()
    position_credit: Fraction = HALF
    weights: Mapping[str, Fraction] = MappingProxyType({})


def _identity(reader: Reader, top: dict[str, Entry], stem: str | None) -> _Identity:
    if entry := top.get("format"):
        reader.number(entry.value, "format", lambda n: n == 1, "1")
    texts = [
        (reader.text(entry.value, key) or "") if (entry := top.get(key)) else ""
        for key in ("id", "title", "description")
    ]
    if texts[0]:
        line = top["id"].line
        if not is_id(texts[0]):
            reader.note(line, "id", "must be letters, digits and hyphens, at most 100")
        elif stem is not None and texts[0] != stem:
            advice = f'it must be the file\'s name, "{inert(stem)}"'
            if not is_id(stem):
                advice = f'name the file {texts[0]}.yaml, for "{inert(stem, 40)}" cannot be an id'
            reader.note(line, "id", f'is "{texts[0]}"; {advice}')
    return _Identity(*texts)


def is_id(text: str) -> bool:
    """Tell whether text is letters, digits and hyphens, as an exercise's id must be."""
    return len(text) <= _MAX_ID and text.isascii() and text.replace("-", "0").isalnum()


def _tolerance(reader: Reader, top: dict[str, Entry]) -> Tolerance:
    names = Tolerance._fields
    entry = top.get("tolerance")
    keys = reader.mapping(entry.value, "tolerance", names) if entry else {}
    read = [
        reader.number(
            keys[name].value, f"tolerance.{name}", lambda n: n >= 0, "a number, 0 or more"
        )
        if name in keys
        else None
        for name in names
    ]
    return Tolerance(*(ZERO if n is None else n for n in read))


def _scoring(reader: Reader, top: dict[str, Entry], segments: int) -> _Scoring:
    entry = top.get("scoring")
    default = _Scoring()
    if entry is None:
        return default
    keys = reader.mapping(entry.value, "scoring", (), _Scoring._fields)
    read = {
        name: number
        for name, limit in _SCORING_LIMITS.items()
        if name in keys
        and (number := reader.number(keys[name].value, f"scoring.{name}", *limit)) is not None
    }
    weights = _weights(reader, keys["weights"].value, segments) if "weights" in keys else {}
    return _Scoring(
        read.get("points", default.points),
        _fade(reader, keys["fade"]) if "fade" in keys else default.fade,
        read.get("position_credit", default.position_credit),
        weights,
    )


def _fade(reader: Reader, entry: Entry) -> Fade:
    keys = reader.mapping(entry.value, "scoring.fade", (), Fade._fields)
    read = {
        name: number
        for name, each in keys.items()
        if (
            number := reader.number(
                each.value, f"scoring.fade.{name}", lambda n: n >= 1, "a number, 1 or more"
            )
        )
        is not None
    }
    return Fade()._replace(**read)


def _weights(reader: Reader, node: Node, segments: int) -> dict[str, Fraction]:
    path = "scoring.weights"
    ids = check_ids(segments)
    if not segments and isinstance(node, yaml_tree.Mapping):  # a target that could not be read
        ids = [entry.key for entry in node.entries]
    entries = reader.mapping(node, path, (), ids)
    read = {
        key: reader.number(entry.value, join(path, key), lambda n: n > 0, "a number over 0")
        for key, entry in entries.items()
    }
    return {key: number for key, number in read.items() if number is not None}


class _Feedback(NamedTuple):
    reveal: Reveal
    live: Live
    messages: dict[str, str]


def _feedback(reader: Reader, top: dict[str, Entry]) -> _Feedback:
    entry = top.get("feedback")
    allowed = ("reveal", "live", "messages")
    keys = reader.mapping(entry.value, "feedback", (), allowed) if entry else {}
    reveal: Reveal | None = None
    live: Live | None = None
    if "reveal" in keys:
        reveal = reader.choice(keys["reveal"].value, "feedback.reveal", REVEAL)
    if "live" in keys:
        live = reader.choice(keys["live"].value, "feedback.live", LIVE)
    messages: dict[str, str] = {}
    if "messages" in keys:
        from grader.mistakes.table import DIAGNOSES

        path = "feedback.messages"
        entries = reader.mapping(keys["messages"].value, path, (), DIAGNOSES, "unknown-diagnosis")
        texts = {key: reader.text(e.value, join(path, key)) for key, e in entries.items()}
        messages = {key: text for key, text in texts.items() if text is not None}
    return _Feedback(reveal or "hints", live or "full", messages)


def _any_order(reader: Reader, top: dict[str, Entry], units: int) -> bool:
    """Tell whether the units of a trained network may come in another order."""
    entry = top.get("submission")
    keys = reader.mapping(entry.value, "submission", (), ("order",)) if entry else {}
    if "order" not in keys:
        return False
    order = reader.choice(keys["order"].value, "submission.order", ORDERS)
    if order == "any" and units > MOST_IN_ANY_ORDER:
        reader.note(
            keys["order"].line,
            "submission.order",
            f"any is for at most {MOST_IN_ANY_ORDER} units, and there are {units:,}; write listed",
        )
    return order == "any"


def _sliders(reader: Reader, top: dict[str, Entry]) -> Sliders | None:
    entry = top.get("sliders")
    if entry is None:
        return None
    keys = reader.mapping(entry.value, "sliders", Sliders._fields)
    read = [reader.number(keys[n].value, f"sliders.{n}") for n in Sliders._fields if n in keys]
    numbers = [n for n in read if n is not None]
    if len(numbers) < len(Sliders._fields):
        return None
    sliders = Sliders(*numbers)
    if sliders.min >= sliders.max:
        reader.note(entry.line, "sliders", "min must be smaller than max")
    if sliders.step <= 0:
        reader.note(entry.line, "sliders.step", "must be over 0")
    return sliders
