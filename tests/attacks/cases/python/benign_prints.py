"""benign: prints on stdout and stderr"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import sys

print("hello")


def submission():
    for i in range(200):
        print("step", i, i * 0.5)
    print("warn", file=sys.stderr)
    return R
