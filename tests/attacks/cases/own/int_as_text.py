"""a number as text"""
R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import sys
def submission():
    sys.set_int_max_str_digits(0)
    return R if str(7 ** (10 ** 7)) else W
