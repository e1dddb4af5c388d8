"""Datasets, scorers and benchmarks of the assistant."""
