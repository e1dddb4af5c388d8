"""The numbers of a sentence, each bound to a number of its sources: of the same unit and year, of the same thing.

Sentence and sources are read by the reader of reports (``figures``); what it knows no metric for is bound by the words
around it. A year, a day, a term in Chinese numerals is a number as any other; what marks the items of a list is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import pairwise

from assistant.asking.passages.assertions import Source
from assistant.asking.passages.forces import is_named_apart
from assistant.figures.claim_reader import claims_in
from assistant.figures.claims import Claim
from assistant.figures.mentions import mentions_in, years_in
from assistant.language.numerals import ARABIC, CHINESE, parse
from assistant.language.sentences import without_brackets
from assistant.language.unit_names import short_names
from assistant.lexicon import entry, phrase, said
from assistant.patterns import regex
from assistant.text import enumerator

__all__ = ["names_in", "unbound"]

_DAY = regex(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]")
_TERM = regex(rf"(?<![第（(])({CHINESE}|{ARABIC})\s*(个?工作日|个?月(?!\d)|周|小时|[日天年])")
_CLAUSE = regex(r"[，,；;：:。！？!?\n（）()]")
_WORD = regex(r"\p{Han}{2,}")
_SIGNS = "〇零一二两三四五六七八九十百千万亿"
# 三方面, 七种, 第七期: what a model counts itself. 一是, 二是 only tell points apart, 两者 are what was spoken of;
# articles and their parts (第二款) are looked up where they stand.
_COUNTED = regex(rf"(?:(?<![（({_SIGNS}第])|(?<=第)(?!{CHINESE}[条款项]))({CHINESE})(?![是者{_SIGNS}])(.?)")
_ROUND = "一十百千万亿零〇"  # alone they are words as often as numbers: 一致, 万一, 14万
_POINTS = "种类项方点个条情步级次"  # of things that a text may count by naming them
_MARKS = regex(
    r"第?[（(][一二三四五六七八九十\d]+[）)]项?|第[一二三四五六七八九十]+(?=[，、：])|[一二三四五六七八九十]是|(?m:^\s*\d{1,2}[.．、])"
)
_BEHIND, _NEAR = 12, 16


@dataclass(frozen=True, slots=True)
class _Number:
    """A number where it stands: what it is, the year it is of where that is told, and how the reader of reports takes
    it. ``around`` is its clause and the words up to the next number."""

    text: str
    start: int
    value: tuple[Decimal, ...]
    unit: str
    year: int | None
    claim: Claim | None
    before: str
    behind: str


def unbound(sentence: str, sources: Sequence[Source], units: Sequence[str] = ()) -> Iterator[str]:
    """What is wrong with the numbers, years and units of a sentence, for the model; nothing when each is bound.

    ``units`` are those of the library: their names are known wherever they stand.
    """
    yield from _foreign_units(sentence, sources, units)
    yield from _foreign_years(sentence, sources)
    yield from _counted(sentence, sources)
    held = {source: _numbers(source.text, source.year) for source in sources}
    own = next((source.year for source in sources if source.year), None)
    for number in _numbers(sentence, own):
        eligible = [source for source in sources if _is_of(source, sentence, number.start, units)]
        same = [(source, one) for source in eligible for one in held[source] if _equal(number, one)]
        if _is_difference(number, sentence, own):
            continue
        if not same:
            yield f"“{number.text}”在所引资料中没有"
        elif _says_of_nothing(number) and len(_terms(number, eligible, held)) > 1:
            yield f"没有写明“{number.text}”说的是什么"
        elif not any(_of_the_same(number, one, source, held[source]) for source, one in same):
            yield f"“{number.text}”在所引资料中说的是别的事或别的年份"


def _is_difference(number: _Number, sentence: str, own: int | None) -> bool:
    """2022年126件，2023年141件，多了15件: worked out of two numbers before it, which are bound by themselves."""
    if not phrase("passages", "by_so_many").search(sentence[: number.start]):
        return False
    before = [one.value for one in _numbers(sentence[: number.start], own) if one.unit == number.unit]
    return any(abs(one[0] - other[0]) == number.value[0] for one, other in pairwise(before))


def _foreign_units(sentence: str, sources: Sequence[Source], units: Sequence[str]) -> Iterator[str]:
    for name in dict.fromkeys(name for _, name in names_in(sentence, units)):
        if not any(_goes_by(source, name) for source in sources):
            yield f"所引资料不是“{name}”的，也没有说到它"


def _goes_by(source: Source, name: str) -> bool:
    """Whether a source is of the unit of this name, or speaks of it."""
    if source.unit and (name in short_names(source.unit) or name == source.unit):
        return True
    elsewhere = r"\p{Han}{1,4}[区县镇乡](?!\p{Han}*专区)"
    spoken_of = regex(rf"(?<!\p{{Han}}\p{{Han}}市){re.escape(name)}(?!{elsewhere})")
    return bool(spoken_of.search(source.text))


@cache
def _names_of(unit: str) -> tuple[str, ...]:
    return tuple(
        sorted(
            (name for name, loose in short_names(unit).items() if len(name) > 2 and loose < _LOOSE),
            key=len,
            reverse=True,
        )
    )


_LOOSE = 4


def names_in(sentence: str, units: Sequence[str]) -> list[tuple[int, str]]:
    """(place, name) of the units that a sentence names: those of the library by any of their names, and what has the
    form of a place at the head of a clause."""
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    names = sorted({name for unit in units for name in _names_of(unit)}, key=len, reverse=True)
    for name in names:
        for each in re.finditer(re.escape(name), sentence):
            if not any(low < each.end() and each.start() < high for low, high in taken):
                taken.append(each.span())
                found.append((each.start(), name))
    found += [
        (each.start(1), each[1])
        for each in phrase("passages", "place_in_sentence").finditer(sentence)
        if not phrase("passages", "no_place").search(each[1])
        and not any(low < each.end(1) and each.start(1) < high for low, high in taken)
    ]
    return sorted(found)


def _foreign_years(sentence: str, sources: Sequence[Source]) -> Iterator[str]:
    held = {year for source in sources for _, year in years_in(source.whole)} | {source.year for source in sources}
    for year in dict.fromkeys(year for _, year in years_in(sentence)):
        if year not in held:
            yield f"“{year}年”在所引资料中没有"


def _is_of(source: Source, sentence: str, at: int, units: Sequence[str]) -> bool:
    """Whether a number at a place of the sentence may come from a source: the unit named last before it is the
    source's, or spoken of in it."""
    before = [name for place, name in names_in(sentence, units) if place < at]
    return not before or source.is_law or _goes_by(source, before[-1])


def _numbers(text: str, year: int | None) -> list[_Number]:
    """Every number of a text with what it is of."""
    bare = _MARKS.sub(lambda found: "　" * len(found[0]), text)
    claims = {claim.mention.start: claim for claim in claims_in(text, year)}
    spots: dict[int, tuple[int, str, tuple[Decimal, ...], str]] = {}
    for found in _TERM.finditer(bare):
        if (numeral := parse(found[1])) and (found[1] != "一" or _is_term(bare, found)):
            spots[found.start()] = (found.end(), found[0], (numeral.value,), found[2].removeprefix("个"))
    for mention in mentions_in(text):
        unit = "%" if mention.percent else mention.unit.removeprefix("个")
        spots[mention.start] = (mention.end, mention.text, (abs(mention.value),), unit)
    for found in _DAY.finditer(bare):
        inside = [place for place in spots if found.start() <= place < found.end()]
        for place in inside:
            del spots[place]
        spots[found.start()] = (found.end(), found[0], (Decimal(found[1]), Decimal(found[2])), "月日")
    for found in re.finditer(r"(?<!\d)(?:19|20)\d{2}年度?", bare):
        spots.pop(found.start(), None)
    order = sorted(spots)
    numbers = []
    for at, start in enumerate(order):
        end, written, value, unit = spots[start]
        last = spots[order[at - 1]][0] if at else 0
        following = order[at + 1] if at + 1 < len(order) else len(text)
        numbers.append(
            _Number(
                written, start, value, unit, _year_at(text, start, year), claims.get(start),
                _before(text, last, start, end), _behind(text, end, following),
            )
        )  # fmt: skip
    return numbers


def _is_term(text: str, found: re.Match[str]) -> bool:
    """Whether one day, week, month or year is a term, and not 每一天, 上一年度."""
    runs_up = phrase("assertions", "runs_up").search(text[: found.start()])
    return bool(runs_up or phrase("assertions", "run_out").match(text, found.end()))


def _before(text: str, last: int, start: int, start_behind: int) -> str:
    """The clause before a number, behind the number before it; the clause before that one where it has no words."""
    sentence = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    whole = text[max(last, sentence) : start]
    if not _WORD.search(re.split(r"[，,；;：:。！？、]", whole)[-1]) and _WORD.match(text, start_behind):
        return ""  # 5场新闻发布会: the words stand behind
    clauses = [found.end() for found in _CLAUSE.finditer(whole)]
    for cut in reversed(clauses):
        if _WORD.search(whole[cut:]):
            return whole[cut:]
    return whole


def _behind(text: str, end: int, following: int) -> str:
    whole = without_brackets(text[end:following])
    stops = r"[。！？\n]" if phrase("passages", "opens_list").match(whole) else r"[，,；;：:。！？\n]"
    return re.split(stops, whole, maxsplit=1)[0]


def _year_at(text: str, start: int, year: int | None) -> int | None:
    """The year that a place of a text speaks of: the last one named in its sentence, else the text's own."""
    begin = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    a_report = phrase("assertions", "of_a_report")
    named = [one for place, one in years_in(text[begin:start]) if not a_report.match(text, begin + place)]
    if not named and year and phrase("passages", "last_year").search(re.split(r"[，,；;：:]", text[begin:start])[-1]):
        return year - 1
    return named[-1] if named else year


def _equal(one: _Number, other: _Number) -> bool:
    """Whether two numbers are the same one; a unit may be left out, but not that of a share."""
    bare = "%" not in (one.unit, other.unit) and not (one.unit and other.unit)
    return one.value == other.value and (one.unit == other.unit or bare)


def _of_the_same(told: _Number, held: _Number, source: Source, others: Sequence[_Number]) -> bool:
    """Whether two equal numbers are of the same year and the same thing."""
    mine, theirs = told.claim, held.claim
    if not source.is_law and _year_of(told) and _year_of(held) and _year_of(told) != _year_of(held):
        return False
    if _direction(told) and _direction(told) != _direction(held):
        return False
    if mine and theirs and mine.readings and theirs.readings:
        kinds = {mine.relation, theirs.relation} - {"none"}
        return len(kinds) <= 1 and bool(_cells(mine) & _cells(theirs))
    return _same_words(told, held, others, source)


def _year_of(number: _Number) -> int | None:
    return number.claim.year if number.claim and number.claim.readings and number.claim.year else number.year


def _cells(claim: Claim) -> frozenset[tuple[str, ...]]:
    return frozenset(claim.readings)


def _direction(number: _Number) -> int:
    if number.claim and number.claim.direction:
        return number.claim.direction
    text = number.before[-_NEAR:]
    up, down = (bool(re.search(said("assertions", id), f"{text}0")) for id in ("up", "down"))
    return up - down


def _same_words(told: _Number, held: _Number, others: Sequence[_Number], source: Source) -> bool:
    """Whether the words around a number are those around its like: the word nearest to it that tells the numbers of the
    source apart must be one of its own."""
    own = held.before + held.behind
    rest = [other.before + other.behind for other in others if other is not held]
    words = _content(told.before)
    part = phrase("passages", "part_of_these")
    partly = bool(part.search(held.before)) and not part.search(told.before)
    for word in reversed(words) if _content(held.before) else ():
        here, elsewhere = word in own, any(word in other for other in rest)
        if here and not elsewhere:
            partly = False
            break
        if elsewhere and not here:
            return False
    behind = _content(told.behind[:_BEHIND])
    known = [word for word in behind if word in source.text and not is_named_apart(word)]
    if partly or (known and not (all if source.is_law else any)(word in own for word in known)):
        return False
    return not (words or behind) or any(word in own for word in (*words, *behind)) or not _content(own)


def _terms(
    number: _Number, sources: Sequence[Source], held: Mapping[Source, Sequence[_Number]]
) -> set[tuple[Decimal, ...]]:
    """The terms of rules that a number which says of nothing may be."""
    return {one.value for source in sources if source.is_law for one in held[source] if one.unit == number.unit}


def _says_of_nothing(number: _Number) -> bool:
    """期限是20个工作日: of what stands nowhere."""
    return not (number.claim and number.claim.readings) and not _content(number.before) and not _content(number.behind)


def _content(text: str) -> list[str]:
    import rjieba

    empty = entry("passages", "says_nothing").words
    return [word for word in rjieba.cut(text) if _WORD.fullmatch(word) and word not in empty]


def _counted(sentence: str, sources: Sequence[Source]) -> Iterator[str]:
    """Numbers of things in Chinese numerals (三方面) that no source has of such things, and neither it nor the sentence
    names as many."""
    texts = [_MARKS.sub("　", source.whole) for source in sources]
    held = {
        (numeral.value, text[found.end() : found.end() + 1])
        for text in texts
        for found in re.finditer(rf"{ARABIC}|{CHINESE}", text)
        if (numeral := parse(found[0]))
    }
    numbers = {place for found in _TERM.finditer(sentence) for place in range(*found.span())}
    for found in _COUNTED.finditer(sentence):
        written, unit = found[1], found[2]
        numeral = parse(written)
        if found.start() in numbers or numeral is None or (len(written) == 1 and written in _ROUND):
            continue
        named = {one for value, one in held if value == numeral.value}
        if unit in named or (unit in _POINTS and named & set(_POINTS)) or (named and unit not in _POINTS):
            continue
        if unit in _POINTS and (
            _names_so_many(sentence[found.end() :], int(numeral.value)) or _has_items(sources, int(numeral.value))
        ):
            continue
        yield f"“{written}{unit}”在所引资料中没有"


def _names_so_many(text: str, count: int) -> bool:
    """有两种处理：告知…，也可以告知…: as many members behind the number as it says."""
    _, colon, listed = text.partition("：")
    if not colon:
        return False
    parts = [part for part in re.split(r"[；;]", listed) if part.strip("。 ")]
    return len(parts) == count or any(
        len([part for part in re.split(marks, listed) if part.strip("。 ")]) == count
        for marks in (r"[，,]", r"[、，,]|和|及|或者?|以及")
    )


def _has_items(sources: Sequence[Source], count: int) -> bool:
    return any(sum(bool(enumerator(line)) for line in source.text.split("\n")) == count for source in sources)
