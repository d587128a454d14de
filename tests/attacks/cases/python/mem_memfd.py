"""512 MiB in memfds: not counted by RLIMIT_AS"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import os


def attempt():
    n = 0
    for i in range(8):
        fd = os.memfd_create("x%d" % i)
        for _ in range(8):
            n += os.write(fd, b"x" * (8 << 20))
    return n >= 512 << 20


def submission():
    try:
        ok = bool(attempt())
    except BaseException:
        ok = False
    return R if ok else W
