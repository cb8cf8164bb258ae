"""The assembled body: which texts make it, its outputs, its start state, and the one call that solves it."""
