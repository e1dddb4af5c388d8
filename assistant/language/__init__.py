"""Sentences, clauses, lists, names of units, likeness of texts."""
