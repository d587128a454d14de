"""exception whose str() raises"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}


class E(Exception):
    def __str__(self):
        raise E

    __repr__ = __str__


def submission():
    raise E
