"""How long things take, as ratios within one run: machines are noisy."""
