"""With what force each word of a text is said: that it must, may or may not be, is denied, is of all, is only planned,
holds under a condition only, and who acts (lexicon: ``assertions``).

A sentence of a model and the passages that it rests on are read alike; whether the one says what the other says is
held elsewhere (``assertions``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from assistant.language.wordings import Words, spelled_out, words_of
from assistant.lexicon import alternation, entries, phrase
from assistant.patterns import regex

__all__ = [
    "READER",
    "Force",
    "Range",
    "Reading",
    "actors_in",
    "content_words",
    "difference",
    "is_filler",
    "is_named_apart",
    "is_thing",
    "kind_of",
    "marked",
    "marks_in",
    "may_rest_on",
    "read",
    "without_denials",
]

READER = "读者"  # what the lexicon calls 您
_QUOTED = regex(r"“[^”，、]*”?")
_CLAUSE = regex(
    r"[^，,；;：:。！？!?\n（）()]+?的(?:政府)?(?:信息|申请|材料|机关|单位|事项)(?=[不未应可要由须必])|[^，,；;：:。！？!?\n（）()]+?的(?=就|要(?![求点素])|应当|可以|不得|必须|不予|视为|视作|由)|[^，,；;：:。！？!?\n（）()]+"
)
_PARTS = regex(r"，|(?<=[前])(?=[不未])")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Force:
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
class Reading:
    """Words with the force of each character. ``clauses`` are (start, end)."""

    text: str
    forces: tuple[Force, ...]
    clauses: tuple[Range, ...]

    @property
    def words(self) -> Words:
        return words_of(spelled_out(self.text))


class _Word(NamedTuple):
    kind: str
    means: str
    start: int
    end: int


def read(text: str, *, planned: bool = False, law: bool = False) -> Reading:
    """A text with the force of each of its characters."""
    forces = [Force()] * len(text)
    clauses: list[Range] = []
    actor, later = "", False
    for found in _CLAUSE.finditer(text):
        start, end = found.span()
        if "\n" in text[clauses[-1][1] if clauses else 0 : start]:
            actor = ""
        ended = any(mark in text[clauses[-1][1] if clauses else 0 : start] for mark in "。！？!?\n；")
        later = later and not ended  # 将出台指引，并建立制度: both are still to come
        clause = found[0].strip()
        condition = (
            phrase("assertions", "condition").search(clause)
            or (text[end : end + 1] not in "。；\n" and phrase("assertions", "topic").search(clause))
            or phrase("assertions", "so").search(text[start : end + 7])
        )
        force = Force(planned=planned or later, condition=bool(condition), actor=_agent(found[0]) or actor)
        clauses.append((start, end))
        turns = (_Word("turn", "", *turn.span()) for turn in phrase("assertions", "turn").finditer(found[0]))
        marks = sorted((*marks_in(found[0]), *turns), key=lambda one: one.start)
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
    for (start, end), (following, close) in reversed([*pairwise(clauses)]):
        goes_on = (
            forces[following].condition
            and text[end:following] == "，"
            and phrase("assertions", "goes_on").match(text[following:close])
        )
        if goes_on and not any(one.modal for one in forces[start:end]):
            forces[start:end] = [replace(one, condition=True) for one in forces[start:end]]
    if law:
        forces = [replace(force, planned=False) for force in forces]  # 拟公开的信息, 将会造成影响: nobody's plans
    return Reading(text, tuple(forces), tuple(clauses))


def _fill(forces: list[Force], start: int, end: int, force: Force) -> None:
    forces[start:end] = [force] * (end - start)


def _after(force: Force, mark: _Word, clause: str, actor: str, outer: Force | None) -> tuple[Force, str]:
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
        by = bool(phrase("assertions", "agent").search(before))
        if behind.startswith("的") or not (by or (_acts(before) and not _agent(clause))):
            return force, actor
        return replace(force, actor=mark.means), mark.means
    if mark.means == "deny":
        return replace(force, denied=True), actor
    if mark.means == "forbid":
        return replace(force, denied=True, modal="forbid"), actor
    if mark.means in ("duty", "may", "able", "free"):
        means = "may" if clause[: mark.start].endswith("才") else mark.means  # 才能 is 才可以
        return replace(force, modal=means, denied=False if force.modal else force.denied), actor
    if mark.means == "planned" and clause[mark.start : mark.end] == "将" and not _goes_before_a_verb(clause, mark.end):
        return force, actor
    if mark.means == "all":
        listed = "、" in clause[: mark.start] and clause[mark.start : mark.end] in ("都", "均")
        return replace(force, all=True, sums_up=listed), actor
    if mark.means in _WITH:
        return _WITH[mark.means](force), actor
    return force, actor


_WITH: dict[str, Callable[[Force], Force]] = {
    "only": lambda force: replace(force, only=True),
    "planned": lambda force: replace(force, planned=True),
}


def _agent(clause: str) -> str:
    """Who acts in all of a clause: 查阅点由政府设立."""
    agent, actors = phrase("assertions", "agent"), (mark for mark in marks_in(clause) if mark.kind == "actor")
    marks = (mark for mark in actors if agent.search(clause[: mark.start]))
    return next((mark.means for mark in marks if not clause.startswith("的", mark.end)), "")


def _goes_before_a_verb(clause: str, at: int) -> bool:
    """Whether 将 tells of what is to come: 将出台指引, not 将指引印发各单位; whether a denial has ended at 的."""
    import rjieba

    behind = rjieba.tag(clause[at:])
    return bool(behind) and not behind[0][1].startswith(("n", "r", "m", "a", "j", "l"))


def _acts(before: str) -> bool:
    """Whether nothing but turns of phrase and other actors stands before an actor in its clause."""
    return bool(phrase("assertions", "who_before").fullmatch(_actor_pattern().sub("", before)))


def marks_in(clause: str) -> Iterator[_Word]:
    quoted = [found.span() for found in _QUOTED.finditer(clause)]  # “不予处理”第3项 is the name of a cell
    for found in _mark_pattern().finditer(clause):
        kind, means = kind_of(found[0])
        inside = any(start < found.start() < end for start, end in quoted)
        if kind in ("force", "actor") and not inside:
            yield _Word(kind, means, *found.span())


def content_words(told: Reading, clause: Range) -> list[tuple[int, str]]:
    """(place, word) of what a clause says beside forces, actors, numbers and fillers."""
    import rjieba  # loads its dictionary: only a model's sentences need it

    start, end = clause
    bare = phrase("assertions", "subject").sub(_blank, _mark_pattern().sub(_without_force, told.text[start:end]))
    bare = phrase("assertions", "no_word").sub(_blank, bare)
    words, at = [], 0
    for word in rjieba.cut(bare):
        place = bare.index(word, at)
        at = place + len(word)
        if len(word) > 1 and word.strip("　 ") and not is_filler(word):
            words.append((start + place, word))
    return words


def _blank(found: re.Match[str]) -> str:
    return "　" * len(found[0])


def _without_force(found: re.Match[str]) -> str:
    return found[0] if kind_of(found[0])[0] == "apart" else _blank(found)


def actors_in(text: str) -> list[str]:
    return [mark.means for mark in marks_in(text) if mark.kind == "actor"]


def marked(text: str, means: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in marks_in(text) if mark.means == means]


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
def kind_of(word: str) -> tuple[str, str]:
    """(kind, what it means); an actor without a common word is its own."""
    word = word.removeprefix("国务院的").removeprefix("国务院") or word
    for each in entries("assertions"):
        if each.kind and (word in each.words or any(re.fullmatch(pattern, word) for pattern in each.pattern)):
            return each.kind, each.says or word
    return "", ""


def is_filler(word: str) -> bool:
    """Whether a word says nothing of its own."""
    return word in _listed("filler")


def is_thing(word: str) -> bool:
    """Whether a word is what is acted upon: nothing is done or left undone by naming it."""
    return word in _listed("thing")


@cache
def _listed(id: str) -> frozenset[str]:
    return frozenset(next(each.words for each in entries("assertions") if each.id == id))


def may_rest_on(told: Force, held: Force) -> bool:
    """Whether what is told with one force may rest on what is said with another. A rule may be told without 应当, and a
    description of a rule as one."""
    if told.denied != held.denied or (held.condition and not told.condition):
        return False
    if told.modal != held.modal and not told.condition and (told.modal, held.modal) not in _ALIKE:
        return False
    if (
        (told.all and not told.sums_up and not held.all)
        or (told.only and not held.only)
        or told.planned != held.planned
    ):
        return False
    return not (told.actor and held.actor) or _is_one(told.actor, held.actor)


def without_denials(told: Reading) -> Reading | None:
    """What is told with both its denials taken away: 没有批准不能公开 is 批准以后才能公开. Nothing where not both what
    is done and its condition are denied."""
    cuts = [0, *(found.end() for found in _PARTS.finditer(told.text)), len(told.text)]
    denied = [
        one for one, other in pairwise(cuts) if _DENIALS & {mark.means for mark in marks_in(told.text[one:other])}
    ]
    if len(denied) < 2:
        return None
    forces = (
        replace(force, denied=False, modal="may" if at >= denied[-1] else "", only=False) if force.denied else force
        for at, force in enumerate(told.forces)
    )
    return replace(told, forces=tuple(forces))


def _is_one(told: str, held: str) -> bool:
    """Whether an actor is another by name: who asks is addressed, 您, where a rule names a person."""
    return told == held or (told == READER and held in _listed("people"))


_DENIALS = frozenset({"deny", "forbid", "free"})
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


def difference(told: Force, forces: Sequence[Force]) -> str:
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
    return is_thing(word) or kind_of(word)[0] in ("actor", "force")
