"""Words written with other characters of the same sound, as an input method puts them: 形政处罚, 洪择区.

No list of slips: what is no word of the dictionary, sounds as a known word and shares a character with it is that word.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

__all__ = ["Misheard", "misheard"]

_SHORTEST, _SURE = 2, 4  # characters of a word; of one that is found wherever it stands
_COMMON = 2  # readings of a character: the others are rare (告 in 忠告 is no ju)


class Misheard(NamedTuple):
    """``text[start:end]`` sounds as ``right``."""

    start: int
    end: int
    right: str


def misheard(text: str, known: Collection[str], doubtful: Collection[str]) -> Iterator[Misheard]:
    """Where ``text`` has one of the ``known`` words in other characters, the longest first, without overlaps. Words of
    less than four characters are only looked for where a ``doubtful`` one stands: by chance many sound alike."""
    import rjieba

    heard = _by_sound(frozenset(known))
    longest = max(map(len, known), default=0)
    doubts = [(at, at + len(word)) for word in doubtful if word and (at := text.find(word)) >= 0]
    taken: list[tuple[int, int]] = []
    for length in range(min(longest, len(text)), _SHORTEST - 1, -1):
        for start in range(len(text) - length + 1):
            end = start + length
            written = text[start:end]
            if any(start < till and since < end for since, till in taken) or written in known:
                continue
            if length < _SURE and not any(start < till and since < end for since, till in doubts):
                continue
            right = heard.get(tuple(_sounds(character)[0] for character in written), "")
            shared = sum(one == other for one, other in zip(written, right, strict=False))
            a_word = rjieba.has_word(written) or (length > _SHORTEST and rjieba.has_word(written[:-1]))  # 清原区
            if right and 2 * shared >= length and not a_word:
                taken.append((start, end))
                yield Misheard(start, end, right)


@lru_cache(maxsize=4)
def _by_sound(known: frozenset[str]) -> dict[tuple[str, ...], str]:
    heard: dict[tuple[str, ...], str] = {}
    for word in sorted(known):
        for sounds in product(*(_sounds(character)[:_COMMON] for character in word)):
            heard.setdefault(sounds, word)
    return heard


@cache
def _sounds(character: str) -> tuple[str, ...]:
    """The syllables of a character without their tones, the commonest first; another sign is its own sound."""
    from pypinyin import Style, pinyin  # takes a tenth of a second, and few questions are written wrongly

    return tuple(pinyin(character, style=Style.NORMAL, heteronym=True, errors="default")[0])
