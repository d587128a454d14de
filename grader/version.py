"""The version of the grader, which every report names."""

VERSION = "0.1.0"
