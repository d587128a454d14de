"""New exercises and their sample submissions."""
