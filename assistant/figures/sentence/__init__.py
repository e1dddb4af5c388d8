"""One sentence: a walk over its numbers, each read by the words around it and by what was said before."""
