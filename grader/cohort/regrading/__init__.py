"""What another version of the exercise would change: who rises, who falls, by which check.

Theory of operation. A graded row is made of the numbers that were handed in, the exercise and the
options. The journal has the numbers, so under an exercise with the same units and the same id they
are graded again without the hand-ins, and every row is the one that grading the hand-ins would
give. What could not be read as a submission is not touched: why it could not does not depend on
target, marking or tolerance. Where the units are others, the hand-ins are needed: they are graded
into a folder of their own, and the two runs are compared row by row.
"""
