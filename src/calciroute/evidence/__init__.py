"""What was published: trial rows and the trials nearest to a dose. Never imports the simulator."""
