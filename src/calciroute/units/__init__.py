"""Unit words and their factors: the only numbers that live in Python."""
