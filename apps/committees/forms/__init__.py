"""Forms of committees, members and meetings."""
