"""Courses: many exercises at once, from course.yaml to one gradebook with a weighted total."""
