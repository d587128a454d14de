"""opens a listening port"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import socket


def attempt():
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    s.listen()
    return s.getsockname()[1] > 0


def submission():
    try:
        ok = bool(attempt())
    except BaseException:
        ok = False
    return R if ok else W
