"""T: 三张表, the tables by themselves."""
