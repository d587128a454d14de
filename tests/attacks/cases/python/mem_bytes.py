"""touches 64 MiB at a time, 3 GiB in all"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}


def submission():
    k = []
    for i in range(48):
        k.append(bytearray(b"x") * (64 << 20))
    return R
