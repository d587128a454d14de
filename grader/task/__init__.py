"""The whole task as a student meets it, before trying: one page for every place."""
