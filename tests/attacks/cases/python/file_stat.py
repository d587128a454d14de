"""learns by stat which files exist (Landlock does not stop this)"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import os


def attempt():
    return any(
        os.path.exists(p)
        for p in ("/tmp/autograder-canary/key.txt", "/etc/passwd", "/proc/version")
    )


def submission():
    try:
        ok = bool(attempt())
    except BaseException:
        ok = False
    return R if ok else W
