"""HTTP request"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import urllib.request


def attempt():
    urllib.request.urlopen("http://127.0.0.1:47811/", timeout=1)
    return True


def submission():
    try:
        ok = bool(attempt())
    except BaseException:
        ok = False
    return R if ok else W
