"""The records of a collection: ids that stay apart, entries that can be sent elsewhere."""

import pickle

from grader.cohort.manifest import LONGEST_PATH, HandIn, Whereabouts, whole
from grader.text.inert import inert


def test_long_ids_that_differ_at_the_end_stay_two() -> None:
    long = "\U000e0001" * (LONGEST_PATH - 1)
    assert whole(long + "a") != whole(long + "b")
    assert whole("ada\r") == r"ada\r"


def test_an_entry_can_be_sent_to_another_process() -> None:
    place = Whereabouts(("ada/x.json",), "x.json")
    entry = HandIn(whole("7"), inert("Ada"), 1, "", late=False, source=whole("x"), place=place)
    assert pickle.loads(pickle.dumps(entry)) == entry  # noqa: S301 - our own
