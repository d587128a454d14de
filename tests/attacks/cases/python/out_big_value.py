"""a 50 MB value"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}


def submission():
    return {**R, "w1": "1" * (50 << 20)}
