"""3 GiB of anonymous shared mappings"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import mmap


def submission():
    k = []
    for i in range(24):
        m = mmap.mmap(-1, 128 << 20)
        m[::4096] = b"x" * (len(m) // 4096)
        k.append(m)
    return R
