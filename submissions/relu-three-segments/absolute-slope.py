def submission():
    return 1, -1, 3, -6
