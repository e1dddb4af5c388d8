"""Faults put into reports, to see whether ``check`` finds them: in cells, in numbers of the prose, in the text."""
