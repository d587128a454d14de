"""benign: 0.4 s of computing"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import time


def submission():
    t = time.perf_counter()
    while time.perf_counter() - t < 0.4:
        pass
    return R
