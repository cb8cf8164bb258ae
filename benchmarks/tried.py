"""Solvers that were tried once and are no part of every run, and what came of it."""

TRIED = ("AMICI: see below",)
