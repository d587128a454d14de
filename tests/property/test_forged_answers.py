"""100,000 answers that hostile code could write into its pipe, read and carried through the formats.

Whatever a child says, its submission is graded, invalid or failed: nothing is raised, nothing takes
long, and the score is what the numbers give. Each answer is made from the grammar of `wire` and
then spoilt; a few thousand are in the README's command, all of them are thorough.
"""

import json
import random
import re
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import pytest

import grader.reports
import hostile
from grader import Report, grade, load_exercise
from grader.console.delivery import platform, platforms
from grader.desk.assess import Asked, Chosen, assess
from grader.desk.intake import Received
from grader.errors import GraderError
from grader.exact.rational import to_double
from grader.platforms import Settings
from grader.reports import Layout
from grader.sandbox.grader_side.running import entries
from grader.sandbox.grader_side.verdict import Heard, Question, fault, outcome
from grader.sandbox.protocol import wire
from grader.sandbox.protocol.limits import Limits
from grader.sandbox.protocol.packets import Reply
from grader.submission.origin import Origin
from grader.submission.record import Entries

ALL, ROUND = 100_000, 2_500
LONGEST_TIME = 1.0  # seconds of computing for one answer
LAB = load_exercise("relu-three-segments")
FREE = tuple(LAB.free)
ENDED = Reply("exit", cpu=0.1, peak=2**20)
NUMBERS = (
    "0x1.0p+0", "-0x1.0p+0", "0x1.0p+1", "-0x1.0p+2", "0x0.0p+0", "-0x0.0p+0", "0x1.999999999999ap-4", "inf", "-inf",
    "nan", "0x1.0p+9999", "0x1.fffffffffffffp+1023", "0x1.0p+1024", "0x1.0p-1074", "0x0.0000000000001p-1022",
    "0x1.0p-99999999999999999999", "0x1.dcd65p+29", "0x1.dcd6500000001p+29", "0x1.0p+" + "9" * 4000, "1/3", "1e400", "1", "0x1p0",
    "0x1.00000000000000000000p+0", "0X1.0P+0", " 0x1.0p+0", "0x1.0p+0 ", "0x.0p0", "1_0", "\u0661", "1" * 5000, "-", "",
)  # fmt: skip
Made = Callable[[random.Random], bytes]


def text(chance: random.Random) -> bytes:
    words = chance.choice(hostile.STRINGS)[:2000]
    found = words.encode("utf-8", "surrogatepass").hex().encode()
    if chance.random() < 0.1:
        found = chance.choice(
            [found[:-1], found.upper(), b"ff" + found, b"c0af", b"eda080", b"f", b"zz", b""]
        )
    return found


def value(chance: random.Random) -> bytes:
    kind = chance.random()
    if kind < 0.95:
        most = 7 if kind < 0.88 else len(NUMBERS)
        return b"d:" + NUMBERS[chance.randrange(most)].encode()
    return chance.choice([b"t:", b"r:", b"x:", b"d:", b"", b"r:r:"]) + text(chance)


def named(chance: random.Random) -> bytes:
    keys = [
        *FREE,
        *chance.sample(["w0", "b0", "w3", "student", "exercise", "", "\x1b[2J", "w1"], 1),
    ]
    keys = keys[: 4 + (chance.random() < 0.3)]
    lines = [b"n " + key.encode().hex().encode() + b" " + value(chance) + b"\n" for key in keys]
    return b"".join(lines)


def placed(chance: random.Random) -> bytes:
    return b"".join(b"p " + value(chance) + b"\n" for _ in range(chance.choice([4, 4, 4, 3, 5, 0])))


def raised(chance: random.Random) -> bytes:
    frames = b"".join(
        b"at %d %s %s\n" % (chance.choice([0, 1, 999_999_999, 10**12]), text(chance), text(chance))
        for _ in range(chance.randrange(12))
    )
    return b"raised " + text(chance) + b" " + text(chance) + b"\n" + frames


def missing(chance: random.Random) -> bytes:
    return b"missing " + text(chance) + b" " + text(chance) + b"\n"


def bad(chance: random.Random) -> bytes:
    return b"bad " + text(chance) + b"\n"


def memory(_: random.Random) -> bytes:
    return b"memory\n"


def needs(chance: random.Random) -> bytes:
    return b"needs numpy." + text(chance) + b"\n"


def passed(chance: random.Random) -> bytes:
    line = b"passed %d %d " % (chance.randrange(3), chance.choice([1, 10**9, 10**20]))
    one = line + b" ".join([text(chance), text(chance), text(chance)]) + b"\n"
    return one * chance.choice([0, 0, 0, 1, 2, 25])


ENDS: Sequence[Made] = (named, named, named, placed, placed, raised, missing, bad, memory, needs)


def forged(chance: random.Random) -> bytes:
    """Return an answer that starts as every answer does: that line comes before the code runs."""
    body = passed(chance) + chance.choice(ENDS)(chance) + b".\n"
    for _ in range(chance.choice([0, 0, 1, 1, 2])):
        body = chance.choice(SPOILT)(body, chance)
    return wire.READY + body[: wire.LONGEST]


def _cut(body: bytes, chance: random.Random) -> bytes:
    return body[: chance.randrange(len(body) + 1)]


def _byte(body: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(body) + 1)
    return body[:place] + bytes([chance.randrange(256)]) + body[place + chance.randrange(2) :]


def _lines(body: bytes, chance: random.Random) -> bytes:
    lines = body.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def _twice(body: bytes, chance: random.Random) -> bytes:
    return body + chance.choice([body, b"", wire.READY]) + body


def _more(body: bytes, chance: random.Random) -> bytes:
    lines = body.splitlines(keepends=True) or [b""]
    line = chance.choice(lines)
    return body.replace(line, line * chance.choice([2, 3, 30]), 1)


def _inside(body: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(body) + 1)
    return body[:place] + chance.choice(ENDS)(chance) + body[place:]


def _header(body: bytes, chance: random.Random) -> bytes:
    return (
        chance.choice([wire.READY, b"ready\r\n", b"fault 00\n", b"\xef\xbb\xbf", b"needs numpy\n"])
        + body
    )


SPOILT = (_cut, _byte, _lines, _twice, _more, _inside, _header)


def assessed(said: bytes) -> Report:
    """Return the report on a submission whose child said this."""
    question = Question("submission", Limits(), lambda line: f"line {line}")

    def run(*_: object) -> Entries:
        heard = Heard(ENDED, said, b"", 0)
        assert fault(heard, question.limits) is None
        return entries(outcome(heard, question))

    chosen = Chosen(LAB)
    received = Received(b"code", "py", Origin("a.py"))
    report = assess(lambda: received, received.origin, Asked(lambda _: chosen, chosen, run))
    assert report is not None
    return report


@cache
def forms() -> list[tuple[str, Callable[[Report], str]]]:
    """Return every report format and every platform's answer, by name."""
    found: list[tuple[str, Callable[[Report], str]]] = []
    for module in iter_modules(grader.reports.__path__):
        render = import_module(f"grader.reports.{module.name}").render
        found.append((module.name, lambda report, render=render: render(report, Layout())))  # type: ignore[misc]
    for name in platforms():
        answer = platform(name).answer  # type: ignore[union-attr]
        found.append(
            (name, lambda report, answer=answer: "".join(answer(report, Settings()).values()))
        )  # type: ignore[misc]
    return found


NUMBER = re.compile(rb"(?:n ([0-9a-f]*)|p) d:(\S+)\n")


def worth(said: bytes) -> float | None:
    """Return what the numbers in an answer give, read in another way than the grader's."""
    rows = NUMBER.findall(said)
    names = [bytes.fromhex(key.decode()).decode() for key, _ in rows] if rows[0][0] else list(FREE)
    numbers = [float.fromhex(number.decode()) for _, number in rows]
    given = dict(zip(names, numbers, strict=True))
    given = {name: given[name] for name in FREE}
    return to_double(grade(LAB, given).score)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(seed, marks=() if seed == 0 else pytest.mark.thorough)
        for seed in range(ALL // ROUND)
    ],
)
def test_no_answer_harms(seed: int, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same answers every time
    seen: Counter[str] = Counter()
    for number in range(ROUND):
        said = forged(chance)
        start = time.process_time()
        report = assessed(said)
        name, form = forms()[number % len(forms())]
        shown = form(report)
        assert time.process_time() - start < LONGEST_TIME, said[:1000]
        seen[report.status] += 1
        assert report.status in {"graded", "invalid"}, said[:1000]
        assert hostile.is_calm(shown), (name, said[:1000])
        if report.status == "graded":
            assert to_double(report.score) == worth(said), said[:1000]  # type: ignore[arg-type]
        else:
            assert report.score == 0
            assert report.error is not None
            assert len(report.error.message) <= 600
    assert min(seen["graded"], seen["invalid"]) > ROUND // 40
    assert capsys.readouterr().err == "", "a fault of the grader was caught"


@pytest.mark.parametrize(
    "said",
    [
        b"n " + b"41" * 524_000 + b" d:0x1.0p+0\n",
        b"p d:0x1.0p+0\n" * 80_000,
        b"n 41 r:" + b"41" * 500_000 + b"\n",
        b"passed 1 1 41 41 41\n" * 50_000,
        b"at 1 41 41\n" * 90_000,
        b"raised 41 42\n" + b"at 1 41 41\n" * 90_000,
        b"ready\n" * 170_000,
        b"bad " + b"1b" * 500_000 + b"\n",
        b"n " * 500_000,
        b"\n" * 1_000_000,
        b"n 7731 d:0x1." + b"0" * 1_000_000 + b"p+0\n",
    ],
    ids=range(11),
)
def test_the_longest_answers_take_bounded_time_and_memory(said: bytes) -> None:
    answer = (wire.READY + said)[: wire.LONGEST - 2] + b".\n"
    tracemalloc.start()
    start = time.process_time()
    report = assessed(answer)
    taken = time.process_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert report.status == "invalid"
    assert taken < 5 * LONGEST_TIME
    assert peak < 64 * 2**20
    for _, form in forms():
        assert len(form(report)) < 2**20


def test_what_only_our_own_child_says_is_the_graders_fault() -> None:
    heard = Heard(ENDED, b"", b"", 0)
    limits = Limits()
    for said in (b"", b"fault 41\n", b"fault zz\n", b"fault ff\n", b"fault", b"x", b"read"):
        try:
            told = fault(heard._replace(said=said), limits)
        except (GraderError, ValueError) as error:
            raise AssertionError(said) from error
        assert told
        assert json.dumps(told)
