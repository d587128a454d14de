"""exception type whose __name__ raises SystemExit"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}


class M(type):
    @property
    def __name__(self):
        raise SystemExit(0)


class E(Exception, metaclass=M):
    pass


def submission():
    raise E
