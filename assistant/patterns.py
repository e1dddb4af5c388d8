"""Regular expressions that are compiled when a text may first hold what they find.

There are hundreds, most with Chinese in them: to compile them all takes longer than to check a report, and most find
nothing in it. One is read for the strings that stand in whatever it finds; while a text has none of them, the answer is
known without it. Once compiled, its methods are those of the compiled pattern: a call costs what it does with
``re.compile``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

__all__ = ["HAN", "PART", "needed_by", "regex", "with_han"]

HAN = r"[^\W\dA-z]"
r"""What ``\p{Han}`` is to ``re``, which does not know scripts: letters that are not of ASCII, and no figures. A range
of code points would say it plainer, but takes a millisecond to compile at each place where it stands."""

_NO_HAN = r"[\W\dA-z]"

_NOTHING: dict[str, Callable[[str], Any]] = {
    "search": lambda _: None,
    "match": lambda _: None,
    "fullmatch": lambda _: None,
    "finditer": lambda _: iter(()),
    "findall": lambda _: [],
    "split": lambda text: [text],
    "sub": lambda text: text,
    "subn": lambda text: (text, 0),
}
"""What each method answers where there is nothing to find."""

_METHODS = (*_NOTHING, "pattern")
_LOOKS = 64  # cost about what it does to compile: so much is lost at most where a text holds all in the end

_Choice = list[list["str | _Choice"]]
"""Alternatives, each of strings, and of choices of its own, that all stand in what it finds."""

_PLAIN = r"[^\\()\[{|?*+.^$]"
_SET = r"\[\^?\]?(?:\\.|[^\]\\])*\]"
_OPEN = r"\((?:\?:|\?P<\w+>)?(?!\?)"
_MAYBE = r"(?:[*?]|\{0?,\d*\}|\{0\})[?+]?"
PART = re.compile(
    rf"(?P<spare>{_PLAIN}|\\[^\dxuUN]|\.|{_SET}|{_OPEN}[^()\[\\]*\)){_MAYBE}|\(\?<?!(?:[^()\[\\]|\[[^\]\\]*\])*\)"
    rf"|(?P<plain>{_PLAIN}+(?!{_MAYBE}))|\\(?P<escaped>\W)|\[(?P<set>[^\]\\^-][^\]\\-]*)\]"
    rf"|(?P<open>{_OPEN})|(?P<look>\(\?<?=)|(?P<unless>\(\?<?!)|(?P<other>\|)|(?P<maybe>\){_MAYBE})|(?P<close>\))"
    rf"|\[(?P<not>\^)?(?P<members>\]?(?:\\.|[^\]\\])*)\]|(?P<class>\\[bBdDsSwWAZnrt])|(?P<any>\.)"
    rf"|[\^$]|(?:\+|\{{[1-9]\d*(?:,\d*)?\}})[?+]?|(?P<unknown>.)",
    re.DOTALL,
)
"""What patterns are written in: runs of characters, sets, groups, choices, looks ahead and behind. ``spare`` need not
be there; how often others are repeated, and at which end of a line they stand, has no name."""


class _Pattern:
    __slots__ = (*_METHODS, "_made_of")

    def __init__(self, words: str | Callable[[], str], flags: int) -> None:
        self._made_of = (words, flags)

    def __getattr__(self, name: str) -> Any:
        """Called for what is not there yet, which is everything until the first use."""
        needed = self._needed() if name in _NOTHING else None
        if not needed:
            return getattr(self._compiled(), name)
        looks = _LOOKS

        def answer(*given: Any, **named: Any) -> Any:
            nonlocal looks
            if getattr(self, name) is answer:  # who kept the method calls this when another is there, too
                text = named["string"] if "string" in named else given[name in ("sub", "subn")]
                if looks and not _may_stand_in(text, needed):
                    looks -= 1
                    return _NOTHING[name](text)
                self._compiled()
            return getattr(self, name)(*given, **named)

        setattr(self, name, answer)
        return answer

    def _needed(self) -> _Choice | None:
        words, flags = self._made_of
        return None if flags & ~(re.MULTILINE | re.DOTALL) else needed_by(_written(words))

    def _compiled(self) -> re.Pattern[str]:
        words, flags = self._made_of
        compiled = re.compile(_written(words), flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return compiled


def _written(words: str | Callable[[], str]) -> str:
    return with_han(words if isinstance(words, str) else words())


def needed_by(pattern: str) -> _Choice | None:
    """What stands in every text in which ``pattern`` finds something, as alternatives.

    ``None`` where that may be anything, or ``pattern`` has more than is read here: flags, conditions, back references.
    """
    try:
        return _choice(PART.finditer(pattern))[0]
    except ValueError:
        return None


def _choice(parts: Iterator[re.Match[str]]) -> tuple[_Choice | None, str | None]:
    """What a group needs, and what closed it.

    Raises:
        ValueError: it has what is not read here.
    """
    choice: _Choice = [[]]
    kind = None
    for part in parts:
        kind = part.lastgroup
        if kind == "plain" or kind == "escaped":
            choice[-1].append(part[kind])
        elif kind == "set":
            choice[-1].append([[character] for character in part["set"]])
        elif kind == "open" or kind == "look" or kind == "unless":
            inner, closed = _choice(parts)
            if inner and closed == "close" and kind != "unless":
                choice[-1].append(inner)
        elif kind == "other":
            choice.append([])
        elif kind == "maybe" or kind == "close":
            break
        elif kind == "unknown":
            raise ValueError(part.string)
    return (choice if all(choice) else None), kind


def _may_stand_in(text: str, choice: _Choice) -> bool:
    """Whether all strings of an alternative are in ``text``. In loops: ``any`` and ``all`` take three times as long."""
    for needed in choice:
        for each in needed:
            if not (each in text if isinstance(each, str) else _may_stand_in(text, each)):
                break
        else:
            return True
    return False


def with_han(pattern: str) -> str:
    r"""A pattern in which ``\p{Han}`` and ``\P{Han}`` are written as ``re`` knows them: alone, not in a set."""
    return pattern.replace(r"\p{Han}", HAN).replace(r"\P{Han}", _NO_HAN)


def regex(words: str | Callable[[], str], flags: int = 0) -> re.Pattern[str]:
    r"""What ``re.compile(words, flags)`` would be if it knew ``\p{Han}``; ``words`` may be a function where to put them
    together takes long.

    It is no ``re.Pattern`` to ``isinstance``, and a mistake in ``words`` shows at the first use: a test uses them all.
    """
    return cast("re.Pattern[str]", _Pattern(words, flags))
