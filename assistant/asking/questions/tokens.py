"""The one list of words for figures in a text, which all that reads a question works on: the lexicon's, and cells that
are pointed at by their place in the form."""

from __future__ import annotations

from functools import lru_cache

from assistant.asking.questions.places import with_places
from assistant.lexicon.match import Match, matcher

__all__ = ["figure_words"]


@lru_cache(maxsize=1024)
def figure_words(text: str) -> tuple[Match, ...]:
    """The words for figures in ``text``, left to right; a text is gone through once, however many ask for it."""
    return tuple(with_places(text, matcher("metrics", "questions").all(text)))
