"""What an author needs before a class sees an exercise: solve, lint, new, preview."""
