"""may signal other processes (signal 0 to -1)"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import os


def attempt():
    if os.getpid() == 1:
        return False
    os.kill(-1, 0)
    return True


def submission():
    try:
        ok = bool(attempt())
    except BaseException:
        ok = False
    return R if ok else W
