"""benign: random numbers"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import random
import numpy as np


def submission():
    random.seed(1)
    np.random.seed(1)
    np.random.default_rng(2).normal()
    random.random()
    return R
