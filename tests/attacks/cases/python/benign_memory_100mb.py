"""benign: 100 MB of memory"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}


def submission():
    b = bytearray(100 << 20)
    b[::4096] = b"x" * len(b[::4096])
    return R
