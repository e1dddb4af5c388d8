"""Whether one span of a source asserts what a sentence asserts.

A sentence and a span are read by the same words (lexicon: ``assertions``): which clause says that something must, may
or may not be, is denied, is of all, is only planned, holds under a condition only, and who acts. A word of the sentence
counts as said where the span has it with the same force and the same actor; what the span has with another force, and
what it has not at all, is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple, get_args

from assistant.asking.passages.forces import (
    READER,
    Force,
    Range,
    Reading,
    actors_in,
    content_words,
    difference,
    is_filler,
    is_thing,
    kind_of,
    marked,
    marks_in,
    may_rest_on,
    read,
    without_denials,
)
from assistant.figures.mentions import mentions_in
from assistant.language.polarity import Topic, statements
from assistant.language.roles import roles_changed
from assistant.language.wordings import Words, covers, is_light, spelled_out, told_of, words_of
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["Source", "unfounded"]

_STATEMENT = regex(r"[^。！？!?；;\n]+")
_SENTENCE = regex(r"(?:[^。！？!?\n]|(?<=[；：:])\n)+")  # a list goes on behind ；
_LIST_MARKS = regex(
    r"第[（(]?[一二三四五六七八九十]+[）)]?[项款，：]|[一二三四五六七八九十]是|^[一二三四五六七八九十]+、"
)
_WANTED, _WANTED_OF_REPORTS = 0.7, 0.5  # of the letters of a clause that the span must have
_SHORTER = 0.2  # of the letters: a part of a sentence that says all that is needed may have so much less
_PAIRS = 2  # where the pairs stand among the spans: one clause is not stitched together out of two sentences
_DIGITS = regex(r"\d+(?:\.\d+)?")
_ACTOR_OF_RULES = "机关"  # where an article of the regulation names nobody


class Source(NamedTuple):
    """A passage as a model is given it. ``unit`` and ``year`` are those of its report, empty for a regulation."""

    unit: str
    year: int | None
    heading: str
    text: str

    @property
    def whole(self) -> str:
        return f"{self.heading}\n{self.text}"

    @property
    def is_law(self) -> bool:
        return not self.unit and self.year is None


class _Absent(str):
    """A fault of a span that is no contradiction: it does not speak of this."""

    __slots__ = ()


def unfounded(sentence: str, sources: Sequence[Source], known: Sequence[str] = ()) -> list[str]:
    """The clauses of ``sentence`` that none of the sources says in one span, as written, each with the reason; nothing
    when all stand. ``known`` are words that need no proof here (names of units that were held against the sources)."""
    faults = []
    for found in _STATEMENT.finditer(sentence):
        bare = found[0].strip()
        for name in sorted(known, key=len, reverse=True):
            bare = bare.replace(name, "　" * len(name))
        reason = _statement(bare, sources) or next(_unnamed(found[0], bare, sources), "")
        if not reason and not any(source.is_law for source in sources):
            reason = next(_changed_places(found[0], sources), "")
        if reason:
            faults.append(reason)
    return faults


def _unnamed(statement: str, bare: str, sources: Sequence[Source]) -> Iterator[str]:
    """Things that no source names, whatever it says of others; ``bare`` is the statement without names of units, which
    may hide where a word ends (清源区|区政府)."""
    whole = words_of(spelled_out(statement)).tagged
    named = words_of(spelled_out("\n".join(source.whole for source in sources)))
    for word, kind in words_of(spelled_out(bare)).tagged:
        tells = (word, kind) in whole and len(word) > 1 and kind.startswith(("n", "j")) and not kind_of(word)[0]
        if tells and not is_filler(word.removesuffix("所")) and not covers(named, word):  # 报告所列的
            yield f"所引资料没有说到“{word}”"


def _changed_places(statement: str, sources: Sequence[Source]) -> Iterator[str]:
    """Organs that change places in what reports tell."""
    told = words_of(spelled_out(statement))
    near = words_of(spelled_out("\n".join(_nearest(told, source) for source in sources)))
    yield from roles_changed(told._replace(organs=tuple(filter(_is_one_organ, told.organs))), near)


def _is_one_organ(name: str) -> bool:
    """区司法局, not 单位 or 部门, which may be any."""
    return len(name) > 2 and not kind_of(name)[0]


def _nearest(told: Words, source: Source) -> str:
    """The sentence of a source that has most of what is told."""
    places = [found[0] for found in _SENTENCE.finditer(source.text)]
    return max(
        places, key=lambda place: sum(covers(words_of(spelled_out(place)), word) for word in told.telling), default=""
    )


def _statement(bare: str, sources: Sequence[Source]) -> str:
    law = [source for source in sources if source.is_law]
    told = read(bare)
    if not any(content_words(told, clause) for clause in told.clauses):
        turned = not mentions_in(bare) and any(mark.kind == "force" for mark in marks_in(bare))
        return f"“{bare.strip()}”没有写明说的是什么" if turned else ""
    ruled = read(bare, law=True)
    best = _in_one_span(ruled, ruled.clauses, law, _WANTED) if law else "没有"
    if best and law and len(groups := _groups(ruled)) > 1:
        # Several rules in one statement: each with its own condition stands in a span of its own.
        apart = (
            _in_one_span(ruled, group, law, _WANTED, alone=n > 0 and not _is_conditional(ruled, group))
            for n, group in enumerate(groups)
        )
        best = next(filter(None, apart), "")
    other_way = without_denials(ruled)
    if best and other_way and not _in_one_span(other_way, ruled.clauses, law, _WANTED, only_then=True):
        return ""
    if best and len(law) < len(sources):
        reports = [source for source in sources if not source.is_law]
        best = _in_one_span(told, told.clauses, reports, _WANTED_OF_REPORTS) and next(
            filter(None, (_in_one_span(told, group, reports, _WANTED) for group in _groups(told))), ""
        )
    return best


def _groups(told: Reading, clauses: Sequence[Range] | None = None) -> list[tuple[Range, ...]]:
    """Each clause that says something, with the conditions before it."""
    groups: list[tuple[Range, ...]] = [()]
    for clause in told.clauses if clauses is None else clauses:
        groups[-1] = (*groups[-1], clause)
        if content_words(told, clause) and not told.forces[clause[0]].condition:
            groups.append(())
    return [group for group in groups if any(content_words(told, clause) for clause in group)]


def _is_conditional(told: Reading, clauses: Sequence[Range]) -> bool:
    return any(told.forces[start].condition for start, _ in clauses)


def _in_one_span(
    told: Reading,
    clauses: Sequence[Range],
    sources: Sequence[Source],
    wanted: float,
    *,
    alone: bool = False,
    only_then: bool = False,
) -> str:
    """Why no span of the sources says these clauses; empty where one does."""
    rated: list[tuple[float, str, int]] = []
    several = sum(bool(content_words(told, clause)) for clause in clauses) > 1
    for source in sources:
        for length, spans in enumerate(_spans_of(source)[: None if several else _PAIRS]):
            for span in (one for one in spans if not only_then or phrase("assertions", "only_then").search(one.text)):
                share, fault = _held(told, clauses, span, source, wanted)
                if source.is_law:
                    fault = fault or _without_its_condition(told, clauses, span, source, alone=alone, joined=length > 0)
                rated.append((share, fault, length))
    # A span that has less of it and says it as it is told gives way to one that has more and says it otherwise; what
    # takes two statements, to one that has as much by itself.
    against = [(share, length) for share, fault, length in rated if fault and not isinstance(fault, _Absent)]
    most = max((share for share, _ in against), default=0.0)
    alone_against = max((share for share, length in against if not length), default=0.0)
    for share, fault, length in rated:
        if not fault and (share > alone_against if length else share >= most - _SHORTER):
            return ""
    return max(rated, default=(0, "没有引用资料", 0))[1]


def _spans_of(source: Source) -> tuple[list[Reading], list[Reading], list[Reading]]:
    """The parts of sentences of a source (；), the sentences, and each with the one behind it."""
    whole = read(_LIST_MARKS.sub("，", source.text), planned=_plans(source), law=source.is_law)
    places = [found.span() for found in _SENTENCE.finditer(whole.text)]
    parts = [found.span() for found in _STATEMENT.finditer(whole.text)]
    joined = [(one[0], other[1]) for one, other in pairwise(places)]
    shorter, singles, pairs = ([_cut(whole, *place) for place in each] for each in (parts, places, joined))
    return shorter, [one for one in singles if "；" in one.text], pairs


def _without_its_condition(
    told: Reading, clauses: Sequence[Range], span: Reading, source: Source, *, alone: bool, joined: bool
) -> str:
    """Whether a rule is told under another condition than its own, or under none where it holds only then."""
    if joined and any(_is_mixed(told, group, span, source) for group in _groups(told, clauses)):
        return "把两种情形的规定合在了一起"
    if alone and any(span.forces[start].condition for start, _ in span.clauses):
        return "少了前提"
    needed = phrase("assertions", "only_if").search(span.text) and marked(told.text, "may")
    if needed and not any(
        span.forces[found.start()].only
        for clause in clauses
        for _, word in content_words(told, clause)
        for found in re.finditer(_as_said(word), span.text)
        if not is_thing(word)
    ):
        return "少了“只有”的前提"
    return ""


def _is_mixed(told: Reading, group: Sequence[Range], span: Reading, source: Source) -> bool:
    """Whether a condition of one statement of a span is told before the rule of another that has its own. What one
    lays down may be when the next holds (可以征求意见。被征求意见的…)."""
    parts = [_cut(span, *found.span()) for found in _STATEMENT.finditer(span.text)]
    ruled = [part for part in parts if len(part.clauses) > 1 and _is_conditional(part, part.clauses)]
    *conditions, rule = group
    if len(ruled) < 2 or not conditions:
        return False
    own = max(parts, key=lambda part: _standing(told, rule, part, source))
    return any(
        _standing(told, one, part, source) > _standing(told, one, own, source) and _is_condition_of(told, one, part)
        for one in conditions
        for part in ruled
    )


def _standing(told: Reading, clause: Range, part: Reading, source: Source) -> float:
    """How much of a clause a statement has; nothing where it says it otherwise or has not what tells which one is
    meant."""
    text = told.text[slice(*clause)]
    own, here, _, faults = _clause_held(told, clause, part, source)
    missing = [*(one for one in _DIGITS.findall(text) if one not in _DIGITS.findall(part.text))]
    missing += [word for word in _fixed(text) if not covers(part.words, word)]
    return 0.0 if missing or any(not isinstance(fault, _Absent) for fault in faults) else here / (own or 1)


def _is_condition_of(told: Reading, clause: Range, part: Reading) -> bool:
    """Whether a statement has as its condition what it has of a clause."""
    found = ([*re.finditer(_as_said(word), part.text)] for _, word in content_words(told, clause))
    return all(any(part.forces[one.start()].condition for one in places) for places in found if places)


def _cut(whole: Reading, start: int, end: int) -> Reading:
    clauses = tuple((one - start, other - start) for one, other in whole.clauses if start <= one and other <= end)
    return Reading(whole.text[start:end], whole.forces[start:end], clauses)


def _plans(source: Source) -> bool:
    """Whether all of a passage is still to come: 下一步打算, 2025年的改进安排."""
    return bool(not source.is_law and phrase("assertions", "plan_heading").search(source.heading.rpartition("·")[2]))


def _held(told: Reading, clauses: Sequence[Range], span: Reading, source: Source, wanted: float) -> tuple[float, str]:
    """How much of the clauses a span has, and the first thing that speaks against it."""
    letters, covered = 0, 0.0
    faults: list[str] = []
    for clause in clauses:
        own, here, by_topic, fault = _clause_held(told, clause, span, source)
        faults += fault
        text = told.text[slice(*clause)].strip()
        if source.is_law and (
            numbers := [one for one in _DIGITS.findall(text) if one not in _DIGITS.findall(span.text)]
        ):
            faults.append(_Absent(f"“{numbers[0]}”与“{text}”在所引资料中不在同一处"))
        faults += [
            _Absent(f"“{word}”与“{text}”在所引资料中不在同一处")
            for word in _fixed(text)
            if not covers(span.words, word)
        ]
        # 从两方面改进：…, of 改进的两项打算: a clause that only announces may rest on the heading.
        announces = by_topic and (
            _shares_most(text, span.text)
            or (here + by_topic >= own and not any(mark.kind == "force" for mark in marks_in(text)))
        )
        if own and (here + by_topic < own * wanted or not (here or announces)):
            faults.append(_Absent(f"“{text}”在所引资料的同一处没有这样说"))
        named = actors_in(source.whole) or ([_ACTOR_OF_RULES] if source.is_law else [])
        faults += [f"所引资料没有说到“{one}”" for one in actors_in(text) if one not in (*named, READER)]
        if not marked(span.text, "deemed"):
            faults += [f"所引资料没有说“{one}”" for one in marked(text, "deemed")]
        letters, covered = letters + own, covered + here + by_topic / 2
    return (covered / letters if letters else 0.0), min(
        faults, key=lambda fault: isinstance(fault, _Absent), default=""
    )


def _clause_held(told: Reading, clause: Range, span: Reading, source: Source) -> tuple[int, int, int, list[str]]:
    """Letters of the words of a clause: all, those that the span has, those that only the heading has; and the words
    that the span has with another force."""
    own = here = by_topic = 0
    faults: list[str] = []
    compared: list[tuple[str, Force, list[Force]]] = []
    topic = source.heading.rpartition("·")[2]
    text = told.text[slice(*clause)].strip()
    if not source.is_law and _none_told(text, source.year) & _none_told(span.text, source.year):
        own = sum(len(word) for _, word in content_words(told, clause))
        return own, own, 0, []
    led = told.text.startswith("：", clause[1])
    announces = led and phrase("assertions", "announces").search(text)  # the count is proven by itself
    for place, word in () if announces else content_words(told, clause):
        own += len(word)
        at = [one.start() for one in re.finditer(_as_said(word), span.text)] or _halves(word, span.text)
        if way := _way(word):
            here += len(word)
            faults += [f"“{text}”：所引资料没有说“{word}”"] if way != _way(span.text) else []
        elif not at and covers(span.words, word, strict=True, others=told_of):
            here += len(word)  # 配好 for 配备, 省 for 节省: where it stands is not known
        elif not at:
            by_topic += len(word) if word in topic else 0
            if word not in topic and _tells_apart(word, source.text):
                faults.append(_Absent(f"“{word}”与“{text}”在所引资料中不在同一处"))
        else:
            here += len(word)
            forces = [span.forces[one] for one in at if not is_thing(word)]
            if forces:
                compared.append((word, told.forces[place], forces))
    # 意见 of 可以征求意见 may be what must be answered: the modal of a thing is that of what is done with it.
    done = any(
        _is_done(word) and any(may_rest_on(own_force, one) for one in held) for word, own_force, held in compared
    )
    for word, force, held in compared:
        if done and not _is_done(word):
            force, held = replace(force, modal=""), [replace(one, modal="") for one in held]
        if not any(may_rest_on(force, one) for one in held):
            faults.append(f"“{text}”与所引资料的说法不同：{difference(force, held)}")
    return own, here, by_topic, faults


def _is_done(word: str) -> bool:
    """Whether a word is what is done, or how it is, and no thing."""
    import rjieba

    return not rjieba.tag(word)[0][1].startswith(("n", "s", "t", "r"))


def _none_told(text: str, year: int | None) -> set[Topic]:
    """The matters of which a text says that there were none, in whatever words."""
    topics: tuple[Topic, ...] = get_args(Topic)
    return {topic for topic in topics if {one.polarity for one in statements(text, topic, year)} == {"none"}}


def _tells_apart(word: str, text: str) -> bool:
    """Whether one part alone of a text has a thing or a doing: what another part says is not said of it."""
    import rjieba

    if is_thing(word) or is_light(word) or not rjieba.tag(word)[0][1].startswith(("n", "v")):
        return False
    return sum(word in part for part in _STATEMENT.findall(text)) == 1


def _fixed(clause: str) -> Iterator[str]:
    """The words that tell which one is meant: from when a term runs, which organ it is, what a list names."""
    for found in phrase("assertions", "fixed").finditer(clause):
        inside = next(filter(None, found.groups()))
        yield from (word for word in words_of(spelled_out(inside)).telling if len(word) > 1 and not is_filler(word))


def _shares_most(clause: str, text: str) -> bool:
    """Whether most pairs of characters of a clause stand in a text."""
    pairs = [clause[n : n + 2] for n in range(len(clause) - 1)]
    return sum(pair in text for pair in pairs) >= len(pairs) / 2


def _way(text: str) -> str | None:
    """Whether a text tells of a rise, a fall or both; ``None`` for neither."""
    return "".join(id for id in ("up", "down") if phrase("assertions", id).search(text)) or None


def _halves(word: str, text: str) -> list[int]:
    """正当理由 as 正当的理由: where the second half of a long word stands, in a text that has both."""
    middle = len(word) // 2
    if len(word) < 4 or word[:middle] not in text:
        return []
    return [found.start() for found in re.finditer(re.escape(word[middle:]), text)]


@cache
def _as_said(word: str) -> str:
    """A pattern of a word and of those that a source may have for it: 告知, 让他知道."""
    return "|".join(map(re.escape, (word, *sorted(other for other in told_of(word) if len(other) > 1))))
