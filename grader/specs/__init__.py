"""Exercise specs: YAML text to an Exercise, and the schemas of every file format."""
