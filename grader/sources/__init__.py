"""Kinds of submission, one file each, named by the ending of the submission's file name.

Each has `read(data)`, bytes to the keys and values of a submission; it raises SubmissionError.
"""
