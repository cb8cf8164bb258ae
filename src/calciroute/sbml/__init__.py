"""From model text to SBML and back out: build, merge, check, annotate, export."""
