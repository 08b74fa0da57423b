"""Screens of committees, their members and their meetings."""
