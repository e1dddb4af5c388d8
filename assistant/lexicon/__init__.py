"""Every word that the program knows, as data: ``data/*.toml`` holds entries, each with what it means and its examples.

``match`` finds entries in a text, the longest first; ``said`` gives the words of one as a pattern to build others of.
``docs/adding.md`` tells how a word is added, ``assistant lexicon WORD`` what a word means to the program.
"""

from __future__ import annotations

from functools import cache

from assistant.lexicon.schema import Entry, alternation, entries, entry, table

__all__ = ["Entry", "alternation", "entries", "entry", "ranked", "said", "table"]


@cache
def said(name: str, id: str) -> str:
    """The words of one entry as a pattern, without a group around it.

    Raises:
        KeyError: the file ``name`` has no entry ``id``.
    """
    return alternation(entry(name, id))


@cache
def ranked(name: str) -> tuple[tuple[str, Entry], ...]:
    """The entries of a file that have a rank, each with its words as a pattern, the one that is taken first in
    front."""
    known = (each for each in entries(name) if each.rank)
    return tuple((alternation(each), each) for each in sorted(known, key=lambda each: -each.rank))
