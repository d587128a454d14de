"""200 MB on stdout"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import sys


def submission():
    for i in range(3200):
        sys.stdout.write("x" * 65536)
    sys.stdout.flush()
    return W
