"""Every word that the program knows, as data: ``data/*.toml`` holds entries, each with what it means and its examples.

``match`` finds entries in a text, the longest first. ``phrase`` finds the words of one entry anywhere, ``run_of`` a run
of those of several; ``said`` gives them as a pattern to build others of.
``docs/adding.md`` tells how a word is added, ``assistant lexicon WORD`` what a word means to the program.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.lexicon.schema import Entry, alternation, entries, entry, table
from assistant.patterns import regex

__all__ = ["Entry", "alternation", "entries", "entry", "phrase", "ranked", "run_of", "said", "table"]


@cache
def said(name: str, id: str) -> str:
    """The words of one entry as a pattern, without a group around it.

    Raises:
        KeyError: the file ``name`` has no entry ``id``.
    """
    return alternation(entry(name, id))


@cache
def phrase(name: str, id: str) -> re.Pattern[str]:
    """What finds the words of one entry.

    Raises:
        KeyError: the file ``name`` has no entry ``id``.
    """
    return regex(said(name, id))


@cache
def run_of(name: str, *ids: str) -> re.Pattern[str]:
    """What finds the words of these entries one after the other, at least once: small words, 好的谢谢.

    Raises:
        KeyError: the file ``name`` has not all of these entries.
    """
    return regex(f"(?:{'|'.join(said(name, id) for id in ids)})+")


@cache
def ranked(name: str) -> tuple[tuple[str, Entry], ...]:
    """The entries of a file that have a rank, each with its words as a pattern, the one that is taken first in
    front."""
    known = (each for each in entries(name) if each.rank)
    return tuple((alternation(each), each) for each in sorted(known, key=lambda each: -each.rank))
