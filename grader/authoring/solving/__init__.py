"""Every right answer of an exercise, exactly, or a proof that there is none."""
