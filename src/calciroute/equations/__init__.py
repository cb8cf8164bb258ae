"""A system of equations as plain data: what a reader of models writes and a solver reads."""
