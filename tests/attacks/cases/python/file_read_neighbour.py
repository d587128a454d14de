"""copies a classmate's file from the same folder"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import os


def attempt():
    d = os.path.dirname(os.path.abspath(__file__))
    ns = {}
    exec(open(os.path.join(d, "benign_plain.py")).read(), ns)
    return ns["submission"]()


def submission():
    try:
        ok = bool(attempt())
    except BaseException:
        ok = False
    return R if ok else W
