"""timers and handlers"""
R = {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
W = {"w1": 0, "b1": 0, "w2": 0, "b2": 0}
import signal
def submission():
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    while True: pass
