"""Words beside a number that neither name its figure nor are known to change nothing: 省政府规章64件, 结转件中因会商的9件."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assistant.figures.claims import Claim
from assistant.language.sentences import without_brackets
from assistant.lexicon import entry, phrase
from assistant.lexicon.match import tokens_in
from assistant.patterns import regex

__all__ = ["unknown_words"]

_STOP = regex("[，,；;。：:、（(）)]")
_SHORTEST_NAME = 2
_TELLING = frozenset("省市县区州旗镇乡村厅局委办定")  # 省|规章, 定|为不予公开
_SMALL_WORDS = ("grammar", "papers", "filler", "before_verb", "before_object", "manner")


@cache
def _known() -> re.Pattern[str]:
    """A run of words that change nothing, the longest first."""
    grammar = entry("joints", "grammar")
    words = {word for id in _SMALL_WORDS for word in entry("joints", id).words}
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join((*grammar.pattern, *map(re.escape, longest_first))))


def unknown_words(claim: Claim, told: Sequence[Claim], unit: str) -> list[str]:
    """The words of a number's clause that neither name its figure nor are known to change nothing. Where no stop parts it
    from the number before (由9件降为3件), that one's clause is its own, too. Behind a number that nothing names in front, what
    stands there is as much its name. ``told`` are the claims of its sentence, ``unit`` is whose report it is."""
    text = claim.spot.paragraph.text
    begin = max(text.rfind(mark, 0, claim.mention.start) for mark in "。；;\n") + 1
    lead = without_brackets(text[begin : claim.mention.start])
    pieces = [piece for piece in _STOP.split(lead)[-2:] if piece]
    own = pieces[-1] if pieces else ""
    words = list(_left_over(own, unit))
    if not tokens_in(own):
        after = min((one.mention.start for one in told if one.mention.start >= claim.mention.end), default=len(text))
        tail = _STOP.split(text[claim.mention.end : after], maxsplit=1)[0]
        named = next(iter(tokens_in(tail)), None)
        words += _left_over(tail[: named.start] if named else tail, unit)
    return words


def _left_over(words: str, unit: str) -> Iterator[str]:
    # 宗教活动场所登记等行政许可, 邮寄、现场等方式收到的: some examples of all
    words = phrase("joints", "manner_of_all").sub("", words.rpartition("等")[2])
    place = 0
    for start, end, kind in (
        *((token.start, token.end, token.kind) for token in tokens_in(words)),
        (len(words), 0, ""),
    ):
        between = words[place:start]
        told = phrase("joints", "reason").sub("", between) if kind in ("outcome", "leaf") else between
        left = _known().sub("，", told)
        for found in phrase("joints", "word").finditer(left):
            word = found.group()
            # 新发|生: one character is the end of a word that begins with a name or a small word, or small itself
            known = word not in _TELLING if len(word) < _SHORTEST_NAME else _is_short_for(word, unit)
            if not known:
                yield word
        place = end


def _is_short_for(name: str, unit: str) -> bool:
    """市城管局 in the report of 某市城市管理局: whose report it is tells nothing new."""
    rest = iter(unit)
    return all(character in rest for character in name)
