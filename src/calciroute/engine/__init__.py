"""Equations to machine code to courses: a stiff solver for many lanes at once. It knows no model."""
