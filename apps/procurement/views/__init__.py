"""Screens of public purchasing."""
