"""What an author should know of an exercise before a class sees it."""
