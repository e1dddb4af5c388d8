"""Numbers as they stand in prose, and what they are not.

Dates, years, ordinals, article and document numbers, telephone numbers, addresses and names that contain digits
(“1+X”, H5, “十四五”) are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from assistant.language.numerals import ARABIC, CHINESE, parse
from assistant.lexicon import phrase, said
from assistant.lexicon.match import tokens_in
from assistant.lexicon.openings import guarded
from assistant.patterns import regex

__all__ = ["Mention", "mentions_in", "unread_in", "years_in"]

_ADDRESS = r"https?://[^\s，。；）)]+|www\.[\w./-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_IN_ADDRESSES = ("http", "www.", "@")
_ENUMERATOR = regex(r"(?:^|(?<=[。；;：:\n]))\s*[（(]?\d{1,2}(?:[）)、]|[.．](?!\d))")
_NUMBER = regex(
    lambda: (
        rf"(?P<before>大约|约|近|将近|超过|超|逾|突破|不足|不到|不少于|至少|达到)?\s*"
        rf"(?:(?P<arabic>(?:{ARABIC})(?:\s*(?:万亿|[万亿](?!元)))?\s*[%％]?)"
        rf"|(?P<percent>百分之{CHINESE})|(?P<chinese>{CHINESE})(?=[余多]?(?:{said('joints', 'measure_in_words')})))"
        rf"\s*(?P<after>[余多])?\s*(?P<unit>{said('joints', 'measure')})?(?P<above>以上|左右|上下(?![班级联游]))?"
    )
)
_BOUNDS = {
    "大约": "about", "约": "about", "近": "under", "将近": "under", "超过": "over", "超": "over", "逾": "over", "突破": "over",
    "不足": "under", "不到": "under", "不少于": "over", "至少": "over",
    "余": "over", "多": "over", "以上": "over", "左右": "about", "上下": "about",
}  # fmt: skip
_UNIT_SCALE = {"万元": (Decimal(10000), "元"), "亿元": (Decimal(10) ** 8, "元"), "万人": (Decimal(10000), "人")}


class Mention(NamedTuple):
    """One figure in a text: ``text[start:end]`` as written with its unit. ``bound`` is over, under, about or empty."""

    text: str
    start: int
    end: int
    value: Decimal
    step: Decimal
    unit: str = ""
    percent: bool = False
    bound: str = ""


def mentions_in(text: str) -> tuple[Mention, ...]:
    """Every figure of ``text`` in order; offsets are into ``text``."""
    named = _not_figures(any(mark in text for mark in _IN_ADDRESSES))
    covered = [found.span() for pattern in (named, _ENUMERATOR) for found in pattern.finditer(text)]
    covered += [found.span(1) for found in phrase("joints", "heading_number").finditer(text)]
    covered += [
        found.span()
        for pattern in (phrase("joints", "hard_to_read"), phrase("joints", "roughly"))
        for found in pattern.finditer(text)
    ]
    return tuple(sorted((*_mentions(text, covered), *_tenths(text)), key=lambda mention: mention.start))


def _tenths(text: str) -> Iterator[Mention]:
    """同比增长三成: a change in per cent, to the next ten; with 约, 近, 超 and 多 a bound that nothing is held against."""
    for found in phrase("joints", "tenths_of_change").finditer(text):
        numeral = parse(found["number"])
        rough = phrase("joints", "about").search(found.group()) or text.startswith(
            ("多", "余", "左", "以"), found.end()
        )
        if numeral and not found["half"]:
            start, end = found.span("tenths")
            yield Mention(
                text[start:end], start, end, numeral.value * 10, Decimal(10), "", True, "about" if rough else ""
            )


def unread_in(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of what says a number and is not read as one: tenths, rough numbers, numbers in characters for cheques,
    numbers parted by blanks."""
    read = {found.start("tenths") for found in phrase("joints", "tenths_of_change").finditer(text)}
    for pattern in (phrase("joints", "hard_to_read"), phrase("joints", "tenths"), phrase("joints", "roughly")):
        yield from (found.span() for found in pattern.finditer(text) if found.start() not in read)


@cache
def _not_figures(addresses: bool) -> re.Pattern[str]:
    """What has digits and is no figure. Addresses are looked for in the few texts that have some: to look for them at
    every place takes longer than all the rest."""
    count = rf"[\d-]+(?![\d,.-]*\s*(?:{said('joints', 'measure')}))"  # 电话3126件次 is a count
    names = "|".join((said("joints", "no_figure"), rf"(?:邮编|邮政编码|传真|电话)\s*[:：]?\s*{count}"))
    return re.compile(f"{_ADDRESS}|{names}") if addresses else guarded(names)


def _mentions(text: str, covered: list[tuple[int, int]]) -> Iterator[Mention]:
    for found in _NUMBER.finditer(text):
        written = found["arabic"] or found["percent"] or found["chinese"]
        start = found.start("arabic" if found["arabic"] else "percent" if found["percent"] else "chinese")
        if any(low < start + len(written) and start < high for low, high in covered):
            continue
        numeral = parse(written)
        if numeral is None or (found["chinese"] and numeral.value == 1 and not _counts(text, start)):
            continue  # 一件, 一次 are mostly words: 每一件, 一次性
        if not found["unit"] and not numeral.percent and re.fullmatch(r"(?:19|20)\d{2}", written):
            continue  # a year without its 年: 2019上海再出发
        scale, unit = _UNIT_SCALE.get(found["unit"] or "", (Decimal(1), found["unit"] or ""))
        bound = found["after"] or found["above"] or found["before"] or ""
        end = found.end("unit") if found["unit"] else found.end("after") if found["after"] else start + len(written)
        yield Mention(
            text[start:end], start, end, numeral.value * scale, numeral.step * scale, unit, numeral.percent,
            _BOUNDS.get(bound, ""),
        )  # fmt: skip


_LONGEST_NAME = 14  # characters of the names of figures: 经补正后申请内容仍不明确


def _counts(text: str, start: int) -> bool:
    """Whether 一件 is a count: behind words that count, as in 不予公开一件."""
    if phrase("joints", "counted_one").search(text[:start]):
        return True
    lead = text[max(0, start - _LONGEST_NAME) : start].rstrip("的为共计：: ")
    return any(token.end == len(lead) and token.kind not in ("rest", "verb") for token in tokens_in(lead))


def years_in(text: str) -> tuple[tuple[int, int], ...]:
    """(offset, year) for every year written in ``text``."""
    return tuple((found.start(), int(found[1])) for found in phrase("calendar", "named_year").finditer(text))
