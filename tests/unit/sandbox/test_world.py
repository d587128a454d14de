"""Luck, clock and place are the same in every run, whichever helper it has."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from grader.sandbox.grader_side.sandbox import Sandbox

ASKED = {
    "random": "import random; print(random.random(), random.Random().random())",
    "seed again": "import random; random.seed(); print(random.random())",
    "system": "import random; print(random.SystemRandom().random())",
    "urandom": "import os; print(os.urandom(8).hex(), os.urandom(8).hex())",
    "getrandom": "import os; print(os.getrandom(8).hex(), os.getrandom(4, os.GRND_NONBLOCK))",
    "secrets": "import secrets; print(secrets.token_hex(), secrets.randbelow(1000))",
    "numpy": "import numpy; print(numpy.random.rand(), numpy.random.randn(2))",
    "default_rng": "import numpy as np; print(np.random.default_rng().random(2))",
    "RandomState": "import numpy as np; print(np.random.RandomState().rand())",
    "numpy's seed": "import numpy as np; np.random.seed(); print(np.random.rand())",
    "shuffled": "import random; x = list(range(9)); random.shuffle(x); print(x, {*'abcdef'})",
    "the second": "import time; print(int(time.time()), int(time.monotonic()))",
    "the date": "import time; print(time.ctime(), time.localtime().tm_sec, time.strftime('%c'))",
    "datetime": "import datetime as d; print(d.datetime.now().replace(microsecond=0), d.date.today())",
    "random's own": "import random; print(random.Random().random(), random.Random().getrandbits(64))",
    "choices": "import random; print(random.choices(range(99), k=5), random.randbytes(4))",
    "SystemRandom": "import random; print(random.SystemRandom().randint(1, 10**9))",
    "secrets' choice": "import secrets; print(secrets.choice(range(10**6)), secrets.token_bytes(8))",
    "bit generators": "import numpy as np; print(np.random.PCG64().random_raw(), np.random.MT19937().random_raw())",
    "SeedSequence": "import numpy as np; print(np.random.SeedSequence().entropy)",
    "Generator": "import numpy as np; print(np.random.Generator(np.random.Philox()).random())",
    "hashes": "print(hash('text'), hash(b'bytes'), hash(('a', 1)), hash(1.5))",
    "a set's order": "print({*'the quick brown fox'}, {b'x', b'y', 'z', 1.5, (1, 'a')})",
    "frozensets": "print(frozenset(map(str, range(30))), {str(n): n for n in range(5)}.keys() & {'1', '2'})",
    "time_ns": "import time; print(time.time_ns() // 10**9, time.monotonic_ns() // 10**9)",
    "clocks by number": "import time; print(int(time.clock_gettime(time.CLOCK_REALTIME)), "
    "int(time.clock_gettime(time.CLOCK_MONOTONIC)), time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 10**9)",
    "timeit's timer": "import timeit; print(int(timeit.default_timer()), int(timeit.Timer().timer()))",
    "times": "import os; print(int(os.times().elapsed))",
    "utcnow": "import datetime as d; print(d.datetime.now(d.UTC).replace(microsecond=0), d.datetime.today().hour)",
    "NumPy's now": "import numpy as np; print(np.datetime64('now'), np.datetime64('today', 'h'))",
    "load": "import os; print(os.getloadavg(), os.sched_getaffinity(0))",
    "processor time": "import time; print(time.process_time() < 5)",
    "place": "import os; print(os.getcwd(), os.path.abspath(__file__), os.getpid(), os.getuid())",
}
DATES = """
import copy, datetime, pickle, time
from datetime import date, datetime as moment, timedelta
now = moment.now()
assert isinstance(now, moment) and isinstance(now, date) and issubclass(moment, date)
assert isinstance(moment(2024, 1, 2).date(), date) and isinstance(date.today(), date)
assert type(now - timedelta(1)) is type(now) and now == copy.deepcopy(now)
assert pickle.loads(pickle.dumps(now)) == now
assert repr(moment(2024, 1, 2)) == "datetime.datetime(2024, 1, 2, 0, 0)"
assert repr(date(2024, 1, 2)) == "datetime.date(2024, 1, 2)"
assert moment.strptime("2024-01-02", "%Y-%m-%d") == moment(2024, 1, 2)
assert moment.fromisoformat("2024-01-02").isoformat() == "2024-01-02T00:00:00"
assert moment.now(datetime.UTC).tzinfo is datetime.UTC
first = time.perf_counter()
time.sleep(0.01)
assert 0.005 < time.perf_counter() - first < 5 and time.time() > 1.6e9
class Own(moment):
    pass
assert isinstance(Own(2024, 1, 1), moment) and not isinstance(now, Own)
"""
NUMPY_DATES = """
import datetime, pickle
import numpy as np
now = np.datetime64("now")
assert isinstance(now, np.datetime64) and isinstance(now, np.generic)
assert not isinstance(1, np.datetime64) and not issubclass(int, np.datetime64)
assert str(now)[:15] == "2023-11-14T22:1" and now.dtype == "M8[s]"
assert str(np.datetime64("today")) == "2023-11-14" and str(np.datetime64("Now", "h")) == "2023-11-14T22"
assert np.datetime64("2024-01") + 1 == np.datetime64("2024-02") and np.isnat(np.datetime64("NaT"))
assert np.datetime64(datetime.date(2024, 1, 2)) == np.datetime64("2024-01-02")
assert pickle.loads(pickle.dumps(now)) == now
assert np.arange("2024-01", "2024-03", dtype=np.datetime64).size == 2
assert np.issubdtype(np.dtype("M8[s]"), np.datetime64) and np.dtype(np.datetime64).kind == "M"
class Own(np.datetime64):
    pass
assert Own("today") == np.datetime64("today") and not isinstance(now, Own)
"""
ANSWER = "\ndef submission():\n    return [1]\n"


@pytest.fixture(scope="module")
def sandboxes() -> Iterator[list[Sandbox]]:
    with ExitStack() as opened:
        yield [opened.enter_context(Sandbox()) for _ in range(2)]


@pytest.mark.parametrize("name", ASKED)
def test_every_run_sees_the_same(name: str, sandboxes: list[Sandbox]) -> None:
    code = (ASKED[name] + ANSWER).encode()
    seen = [sandbox.run(code) for sandbox in sandboxes for _ in range(2)]
    assert seen[0].status == "returned"
    assert len({outcome.output for outcome in seen}) == 1


def test_the_moment_at_which_every_run_starts() -> None:
    asked = "import time, datetime as d\nprint(int(time.clock_gettime(0)), int(time.time()), "
    asked += "d.datetime.now(d.UTC).year, d.date.today().year, time.gmtime().tm_year)"
    with Sandbox() as sandbox:
        said = sandbox.run((asked + ANSWER).encode()).output
    assert said == "1700000000 1700000000 2023 2023 2023"


def test_what_is_not_seeded_differs_within_a_run() -> None:
    code = "import random, os\nprint(random.Random().random() != random.Random().random(), "
    code += "os.urandom(4) != os.urandom(4))"
    with Sandbox() as sandbox:
        assert sandbox.run((code + ANSWER).encode()).output == "True True"


@pytest.mark.parametrize("dates", [DATES, NUMPY_DATES])
def test_dates_are_dates_as_ever(dates: str) -> None:
    with Sandbox() as sandbox:
        outcome = sandbox.run((dates + ANSWER).encode())
    assert (outcome.status, outcome.message) == ("returned", "")
