"""The words that the program knows."""
