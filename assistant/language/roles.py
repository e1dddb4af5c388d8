"""Who did what to whom, in two texts: an organ keeps what it does, and does not change places with the one it is done
to."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.wordings import Words, covers, is_light, is_organ, words_of
from assistant.patterns import regex

__all__ = ["roles_changed", "turned_round"]

_CLAUSE = regex(r"[，。；：！？\n]")
_TO = regex(r"(?:向|给|报|对|报送|找|去)[\u4e00-\u9fff]{0,4}$")
_OF = regex(r"[^，]{4,14}的")


def roles_changed(said: Words, meant: Words) -> Iterator[str]:
    """Who did it, and to whom: an organ keeps what it does, and does not change places with the one it is done to."""
    now, before = dict(_parts_played(said)), dict(_parts_played(meant))
    for organ, (receives, does) in now.items():
        was = before.get(organ) or next((v for k, v in before.items() if organ in k or k in organ), None)
        if was is None:
            continue
        if receives != was[0]:
            yield f"“{organ}”在所依据的文字里{'是' if was[0] else '不是'}对象，谁做的、对谁做的要照它写"
        elif len(before) > 1 and does and was[1]:
            own, others = _kept(does, was[1]), (_kept(does, did) for name, (_, did) in before.items() if did != was[1])
            if 2 * own < len(does) or own < max(others, default=0):
                yield f"“{organ}”做的事与所依据的文字不同，谁做的要照它写"


def _kept(does: tuple[str, ...], did: tuple[str, ...]) -> int:
    """How many of the words for what an organ does stand in what one did; 公布 is everybody's."""
    known = words_of(" ".join(did))
    return sum(covers(known, word) for word in does)


def _parts_played(said: Words) -> Iterator[tuple[str, tuple[bool, tuple[str, ...]]]]:
    """(organ, (whether it is done to, what it does)) in a text."""
    organs = said.organs
    for clause in _CLAUSE.split(said.text.replace("、", "，")):
        at = sorted((clause.find(organ), organ) for organ in organs if organ in clause)
        for n, (start, organ) in enumerate(at):
            end = at[n + 1][0] if n + 1 < len(at) else len(clause)
            behind = words_of(clause[start + len(organ) : end]).tagged
            does = tuple(
                word
                for word, kind in behind
                if kind.startswith(("v", "n")) and not is_light(word) and word not in organs
            )
            to = _TO.search(clause[:start])
            owner = to and to[0].startswith("对") and _OF.match(clause[start:])  # 对各乡镇报送的信息
            yield organ, (bool(to and not owner), does)


def turned_round(sentence: str, notes: str) -> Iterator[str]:
    """What was done by one to another, told as done by the other to the one."""
    before = dict(_around_verbs(notes))
    for verb, (left, right) in _around_verbs(sentence):
        was_left, was_right = before.get(verb, (frozenset(), frozenset()))
        by, to = (was_left - was_right) & (right - left), (was_right - was_left) & (left - right)
        if by and to:
            yield f"“{verb}”的主客颠倒了，谁做的、对谁做的要照所依据的文字写"


def _around_verbs(text: str) -> Iterator[tuple[str, tuple[frozenset[str], frozenset[str]]]]:
    """(verb, (the nouns before it, the nouns behind it)) of each clause."""
    for clause in _CLAUSE.split(text):
        words = words_of(clause).tagged
        for at, (verb, kind) in enumerate(words):
            if len(verb) < 2 or is_light(verb) or not kind.startswith(("v", "n")):
                continue
            # 指导 is a noun to the dictionary: beside such a word only organs tell who is who.
            telling = _is_noun if kind.startswith("v") else is_organ
            left, right = (frozenset(word for word in side if telling(*word)) for side in (words[:at], words[at + 1 :]))
            yield verb, (frozenset(w for w, _ in left), frozenset(w for w, _ in right))


def _is_noun(word: str, kind: str) -> bool:
    return kind.startswith(("n", "j")) or is_organ(word, kind)
