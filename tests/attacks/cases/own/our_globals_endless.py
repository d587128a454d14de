"""has a function of ours wait for ever"""
R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
import sys, time
def submission():
    frame = sys._getframe(1)
    while frame:
        for name in list(frame.f_globals):
            if callable(frame.f_globals[name]):
                frame.f_globals[name] = lambda *_, **__: time.sleep(99)
        frame = frame.f_back
    return R
