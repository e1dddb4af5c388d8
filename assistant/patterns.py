"""Regular expressions that are compiled when they are first used.

There are hundreds, most with Chinese in them, and to compile them all takes longer than to check a report. What is made
here costs a call nothing more than ``re.compile`` would: after the first use its methods are those of the compiled
pattern.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

__all__ = ["regex"]

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "pattern")


class _Pattern:
    __slots__ = (*_METHODS, "_made_of")

    def __init__(self, words: str | Callable[[], str], flags: int) -> None:
        self._made_of = (words, flags)

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet, which is everything until the first use."""
        words, flags = self._made_of
        compiled = re.compile(words if isinstance(words, str) else words(), flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(words: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile(words, flags)`` would be; ``words`` may be a function where to put them together takes long.

    It is no ``re.Pattern`` to ``isinstance``, and a mistake in ``words`` shows at the first use: a test uses them all.
    """
    return cast("re.Pattern[str]", _Pattern(words, flags))
