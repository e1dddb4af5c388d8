"""Sound reports of places that do not exist, as many as one likes: for evals, load and a try of one's own.

``python -m evals.generate --units 100 --years 2 --seed 1 -o DIR``; the same seed writes the same files.
"""
