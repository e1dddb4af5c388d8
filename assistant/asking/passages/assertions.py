"""Whether one span of a source asserts what a sentence asserts.

A sentence and a span are read by the same words (lexicon: ``assertions``): which clause says that something must, may
or may not be, is denied, is of all, is only planned, holds under a condition only, and who acts. A word of the sentence
counts as said where the span has it with the same force and the same actor; what the span has with another force, and
what it has not at all, is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from assistant.figures.mentions import mentions_in
from assistant.language.roles import roles_changed
from assistant.language.wordings import Words, covers, is_light, spelled_out, told_of, words_of
from assistant.lexicon import alternation, entries, said
from assistant.patterns import regex

__all__ = ["Source", "is_named_apart", "unfounded"]

# 依法确定为国家秘密的信息不予公开: what is told of is a clause of its own.
_CLAUSE = regex(
    r"[^，,；;：:。！？!?\n（）()]+?的(?:政府)?(?:信息|申请|材料|机关|单位|事项)(?=[不未应可要由须必])|[^，,；;：:。！？!?\n（）()]+?的(?=就|要(?![求点素])|应当|可以|不得|必须|不予|视为|视作|由)|[^，,；;：:。！？!?\n（）()]+"
)
_STATEMENT = regex(r"[^。！？!?；;\n]+")
_SENTENCE = regex(r"(?:[^。！？!?\n]|(?<=[；：:])\n)+")  # a list goes on behind ；
_TURN = regex(
    r"并且|而且|但是|但|且|才|的|认为|”|、(?=需要|应当?|可以|要)"
)  # what is denied before it is not denied behind it
_NO_WORD = regex(
    r"(?:\d+年度?)?(?:\d+月)?(?:\d+[日号])?[起前后]?(?<=[年度月日号起前后])|(?:\d+|[一二三四五六七八九十百零两]+)个?(?:工作日|月)[以之]?内?|[\W\d_]+|[一二三四五六七八九十百零两]+[件条份次期场家个项月日年天种类]?"
)
_LIST_MARKS = regex(
    r"第[（(]?[一二三四五六七八九十]+[）)]?[项款，：]|[一二三四五六七八九十]是|^[一二三四五六七八九十]+、"
)
_WANTED, _WANTED_OF_REPORTS = 0.7, 0.5  # of the letters of a clause that the span must have
_AS_GOOD = 0.1  # of the letters: a longer span is taken only where it has so much more
_SHORTER = 0.2  # of the letters: a part of a sentence that says all that is needed may have so much less
_PAIRS = 2  # where the pairs stand among the spans: one clause is not stitched together out of two sentences
_READER = "读者"  # what the lexicon calls 您
_DIGITS = regex(r"\d+(?:\.\d+)?")
_QUOTED = regex(r"“[^”，、]*”?")
# 过期不回复，就当作同意: what stands before it is a condition; 借出的图书，由流通部收回: or what it is of.
_SO = regex(r"，(?:(?:就|则|便)(?![业是]))|的\p{Han}{1,6}，由(?!于)")
_AGENT = regex(r"(?<![理自缘])由$")
_ANNOUNCES = regex(r"(?:有|分为?)[二两三四五六七八九十][种类项个条点]\p{Han}{0,4}$|(?:以下|如下)\p{Han}{0,4}$")
_ONLY_IF = regex(r"只有|除非")
_WHO_BEFORE = regex(r"(?:[的由，并先还也又就则再，\s]|县级以上|地方|各级|全国|其他|被|征求|意见|本|该|所|有关)*")


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


_Range = tuple[int, int]


class _Absent(str):
    """A fault of a span that is no contradiction: it does not speak of this."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class _Force:
    """How something is said: ``modal`` is duty, may, forbid, free or nothing; ``actor`` who does it, where that is
    told."""

    denied: bool = False
    modal: str = ""
    all: bool = False
    sums_up: bool = False  # 都 and 均 behind a list say no more than the list
    only: bool = False
    planned: bool = False
    condition: bool = False
    actor: str = ""


@dataclass(frozen=True, slots=True)
class _Span:
    """Words with the force of each character. ``clauses`` are (start, end)."""

    text: str
    forces: tuple[_Force, ...]
    clauses: tuple[_Range, ...]

    @property
    def words(self) -> Words:
        return words_of(spelled_out(self.text))


def unfounded(sentence: str, sources: Sequence[Source], known: Sequence[str] = ()) -> list[str]:
    """The clauses of ``sentence`` that none of the sources says in one span, as written, each with the reason; nothing
    when all stand. ``known`` are words that need no proof here (names of units that were held against the sources)."""
    faults = []
    for found in _STATEMENT.finditer(sentence):
        reason = _statement(found[0].strip(), sources, known) or next(_unnamed(found[0], sources, known), "")
        if reason:
            faults.append(reason)
    return faults


def _unnamed(statement: str, sources: Sequence[Source], known: Sequence[str]) -> Iterator[str]:
    """Things that no source names, whatever it says of others; in what reports tell, organs that change places."""
    told = words_of(spelled_out(statement))
    named = words_of(spelled_out("\n".join(source.whole for source in sources)))
    for word, kind in told.tagged:
        if len(word) < 2 or not kind.startswith(("n", "j")) or word in _fillers() or _meaning(word)[0]:
            continue
        if not (any(word in name for name in known) or covers(named, word)):
            yield f"所引资料没有说到“{word}”"
    if not any(source.is_law for source in sources):
        near = words_of(spelled_out("\n".join(_nearest(told, source) for source in sources)))
        yield from roles_changed(told._replace(organs=tuple(filter(_is_one_organ, told.organs))), near)


def _is_one_organ(name: str) -> bool:
    """区司法局, not 单位 or 部门, which may be any."""
    return len(name) > 2 and not _meaning(name)[0]


def _nearest(told: Words, source: Source) -> str:
    """The sentence of a source that has most of what is told."""
    places = [found[0] for found in _SENTENCE.finditer(source.text)]
    return max(
        places, key=lambda place: sum(covers(words_of(spelled_out(place)), word) for word in told.telling), default=""
    )


def _statement(statement: str, sources: Sequence[Source], known: Sequence[str]) -> str:
    bare = statement
    for name in sorted(known, key=len, reverse=True):
        bare = bare.replace(name, "　" * len(name))
    law = [source for source in sources if source.is_law]
    told = _read(bare)
    if not any(_words(told, clause) for clause in told.clauses):
        turned = not mentions_in(bare) and any(mark.kind == "force" for mark in _marks(bare))
        return f"“{statement}”没有写明说的是什么" if turned else ""
    ruled = _read(bare, law=True)
    best = _in_one_span(ruled, ruled.clauses, law, _WANTED) if law else "没有"
    if best and law and len(parts := _parts(ruled)) > 1:
        # 可以请申请人说明理由，还可以收取信息处理费: what stands behind the first main clause may be a rule of its own.
        first, *rest = parts
        apart = _in_one_span(ruled, first, law, _WANTED) or any(
            _in_one_span(ruled, one, law, _WANTED, alone=True) for one in rest
        )
        best = best if apart else ""
    groups = _groups(ruled)
    if best and law and len(groups) > 1 and all(ruled.forces[group[0][0]].condition for group in groups):
        # Two rules in one statement: each with its own condition stands in a span of its own.
        best = next(filter(None, (_in_one_span(ruled, group, law, _WANTED) for group in groups)), "")
    if best and len(law) < len(sources):
        reports = [source for source in sources if not source.is_law]
        best = _in_one_span(told, told.clauses, reports, _WANTED_OF_REPORTS) and next(
            filter(None, (_in_one_span(told, group, reports, _WANTED) for group in _groups(told))), ""
        )
    return best


def _groups(told: _Span) -> list[tuple[_Range, ...]]:
    """Each clause that says something, with the conditions before it."""
    groups: list[tuple[_Range, ...]] = [()]
    for clause in told.clauses:
        groups[-1] = (*groups[-1], clause)
        if _words(told, clause) and not told.forces[clause[0]].condition:
            groups.append(())
    return [group for group in groups if any(_words(told, clause) for clause in group)]


def _parts(told: _Span) -> list[tuple[_Range, ...]]:
    """Conditions with the first clause that holds under them, then each other clause."""
    main = next((n for n, (start, _) in enumerate(told.clauses) if not told.forces[start].condition), len(told.clauses))
    return [told.clauses[: main + 1], *((one,) for one in told.clauses[main + 1 :])]


def _in_one_span(
    told: _Span, clauses: Sequence[_Range], sources: Sequence[Source], wanted: float, *, alone: bool = False
) -> str:
    """Why no span of the sources says these clauses; empty where one does."""
    rated: list[tuple[float, str, int]] = []
    several = sum(bool(_words(told, clause)) for clause in clauses) > 1
    for source in sources:
        for length, spans in enumerate(_spans_of(source)[: None if several else _PAIRS]):
            for span in spans:
                share, fault = _held(told, clauses, span, source, wanted)
                if source.is_law:
                    fault = fault or _without_its_condition(told, clauses, span, alone=alone, joined=length > 0)
                rated.append((share - length * _AS_GOOD, fault, length))
    # A span that has less of it and says it as it is told gives way to one that has more and says it otherwise.
    most = max((share for share, fault, _ in rated if not isinstance(fault, _Absent)), default=0)
    near = [fault for share, fault, length in rated if share >= most - (_AS_GOOD / 2 if length else _SHORTER)]
    return "" if any(not fault for fault in near) else max(rated, default=(0, "没有引用资料", 0))[1]


def _spans_of(source: Source) -> tuple[list[_Span], list[_Span], list[_Span]]:
    """The parts of sentences of a source (；), the sentences, and each with the one behind it."""
    whole = _read(_LIST_MARKS.sub("，", source.text), planned=_plans(source), law=source.is_law)
    places = [found.span() for found in _SENTENCE.finditer(whole.text)]
    parts = [found.span() for found in _STATEMENT.finditer(whole.text)]
    joined = [(one[0], other[1]) for one, other in pairwise(places)]
    shorter, singles, pairs = ([_cut(whole, *place) for place in each] for each in (parts, places, joined))
    return shorter, [one for one in singles if "；" in one.text], pairs


def _without_its_condition(told: _Span, clauses: Sequence[_Range], span: _Span, *, alone: bool, joined: bool) -> str:
    """Whether a rule is told under another condition than its own, or under none where it holds only then."""
    conditional = any(told.forces[start].condition for start, _ in clauses)
    if joined and conditional and _rules_apart(span):
        return "把两种情形的规定合在了一起"
    if alone and any(span.forces[start].condition for start, _ in span.clauses):
        return "少了前提"
    only = not joined and _ONLY_IF.search(span.text) and not _ONLY_IF.search(told.text)
    return "少了“只有”的前提" if only and not conditional and _forced(told.text, "may") else ""


def _rules_apart(span: _Span) -> bool:
    """Whether several parts of a span have a condition and a rule of their own, as the cases of a list have not
    (有三类信息不予公开：…的；…的)."""
    parts = (found.span() for found in _STATEMENT.finditer(span.text))
    within = ([start for start, _ in span.clauses if low <= start < high] for low, high in parts)
    return sum(len(part) > 1 and any(span.forces[start].condition for start in part) for part in within) > 1


def _cut(whole: _Span, start: int, end: int) -> _Span:
    clauses = tuple((one - start, other - start) for one, other in whole.clauses if start <= one and other <= end)
    return _Span(whole.text[start:end], whole.forces[start:end], clauses)


def _plans(source: Source) -> bool:
    """Whether all of a passage is still to come: 下一步打算, 2025年的改进安排."""
    return bool(not source.is_law and _plan_heading().search(source.heading.rpartition("·")[2]))


def _held(told: _Span, clauses: Sequence[_Range], span: _Span, source: Source, wanted: float) -> tuple[float, str]:
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
            faults.append(f"“{numbers[0]}”与“{text}”在所引资料中不在同一处")
        faults += [f"“{word}”与“{text}”在所引资料中不在同一处" for word in _fixed(text) if not covers(span.words, word)]
        # 从两方面改进：…, of 改进的两项打算: a clause that only announces may rest on the heading.
        announces = by_topic and (
            _shares_most(text, span.text)
            or (here + by_topic >= own and not any(mark.kind == "force" for mark in _marks(text)))
        )
        if own and (here + by_topic < own * wanted or not (here or announces)):
            faults.append(_Absent(f"“{text}”在所引资料的同一处没有这样说"))
        named = _actors_in(source.whole)
        faults += [f"所引资料没有说到“{one}”" for one in _actors_in(text) if one not in (*named, _READER)]
        if not _forced(span.text, "deemed"):
            faults += [f"所引资料没有说“{one}”" for one in _forced(text, "deemed")]
        letters, covered = letters + own, covered + here + by_topic / 2
    return (covered / letters if letters else 0.0), min(
        faults, key=lambda fault: isinstance(fault, _Absent), default=""
    )


def _clause_held(told: _Span, clause: _Range, span: _Span, source: Source) -> tuple[int, int, int, list[str]]:
    """Letters of the words of a clause: all, those that the span has, those that only the heading has; and the words
    that the span has with another force."""
    own = here = by_topic = 0
    faults: list[str] = []
    topic = source.heading.rpartition("·")[2]
    text = told.text[slice(*clause)].strip()
    announces = _ANNOUNCES.search(text) and told.text.startswith("：", clause[1])  # the count is proven by itself
    for place, word in () if announces else _words(told, clause):
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
            forces = [span.forces[one] for one in at if word not in _things()]
            if forces and not any(_same(told.forces[place], force) for force in forces):
                faults.append(f"“{text}”与所引资料的说法不同：{_difference(told.forces[place], forces)}")
    return own, here, by_topic, faults


def _tells_apart(word: str, text: str) -> bool:
    """Whether one part alone of a text has a thing or a doing: what another part says is not said of it."""
    import rjieba

    if word in _things() or is_light(word) or not rjieba.tag(word)[0][1].startswith(("n", "v")):
        return False
    return sum(word in part for part in _STATEMENT.findall(text)) == 1


def _fixed(clause: str) -> Iterator[str]:
    """The words that tell which one is meant: from when a term runs, which organ it is, what a list names."""
    for found in _pattern("fixed").finditer(clause):
        inside = next(filter(None, found.groups()))
        yield from (word for word in words_of(spelled_out(inside)).telling if len(word) > 1 and word not in _fillers())


def _shares_most(clause: str, text: str) -> bool:
    """Whether most pairs of characters of a clause stand in a text."""
    pairs = [clause[n : n + 2] for n in range(len(clause) - 1)]
    return sum(pair in text for pair in pairs) >= len(pairs) / 2


def _way(text: str) -> str | None:
    """Whether a text tells of a rise, a fall or both; ``None`` for neither."""
    return "".join(id for id in ("up", "down") if _pattern(id).search(text)) or None


def _halves(word: str, text: str) -> list[int]:
    """正当理由 as 正当的理由: where the second half of a long word stands, in a text that has both."""
    middle = len(word) // 2
    if len(word) < 4 or word[:middle] not in text:
        return []
    return [found.start() for found in re.finditer(re.escape(word[middle:]), text)]


def _same(told: _Force, held: _Force) -> bool:
    """Whether what is told with one force may rest on what is said with another. A rule may be told without 应当, and a
    description of a rule as one."""
    if told.denied != held.denied or (held.condition and not told.condition):
        return False
    if told.modal != held.modal and not told.condition and (told.modal, held.modal) not in _ALIKE:
        return False
    if told.condition and not held.condition and held.modal == "may" != told.modal:
        return False  # what may be done is no condition of it
    if (
        (told.all and not told.sums_up and not held.all)
        or (told.only and not held.only)
        or told.planned != held.planned
    ):
        return False
    return not (told.actor and held.actor) or _is_one(told.actor, held.actor)


def _is_one(told: str, held: str) -> bool:
    """Whether an actor is another by name: who asks is addressed, 您, where a rule names a person."""
    return told == held or (told == _READER and held in _people())


# (told, held): a rule may be told without its 应当, a description as a rule; 不公开 for 不得公开; 能 is not yet 可以.
_ALIKE = frozenset(
    [
        ("", "duty"),
        ("duty", ""),
        ("", "forbid"),
        ("able", ""),
        ("able", "may"),
        ("", "able"),
        ("duty", "able"),
        ("able", "duty"),
    ]
)


_SAID = {"duty": "应当", "may": "可以", "able": "能", "forbid": "不得", "free": "不必"}


def _difference(told: _Force, forces: Sequence[_Force]) -> str:
    """What is told otherwise, for the model."""
    held = min(
        forces, key=lambda one: sum((one.denied != told.denied, one.modal != told.modal, one.actor != told.actor))
    )
    if told.denied != held.denied:
        return "资料是否定的" if held.denied else "资料没有否定"
    if told.modal != held.modal and {told.modal, held.modal} != {"", "duty"}:
        return f"资料说的是“{_SAID[held.modal]}”" if held.modal else f"资料没有说“{_SAID.get(told.modal, '')}”"
    if told.actor and held.actor and not _is_one(told.actor, held.actor):
        return f"资料说的是{held.actor}，不是{told.actor}"
    if told.all and not held.all:
        return "资料没有说是全部"
    if told.planned != held.planned:
        return "资料说的是以后的打算" if held.planned else "资料没有说是以后的事"
    return "资料说的是另一种情形"


def is_named_apart(word: str) -> bool:
    """Whether a word names who acts or what is acted upon, or tells only that it must or may be: it tells no rule from
    another."""
    return word in _things() or _meaning(word)[0] in ("actor", "force")


# Reading.


class _Word(NamedTuple):
    kind: str
    means: str
    start: int
    end: int


def _read(text: str, *, planned: bool = False, law: bool = False) -> _Span:
    """A text with the force of each of its characters."""
    forces = [_Force()] * len(text)
    clauses: list[_Range] = []
    actor, later = "", False
    for found in _CLAUSE.finditer(text):
        start, end = found.span()
        if "\n" in text[clauses[-1][1] if clauses else 0 : start]:
            actor = ""
        ended = any(mark in text[clauses[-1][1] if clauses else 0 : start] for mark in "。！？!?\n；")
        later = later and not ended  # 将出台指引，并建立制度: both are still to come
        condition = _pattern("condition").search(found[0].strip()) or _SO.search(text[start : end + 3])
        force = _Force(planned=planned or later, condition=bool(condition), actor=_agent(found[0]) or actor)
        clauses.append((start, end))
        marks = sorted(
            (*_marks(found[0]), *(_Word("turn", "", *turn.span()) for turn in _TURN.finditer(found[0]))),
            key=lambda one: one.start,
        )
        at, outer = 0, None
        for mark in marks:
            _fill(forces, start + at, start + mark.start, force)
            before = force
            force, actor = _after(force, mark, found[0], actor, outer)
            if mark.means in ("may", "deny", "forbid") and before.modal and outer is None:
                outer = before
            elif mark.kind == "turn":
                outer = None
            _fill(forces, start + mark.start, start + mark.end, force)
            at = mark.end
        later = force.planned
        _fill(forces, start + at, end, force)
    if law:
        forces = [replace(force, planned=False) for force in forces]  # 拟公开的信息, 将会造成影响: nobody's plans
    return _Span(text, tuple(forces), tuple(clauses))


def _fill(forces: list[_Force], start: int, end: int, force: _Force) -> None:
    forces[start:end] = [force] * (end - start)


def _after(force: _Force, mark: _Word, clause: str, actor: str, outer: _Force | None) -> tuple[_Force, str]:
    """The force behind a mark, and who acts from there on."""
    if mark.kind == "turn":
        turn = clause[mark.start : mark.end]
        if turn == "的":
            # 满一周未办结的自动转督查室: a denial ends before a verb, not before a noun (没有记录在案的口头情况).
            ended = force.denied and _goes_before_a_verb(clause, mark.end)
            # 应当把可以公开的部分提供给他: 可以 ends with its phrase
            return (outer or (replace(force, denied=False) if ended else force)), actor
        if turn == "认为":
            return replace(force, actor=""), actor  # 公众认为行政机关没有答复: who believes it does not do it
        opened = turn == "才"  # 超出合理范围时才可以收取: the condition ends here
        condition, only = (False, False) if opened else (force.condition, force.only)
        modal = force.modal if force.modal == "duty" else ""
        return replace(force, denied=False, modal=modal, condition=condition, only=only), actor
    if mark.kind == "actor":
        before, behind = clause[: mark.start], clause[mark.end :]
        by = bool(_AGENT.search(before))
        if behind.startswith("的") or not (by or (_acts(before) and not _agent(behind))):
            return force, actor
        return replace(force, actor=mark.means), mark.means
    if mark.means == "deny":
        return replace(force, denied=True), actor
    if mark.means == "forbid":
        return replace(force, denied=True, modal="forbid"), actor
    if mark.means in ("duty", "may", "able", "free"):
        return replace(force, modal=mark.means, denied=False if force.modal else force.denied), actor
    if mark.means == "planned" and clause[mark.start : mark.end] == "将" and not _goes_before_a_verb(clause, mark.end):
        return force, actor
    if mark.means == "all":
        listed = "、" in clause[: mark.start] and clause[mark.start : mark.end] in ("都", "均")
        return replace(force, all=True, sums_up=listed), actor
    if mark.means in _WITH:
        return _WITH[mark.means](force), actor
    return force, actor


_WITH: dict[str, Callable[[_Force], _Force]] = {
    "only": lambda force: replace(force, only=True),
    "planned": lambda force: replace(force, planned=True),
}


def _agent(clause: str) -> str:
    """Who acts in all of a clause: 查阅点由政府设立."""
    marks = (mark for mark in _marks(clause) if mark.kind == "actor" and _AGENT.search(clause[: mark.start]))
    return next((mark.means for mark in marks if not clause.startswith("的", mark.end)), "")


def _goes_before_a_verb(clause: str, at: int) -> bool:
    """Whether 将 tells of what is to come: 将出台指引, not 将指引印发各单位; whether a denial has ended at 的."""
    import rjieba

    behind = rjieba.tag(clause[at:])
    return bool(behind) and not behind[0][1].startswith(("n", "r", "m", "a", "j", "l"))


def _acts(before: str) -> bool:
    """Whether nothing but turns of phrase and other actors stands before an actor in its clause."""
    return bool(_WHO_BEFORE.fullmatch(_actor_pattern().sub("", before)))


def _marks(clause: str) -> Iterator[_Word]:
    quoted = [found.span() for found in _QUOTED.finditer(clause)]  # “不予处理”第3项 is the name of a cell
    for found in _mark_pattern().finditer(clause):
        kind, means = _meaning(found[0])
        inside = any(start < found.start() < end for start, end in quoted)
        if kind in ("force", "actor") and not inside:
            yield _Word(kind, means, *found.span())


def _words(told: _Span, clause: _Range) -> list[tuple[int, str]]:
    """(place, word) of what a clause says beside forces, actors, numbers and fillers."""
    import rjieba  # loads its dictionary: only a model's sentences need it

    start, end = clause
    bare = _NO_WORD.sub(_blank, _mark_pattern().sub(_without_force, told.text[start:end]))
    words, at = [], 0
    for word in rjieba.cut(bare):
        place = bare.index(word, at)
        at = place + len(word)
        if len(word) > 1 and word.strip("　 ") and word not in _fillers():
            words.append((start + place, word))
    return words


def _blank(found: re.Match[str]) -> str:
    return "　" * len(found[0])


def _without_force(found: re.Match[str]) -> str:
    return found[0] if _meaning(found[0])[0] == "apart" else _blank(found)


def _actors_in(text: str) -> list[str]:
    return [mark.means for mark in _marks(text) if mark.kind == "actor"]


def _forced(text: str, means: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in _marks(text) if mark.means == means]


@cache
def _mark_pattern() -> re.Pattern[str]:
    """The longest first, whatever it means: 不可以 before 可以, 要求 before 要."""
    known = [each for each in entries("assertions") if each.kind]
    words = sorted({word for each in known for word in each.words}, key=lambda word: (-len(word), word))
    return re.compile("|".join((*(pattern for each in known for pattern in each.pattern), *map(re.escape, words))))


@cache
def _actor_pattern() -> re.Pattern[str]:
    return re.compile(alternation(*(each for each in entries("assertions") if each.kind == "actor")))


@cache
def _meaning(word: str) -> tuple[str, str]:
    """(kind, what it means); an actor without a common word is its own."""
    word = word.removeprefix("国务院的").removeprefix("国务院") or word
    for each in entries("assertions"):
        if each.kind and (word in each.words or any(re.fullmatch(pattern, word) for pattern in each.pattern)):
            return each.kind, each.says or word
    return "", ""


@cache
def _fillers() -> frozenset[str]:
    return frozenset(next(each.words for each in entries("assertions") if each.id == "filler"))


@cache
def _as_said(word: str) -> str:
    """A pattern of a word and of those that a source may have for it: 告知, 让他知道."""
    return "|".join(map(re.escape, (word, *sorted(other for other in told_of(word) if len(other) > 1))))


@cache
def _things() -> frozenset[str]:
    """What is acted upon: nothing is done or left undone by naming it."""
    return frozenset(next(each.words for each in entries("assertions") if each.id == "thing"))


@cache
def _people() -> frozenset[str]:
    return frozenset(next(each.words for each in entries("assertions") if each.id == "people"))


@cache
def _pattern(id: str) -> re.Pattern[str]:
    return re.compile(said("assertions", id))


@cache
def _plan_heading() -> re.Pattern[str]:
    return re.compile("下一步|打算|改进安排|工作计划|改进方向|改进措施")
