def submision():
    return {"w1": 1, "b1": -1, "w2": 2, "b2": -4}
