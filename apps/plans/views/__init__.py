"""Screens of the yearly plan."""
