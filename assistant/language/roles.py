"""Who does what to whom in a sentence and in its notes: organs, and people who act as one."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.language.wordings import Words, covers, is_light, is_organ, told_of, words_of
from assistant.lexicon import phrase
from assistant.patterns import regex

__all__ = ["parts_changed", "roles_changed"]

_CLAUSE = regex(r"[，。；：！？\n]")
_OF = regex(r"[^，]{4,14}的")


def parts_changed(said: Words, meant: Words) -> Iterator[str]:
    """What an organ, or somebody, does in a sentence and not in its notes."""
    yield from roles_changed(said, meant)
    yield from _turned_round(said.text, meant.text)


def roles_changed(said: Words, meant: Words) -> Iterator[str]:
    """Who did it, and to whom: an organ keeps what it does, and does not change places with the one it is done to."""
    before = _together(meant)
    for organ, (receives, does) in _parts_played(said):
        known = organ if organ in before else next((each for each in before if organ in each or each in organ), "")
        if not known:
            continue
        received, did = before[known]
        if receives not in received and organ in said.organs:
            yield f"“{organ}”在所依据的文字里{'不是' if receives else '是'}对象，谁做的、对谁做的要照它写"
        elif len(before) > 1 and len(does) > (not did):
            own = _kept(does, did)
            others = (_kept(does, done) for name, (_, done) in before.items() if name != known)
            if (did and 2 * own < len(does)) or own < max(others, default=0):
                yield f"“{organ}”做的事与所依据的文字不同，谁做的要照它写"


def _together(words: Words) -> dict[str, tuple[frozenset[bool], tuple[str, ...]]]:
    """All that each organ of a text does, in whatever clauses, and whether it is done to, does, or both."""
    found: dict[str, tuple[frozenset[bool], tuple[str, ...]]] = {}
    for organ, (receives, does) in _parts_played(words):
        received, did = found.get(organ, (frozenset(), ()))
        found[organ] = (received | {receives}, (*did, *does))
    return found


def _kept(does: tuple[str, ...], did: tuple[str, ...]) -> int:
    """How many of the words for what an organ does stand in what one did; 公布 is everybody's."""
    known = words_of(" ".join(did))
    return sum(covers(known, word, others=told_of) for word in does)


def _parts_played(said: Words) -> Iterator[tuple[str, tuple[bool, tuple[str, ...]]]]:
    """(organ, (whether it is done to, what it does)) in a text."""
    person = phrase("assertions", "person")
    people = (word for word, kind in said.tagged if kind.startswith(("n", "l")) and person.fullmatch(word))
    organs = {*said.organs, *people}
    for clause in _CLAUSE.split(said.text.replace("、", "，")):
        at = sorted((clause.find(organ), organ) for organ in organs if organ in clause)
        at = [each for each in at if not any(_lies_in(each, other) for other in at)]
        for n, (start, organ) in enumerate(at):
            end = at[n + 1][0] if n + 1 < len(at) else len(clause)
            behind = words_of(clause[start + len(organ) : end]).tagged
            does = tuple(
                word
                for word, kind in behind
                if kind.startswith(("v", "n", "a")) and not is_light(word) and word not in organs
            )
            to = phrase("assertions", "to_whom").search(clause[:start])
            of = _OF if to and to[0].startswith("对") else phrase("assertions", "together")  # 对各乡镇报送的信息
            yield organ, (bool(to and not of.match(clause[start:])), does)


def _lies_in(place: tuple[int, str], other: tuple[int, str]) -> bool:
    """Whether a name stands inside a longer one: 镇长, 副镇长."""
    (start, name), (begin, longer) = place, other
    return len(name) < len(longer) and begin <= start < begin + len(longer)


def _turned_round(sentence: str, notes: str) -> Iterator[str]:
    """What was done by one to another, told as done by the other to the one."""
    before = dict(_around_verbs(notes))
    for verb, (left, right) in _around_verbs(sentence):
        known = next((each for each in (verb, *told_of(verb)) if each in before), verb)  # 带着, 带领
        was_left, was_right = before.get(known, (frozenset(), frozenset()))
        if known != verb:  # only people are sure to be who does it, or is done to
            left, right = _people(left), _people(right)
        by, to = (was_left - was_right) & (right - left), (was_right - was_left) & (left - right)
        if by and to:
            yield f"“{verb}”的主客颠倒了，谁做的、对谁做的要照所依据的文字写"


def _people(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if is_organ(word, "n") or phrase("assertions", "person").fullmatch(word))


def _around_verbs(text: str) -> Iterator[tuple[str, tuple[frozenset[str], frozenset[str]]]]:
    """(verb, (the nouns before it, the nouns behind it)) of each clause."""
    for clause in _CLAUSE.split(text):
        words = words_of(clause).tagged
        for at, (verb, kind) in enumerate(words):
            if is_light(verb) or not kind.startswith(("v", "n")):
                continue
            # 指导 is a noun to the dictionary: beside such a word only organs tell who is who.
            telling = _is_noun if kind.startswith("v") else is_organ
            left, right = (frozenset(word for word in side if telling(*word)) for side in (words[:at], words[at + 1 :]))
            yield verb, (frozenset(w for w, _ in left), frozenset(w for w, _ in right))


def _is_noun(word: str, kind: str) -> bool:
    return kind.startswith(("n", "j")) or is_organ(word, kind)
