"""50000 chained exceptions: recursive traceback printing"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}


def submission():
    e = None
    for i in range(50000):
        n = ValueError(i)
        n.__context__ = e
        e = n
    raise e
