"""Whether a sentence says what its notes say: the same things, of the same organs, denied, planned and bounded alike.

Words are compared, not characters: what the sentence adds and what it leaves out is told word by word. Which words say
the same the lexicon has (``wordings``), and what must not turn round (``drafting``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from assistant.language.roles import parts_changed
from assistant.language.wordings import (
    Words,
    covers,
    is_doing,
    is_light,
    is_spoken,
    is_stage,
    spelled_out,
    told_by,
    told_of,
    turns,
    unpaired,
    words_of,
)
from assistant.lexicon import phrase
from assistant.lexicon.data import load
from assistant.patterns import regex

__all__ = ["Unproved", "differences"]

_CLAUSE = regex(r"[，。；：！？\n]")
_STATEMENT = regex(r"[。；！？\n]")
_QUOTED = regex(r"“([^“”]+)”|《([^《》]+)》")
_CAUSE = "因果"
_MARKS = regex(r"[“”、，·《》\s]")
_FIRST = ("以上", "以内", "正在做")  # 不超过 is a bound, 还没弄完 is being done: neither is a denial
_SHOWN = 6


class Unproved(str):
    """A fault that is no contradiction: words that the lexicon does not know to say the same. A person can tell."""

    __slots__ = ()


class _Said(NamedTuple):
    """A text, what of it is sense (how often each stands in it), and the words of the rest."""

    text: str
    senses: Counter[str]
    soft: bool  # whether it speaks of all only as 均, 都, 各 do
    words: Words


def differences(sentence: str, notes: str) -> Iterator[str]:
    """What ``sentence`` adds, drops or turns round against ``notes``, in words for who wrote it; slots are masked in
    both. Nothing for a sentence that says the same."""
    said, meant = _read(sentence), _read(notes)
    yield from _turned(said, meant)
    yield from _denied_otherwise(said, meant)
    yield from _added_and_lost(said, meant)
    yield from _names(sentence, notes)
    yield from parts_changed(said.words, meant.words)
    yield from _in_another_order(said.text, meant.text)


@lru_cache(maxsize=256)
def _read(text: str) -> _Said:
    senses: Counter[str] = Counter()
    hard = False

    def sense(found: re.Match[str]) -> str:
        nonlocal hard
        name = _sense_of(found)
        senses[name] += 1
        hard |= name == "全部" and not phrase("drafts", "soft_all").fullmatch(found[0])
        return "　" * len(found[0])

    text = spelled_out(text)
    bare = _senses().sub(sense, text)
    return _Said(text, senses, bool(senses["全部"]) and not hard, words_of(bare)._replace(text=text))


@cache
def _senses() -> re.Pattern[str]:
    """All expressions of all senses."""
    numbered = sorted(enumerate(load("drafting")["sense"]), key=lambda each: each[1]["name"] not in _FIRST)
    return regex("|".join(f"(?P<s{n}>{entry['words']})" for n, entry in numbered))


def _sense_of(found: re.Match[str]) -> str:
    n = next(int(name[1:]) for name, text in found.groupdict().items() if text)
    return str(load("drafting")["sense"][n]["name"])


def _turned(said: _Said, meant: _Said) -> Iterator[str]:
    for entry in load("drafting")["sense"]:
        name = entry["name"]
        now, before = bool(said.senses[name]), bool(meant.senses[name])
        if now == before or (name == "全部" and (_may_sum_up(said, meant) if now else meant.soft)):
            continue
        if name == "全部" and said.senses["除外"] and meant.senses["除外"]:
            continue  # 除…外 is of all others
        if now and "hinted" in entry and regex(entry["hinted"]).search(meant.text):
            continue  # 年底前要建成: whoever speaks so plans it
        if name == "没有":
            yield "“没有、未、不”多了或少了，意思反了，要与要点一致"
        else:
            yield f"要点{'没有说' if now else '说的是'}“{name}”，句子要与要点一致"
    for turn in load("drafting")["turn"]:
        one, other = regex(turn["one"]), regex(turn["other"])
        both = [(bool(one.search(each.text)), bool(other.search(each.text))) for each in (said, meant)]
        if both[0] == both[1][::-1] and both[0][0] != both[0][1]:
            yield "先后或增减与要点相反"
        for side in (one, other):
            first, was = _right_before(side, said.text), _right_before(side, meant.text)
            if first and was and not any(covers(words_of(" ".join(was)), word, others=told_of) for word in first):
                yield f"“{first[0]}”的先后、高低与要点不同"


def _may_sum_up(said: _Said, meant: _Said) -> bool:
    """均 and 都 behind a list of things, or of all that are so (不予公开的), say no more than the list."""
    return said.soft and bool(phrase("drafts", "several").search(meant.text))


def _right_before(side: re.Pattern[str], text: str) -> tuple[str, ...]:
    """The telling words right before each 前 or 后: what comes first, or last."""
    found = []
    for each in side.finditer(text):
        clause = _CLAUSE.split(text[: each.start()])[-1]
        found += words_of(clause).weighty[-1:]
    return tuple(found)


def _denied_otherwise(said: _Said, meant: _Said) -> Iterator[str]:
    """What one denies and the other tells: 没有 stands before another word."""
    denied, told = _scopes(said.text)
    were_denied, were_told = _scopes(meant.text)
    if not denied or not were_denied:
        return  # said by ``_turned``
    for words, other, instead, what in (
        (denied, _around_denials(meant.text), were_told, "要点没有说“没有{}”"),
        (were_denied, _around_denials(said.text), told, "要点说的是“没有{}”"),
    ):
        known, apart = words_of(other), words_of(" ".join(instead))
        wrong = [word for word in words if len(word) > 1 and covers(apart, word) and not covers(known, word)]
        if wrong:
            yield what.format(wrong[0])
    near = words_of(" ".join((*were_denied, *_before_denials(meant.text))))
    for word in _behind_denials(said.text):
        of_table_four = word in meant.text and phrase("drafts", "of_table_four").search(word)
        if of_table_four and not covers(near, word, others=told_of):
            yield f"要点没有说“没有{word}”"
    if _denied_of(said.text, meant.text) and _denied_of(meant.text, said.text):
        yield "“没有、不”说的对象与要点相反"


def _denied_of(text: str, other: str) -> list[str]:
    """What one text denies something of, and the other does not: 地方不用掏钱, 部里不用掏钱."""
    known, apart = words_of(_around_denials(other)), words_of(_around_denials(other, denied=False))
    return [word for word in _before_denials(text) if covers(apart, word) and not covers(known, word)]


def _before_denials(text: str) -> Iterator[str]:
    """The telling word right before each 没有."""
    for before, _ in _about_denials(text):
        yield from words_of(before).weighty[-1:]


def _behind_denials(text: str) -> Iterator[str]:
    """The word right behind each 没有, where it tells something."""
    for _, behind in _about_denials(text):
        yield from words_of(behind).weighty[:1]


def _about_denials(text: str) -> Iterator[tuple[str, str]]:
    """(what stands before, what stands behind) the first 没有 of each clause."""
    for clause in _CLAUSE.split(text):
        if at := next((found for found in _senses().finditer(clause) if _sense_of(found) == "没有"), None):
            yield _senses().sub("　", clause[: at.start()]), _senses().sub("　", clause[at.end() :])


def _around_denials(text: str, *, denied: bool = True) -> str:
    """The clauses with a 没有, or those without: 审查没有走程序 is 没有走审查程序."""
    return "，".join(
        clause
        for clause in _CLAUSE.split(text)
        if denied == any(_sense_of(found) == "没有" for found in _senses().finditer(clause))
    )


def _scopes(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(words that stand denied, all others): those behind 没有 in its clause, as far as 的, or the one before it where
    none are."""
    denied: list[str] = []
    told: list[str] = []
    for clause in _CLAUSE.split(text):
        at = next((found for found in _senses().finditer(clause) if _sense_of(found) == "没有"), None)
        before, behind = (clause[: at.start()], clause[at.end() :]) if at else (clause, "")
        behind, _, beyond = behind.partition("的")
        words = [words_of(_senses().sub("　", part)).weighty for part in (f"{before}，{beyond}", behind)]
        if at and not words[1]:
            words = [words[0][:-1], words[0][-1:]]
        told += words[0]
        denied += words[1]
    return tuple(dict.fromkeys(denied)), tuple(dict.fromkeys(told))


def _added_and_lost(said: _Said, meant: _Said) -> Iterator[str]:
    added = [
        word
        for word in dict.fromkeys(said.words.telling)
        if not (is_doing(word) or covers(meant.words, word, others=told_of))
    ]
    lost = [
        word
        for word in dict.fromkeys(meant.words.telling)
        if not ((len(word) < 2 and not turns(word)) or is_spoken(word) or covers(said.words, word, others=told_by))
    ]
    added, lost = unpaired(said.words, added, meant.words, lost)
    added += [
        word
        for word in said.words.organs
        if not (word in added or is_light(word)) and not covers(meant.words, word, strict=True)
    ]
    # Who only adds things has invented them, who only leaves out has lost something: another wording does both.
    doings = {word for word, kind in said.words.tagged if kind.startswith(("v", "a", "d"))}
    grave = (
        not added
        or not (lost or doings.issuperset(added))
        or any(is_stage(word) or word in (*said.words.organs, *meant.words.organs) for word in (*added, *lost))
    )
    told = str if grave else Unproved
    if added:
        yield told(f"“{'”“'.join(added[:_SHOWN])}”在要点里没有，不要写")
    if lost:
        yield told(f"要点里的“{'”“'.join(lost[:_SHOWN])}”没有写到")


def _names(sentence: str, notes: str) -> Iterator[str]:
    """Quoted names, documents, what stands in Latin letters or is counted off (第三): as they are written."""
    for text, other, what in ((sentence, notes, "在要点里没有"), (notes, sentence, "没有写到")):
        quoted = [a or b for a, b in _QUOTED.findall(text)]
        missing = [
            name
            for name in (*quoted, *phrase("workbook", "latin").findall(text))
            if _unmarked(name) not in _unmarked(other)
        ]
        if missing:
            yield f"“{missing[0]}”{what}，名称要照要点写"
    if other_papers := [name for name in phrase("drafts", "paper").findall(sentence) if name not in notes]:
        yield f"“{other_papers[0]}”在要点里没有，名称要照要点写"
    written = sentence.replace("个", "")
    if lost := [count for count in phrase("drafts", "counts").findall(notes) if count.replace("个", "") not in written]:
        yield f"要点里的“{lost[0]}”没有写到"


def _unmarked(text: str) -> str:
    """A text without marks: 谁发布谁负责, “谁发布、谁负责”."""
    return _MARKS.sub("", text)


def _in_another_order(sentence: str, notes: str) -> Iterator[str]:
    """A cause told as its effect, or what came first as what came second."""
    before, in_turn = list(_pairs(notes)), list(_told_in_turn(notes))
    for relation, first, second in _pairs(sentence):
        for told, (_, was_first, was_second) in (*((1, each) for each in before), *((0, each) for each in in_turn)):
            kept = _shared(first, was_first) + _shared(second, was_second)
            swapped = _shared(first, was_second) + _shared(second, was_first)
            if swapped > kept and (told or (relation == _CAUSE and 2 * swapped >= 3 * kept)):
                yield f"{relation}与要点相反"


def _told_in_turn(text: str) -> Iterator[tuple[str, Words, Words]]:
    """The clauses of a statement that tells no relation: what comes of it comes behind it (解释慢了，谣言传开了)."""
    for statement in _STATEMENT.split(text):
        clauses = [clause for clause in _CLAUSE.split(statement) if clause]
        if not any(regex(entry["words"]).search(statement) for entry in load("drafting")["order"]):
            yield from ((_CAUSE, words_of(one), words_of(two)) for one, two in pairwise(clauses))


def _pairs(text: str) -> Iterator[tuple[str, Words, Words]]:
    """(relation, what comes first, what comes behind) of each statement that tells one."""
    for statement in _STATEMENT.split(text):
        for entry in load("drafting")["order"]:
            if found := regex(entry["words"]).search(statement):
                yield entry["name"], words_of(found["first"]), words_of(found["second"])


def _shared(words: Words, other: Words) -> int:
    """How much of one text stands in another: a word itself tells twice as much as another for it."""
    return sum(covers(other, word, others=told_of) + (word in other.text) for word in words.weighty)
