"""Who is simulated: person files, medicines by name, and the example files."""
