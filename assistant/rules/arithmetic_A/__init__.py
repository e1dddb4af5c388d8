"""A: 叙述内部算术, the figures of the prose against each other."""
