"""What both sides of the wall have to agree on: packets, answers, limits, modules."""
