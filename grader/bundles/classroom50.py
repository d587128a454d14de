"""A folder with an autograder.py to put into the classroom's repository, one per assignment.

Source: foundation50/classroom50, wiki/Advanced-Autograding.md and
cli/gh-teacher/embed/autograder.py, commit 17f28b5, read in November 2026: autograder.py runs in the
student's checkout, what lies beside it comes along.
"""

from grader.bundles import Bundle, Parts, below, core

NEXT = "copy it into the classroom's folder and name the inner folder after the assignment"


def bundle(parts: Parts) -> Bundle:
    """Return the files below the classroom's folder; rename the inner one to the assignment."""
    return below(f"autograders/{parts.exercise.id}", core(parts, "classroom50", "autograder.py"))
