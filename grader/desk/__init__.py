"""Where a command's files are found, read and written; nothing below it touches a file."""
