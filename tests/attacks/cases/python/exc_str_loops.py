"""exception whose str() never ends"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}


class E(Exception):
    def __str__(self):
        while True:
            pass


def submission():
    raise E
