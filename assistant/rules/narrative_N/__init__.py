"""N: 叙述与表, the prose against the tables."""
