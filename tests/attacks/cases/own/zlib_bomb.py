"""a gigabyte out of a megabyte"""
R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import zlib
def submission():
    z = zlib.compressobj(9); b = b"".join(z.compress(bytes(1 << 20)) for _ in range(1024)) + z.flush()
    return R if zlib.decompress(b) else W
