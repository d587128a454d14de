"""AF_VSOCK is not namespaced (isolate 2.4)"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import socket


def attempt():
    return socket.socket(40, socket.SOCK_STREAM).fileno() >= 0


def submission():
    try:
        ok = bool(attempt())
    except BaseException:
        ok = False
    return R if ok else W
