"""replaces every hook for errors, then raises"""
R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
import sys, threading
def hook(*_):
    raise SystemExit
def submission():
    sys.excepthook = sys.unraisablehook = sys.displayhook = sys.breakpointhook = hook
    threading.excepthook = hook
    sys.__excepthook__ = hook
    raise ValueError("wrong")
