"""A whole class at once: from what a course platform lets a teacher download to a row for each."""
