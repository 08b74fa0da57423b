"""Figures of public purchasing, in won."""
