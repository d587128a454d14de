"""Kinds of submission, one file each, named by the ending of the submission's file name.

Each has `read(data, run)`, bytes to the keys and values of a submission; it raises SubmissionError.
A kind that is code hands it to `run`, which is somebody else's business; data ignores it.
"""
