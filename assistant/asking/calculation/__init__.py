"""Answers from figures, exact and cited to their cells: values, sums, shares, changes, ranks, trends; no model."""
