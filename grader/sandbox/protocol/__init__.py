"""What both sides of the wall must agree on: packets, answers, limits, modules."""
