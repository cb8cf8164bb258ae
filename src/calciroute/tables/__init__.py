"""Reading and checking the tables that ship as text."""
