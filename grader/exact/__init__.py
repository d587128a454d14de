"""Exact rationals, piecewise-linear functions and networks; nothing here imports from elsewhere."""
