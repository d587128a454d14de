"""finds inherited files, folders or sockets (runc CVE-2024-21626 class)"""

R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import os, stat


def attempt():
    for fd in range(3, 256):
        try:
            m = os.fstat(fd).st_mode
        except OSError:
            continue
        if stat.S_ISREG(m) or stat.S_ISDIR(m) or stat.S_ISSOCK(m):
            return True
    return False


def submission():
    try:
        ok = bool(attempt())
    except BaseException:
        ok = False
    return R if ok else W
