"""Where an equation, a number, a food, a study or a medicine lives: read off the texts and tables."""
