"""The frozen Exercise: what a target, a network and the rules of marking amount to."""
