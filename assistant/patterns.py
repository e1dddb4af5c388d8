"""Regular expressions that are compiled when they are first used.

There are hundreds, most with Chinese in them, and to compile them all takes longer than to check a report. What is made
here costs a call nothing more than ``re.compile`` would: after the first use its methods are those of the compiled
pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

__all__ = ["HAN", "regex", "with_han"]

HAN = r"[^\W\dA-z]"
r"""What ``\p{Han}`` is to ``re``, which does not know scripts: letters that are not of ASCII, and no figures. A range
of code points would say it plainer, but takes a millisecond to compile at each place where it stands."""

_NO_HAN = r"[\W\dA-z]"

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern")


class _Pattern:
    __slots__ = (*_METHODS, "_made_of")

    def __init__(self, words: str | Callable[[], str], flags: int) -> None:
        self._made_of = (words, flags)

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet, which is everything until the first use."""
        words, flags = self._made_of
        compiled = re.compile(with_han(words if isinstance(words, str) else words()), flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def with_han(pattern: str) -> str:
    r"""A pattern in which ``\p{Han}`` and ``\P{Han}`` are written as ``re`` knows them: alone, not in a set."""
    return pattern.replace(r"\p{Han}", HAN).replace(r"\P{Han}", _NO_HAN)


def regex(words: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    r"""What ``re.compile(words, flags)`` would be if it knew ``\p{Han}``; ``words`` may be a function where to put them
    together takes long.

    It is no ``re.Pattern`` to ``isinstance``, and a mistake in ``words`` shows at the first use: a test uses them all.
    """
    return cast("re.Pattern[str]", _Pattern(words, flags))
