"""doubles a list to 2^28 entries (2 GiB)"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}


def submission():
    k = [0]
    for i in range(28):
        k += k
    return R
