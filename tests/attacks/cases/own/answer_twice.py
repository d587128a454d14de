"""forges a whole right answer on the answer pipe, then returns a wrong one"""
R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import os
def submission():
    lines = [b"n %s d:%s" % (k.encode().hex().encode(), float(v).hex().encode()) for k, v in R.items()]
    os.write(3, b"\n".join(lines) + b"\n.\n")
    return W
