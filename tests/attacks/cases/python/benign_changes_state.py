"""benign: dirties the interpreter's global state; nothing may leak to the next submission"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import os, sys, random, decimal, warnings
import numpy as np


def submission():
    os.environ["X"] = "1"
    os.environ.pop("PATH", None)
    sys.setrecursionlimit(60)
    decimal.getcontext().prec = 1
    np.seterr(all="ignore")
    warnings.simplefilter("error")
    random.seed(0)
    sys.path[:] = []
    os.umask(0)
    return R
