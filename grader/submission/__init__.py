"""The frozen Submission, its one reader of parameters, and the kinds of file that it comes in."""
