"""The commands, one file each: parse, call, write, exit status; no arithmetic."""
