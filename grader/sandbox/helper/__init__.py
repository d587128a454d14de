"""The helper: a clean process that shuts itself in and forks one child for each run."""
