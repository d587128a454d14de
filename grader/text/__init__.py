"""Text made safe to show, and the tables of names that every file format shares."""
