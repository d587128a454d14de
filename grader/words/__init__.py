"""Numbers, checks, mistakes and shapes in plain English: what makes sentences for students."""
