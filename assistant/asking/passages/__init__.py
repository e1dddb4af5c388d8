"""Answers from passages: found, then written by a model under checks or quoted word for word."""
