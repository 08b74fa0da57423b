"""Screens of the registry: every role reads, officials write."""
