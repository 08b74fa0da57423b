"""Rows from outside: pasted, in a file or from a shell, on their way to being purchases."""
