"""Papers of committees and their meetings."""
