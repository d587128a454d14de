"""The child: the only process in which a student's code runs."""
