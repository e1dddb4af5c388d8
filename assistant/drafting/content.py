"""Whether a sentence says what its notes say: the same things, of the same organs, denied, planned and bounded alike.

Words are compared, not characters: what the sentence adds and what it leaves out is told word by word. Which words mean
the same, which say nothing of their own, and what must not turn round, the lexicon has (``drafting``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.lexicon.data import load
from assistant.patterns import regex

__all__ = ["differences"]

_CLAUSE = regex(r"[，；。：！？\n]")
_QUOTED = regex(r"“([^“”]+)”|《([^《》]+)》")
_LATIN = regex(r"[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*|\d{5}|第[一二三四五六七八九十百\d]+")  # and what is counted off
# Parts of speech (as jieba names them) that tell something; numbers are looked at by themselves.
_TELLING = ("n", "v", "a", "i", "l", "j", "b", "s", "z", "t")
_ORGAN = regex(
    r".*(?:局|委|委员会|办|办公室|办事处|法院|检察院|中心|学会|协会|部门|公司|街道|政府|科|科室|处|部|院|室|镇|乡|县|档案馆|司法所|派出所"
    r"|机构|单位|代表)"
)
_ORGANS_END = regex(r"[局委办厅院镇乡]")
_TO = regex(r"(?:向|给|报|对|报送)[\u4e00-\u9fff]{0,4}$")
_SEVERAL = regex(r"[、和及与]|的(?!.{0,3}的)")  # a list, or all that are so
_SOFT_ALL = regex(r"均|都")
_STRETCH = 2  # a short name stands in a text so many times as long, its characters in order: 卫健委, 卫生健康委
_SHOWN = 6


class _Words(NamedTuple):
    """A text, its telling words, and what of it is sense: how often each stands in it."""

    text: str
    words: tuple[str, ...]
    senses: Counter[str]
    organs: tuple[str, ...]
    short: tuple[str, ...]  # words of one character, whatever they are


def differences(sentence: str, notes: str) -> Iterator[str]:
    """What ``sentence`` adds, drops or turns round against ``notes``, in words for who wrote it; slots are masked in
    both. Nothing for a sentence that says the same."""
    said, meant = _read(sentence), _read(notes)
    yield from _turned(said, meant)
    yield from _added_and_lost(said, meant)
    yield from _names(sentence, notes)
    yield from _roles(said, meant)
    yield from _turned_round(said.text, meant.text)


@lru_cache(maxsize=256)
def _read(text: str) -> _Words:
    senses: Counter[str] = Counter()

    def sense(found: re.Match[str]) -> str:
        senses[_sense_of(found)] += 1
        return "　" * len(found[0])

    text = _spelled_out(text)
    bare = _senses().sub(sense, text)
    words = [(word, kind) for word, kind in _joined(_tagged(bare)) if word.strip("　 ")]
    telling = tuple(word for word, kind in words if kind.startswith(_TELLING) and not word.isdigit())
    short = tuple(word for word, _ in words if len(word) == 1)
    return _Words(text, telling, senses, tuple(dict.fromkeys(_organs(words))), short)


def _spelled_out(text: str) -> str:
    for entry in load("drafting")["spelled"]:
        text = regex(entry["short"]).sub(entry["long"], text)
    return text


def _joined(words: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Words, an organ's last character (司法, 局) with what is before it."""
    held: tuple[str, str] | None = None
    for word, kind in words:
        if held and held[1].startswith(("n", "v", "j")) and len(held[0]) > 1 and _ORGANS_END.fullmatch(word):
            held = (held[0] + word, "n")
            continue
        if held:
            yield held
        held = (word, kind)
    if held:
        yield held


def _organs(words: list[tuple[str, str]]) -> Iterator[str]:
    for word, kind in words:
        if _is_organ(word, kind):
            yield word


def _tagged(text: str) -> list[tuple[str, str]]:
    import rjieba  # loads its dictionary: a draft without a model need not

    return list(rjieba.tag(text))


@cache
def _senses() -> re.Pattern[str]:
    """All expressions of all senses, the longest that fits at a place first."""
    alternatives = [f"(?P<s{n}>{entry['words']})" for n, entry in enumerate(load("drafting")["sense"])]
    bounds = [n for n, entry in enumerate(load("drafting")["sense"]) if entry["name"] in ("以上", "以内")]
    first = [alternatives[n] for n in bounds]  # 不超过 is a bound, no denial
    return regex("|".join((*first, *(each for n, each in enumerate(alternatives) if n not in bounds))))


def _sense_of(found: re.Match[str]) -> str:
    n = next(int(name[1:]) for name, text in found.groupdict().items() if text)
    return str(load("drafting")["sense"][n]["name"])


def _turned(said: _Words, meant: _Words) -> Iterator[str]:
    for entry in load("drafting")["sense"]:
        name = entry["name"]
        now, before = said.senses[name], meant.senses[name]
        if name == "没有" and now != before:
            yield "“没有、未、不”多了或少了，意思反了，要与要点一致"
        elif bool(now) != bool(before) and not (name == "全部" and now and _may_sum_up(said, meant)):
            yield f"要点{'没有说' if now else '说的是'}“{name}”，句子要与要点一致"
    for turn in load("drafting")["turn"]:
        one, other = regex(turn["one"]), regex(turn["other"])
        both = [(bool(one.search(each.text)), bool(other.search(each.text))) for each in (said, meant)]
        if both[0] == both[1][::-1] and both[0][0] != both[0][1]:
            yield "先后或增减与要点相反"
        for side in (one, other):
            first, was = _right_before(side, said.text), _right_before(side, meant.text)
            if first and was and not any(_covered(word, " ".join(was), was) for word in first):
                yield f"“{first[0]}”的先后与要点不同"
    if said.senses["没有"] == meant.senses["没有"] and said.senses["没有"]:
        denied, were = set(_denied(said.text)), set(_denied(meant.text))
        if wrong := [word for word in denied if not _covered(word, " ".join(were), tuple(were))]:
            yield f"要点没有说“没有{wrong[0]}”"


def _right_before(side: re.Pattern[str], text: str) -> tuple[str, ...]:
    """The telling words right before each 前 or 后: what comes first, or last."""
    found = []
    for each in side.finditer(text):
        clause = _CLAUSE.split(text[: each.start()])[-1]
        telling = [word for word, kind in _tagged(clause) if kind.startswith(_TELLING) and word not in _fillers()]
        found += telling[-1:]
    return tuple(found)


def _may_sum_up(said: _Words, meant: _Words) -> bool:
    """均 and 都 behind a list of things, or of all that are so (不予公开的), say no more than the list."""
    found = [each.group() for each in _senses().finditer(said.text) if _sense_of(each) == "全部"]
    return all(_SOFT_ALL.fullmatch(word) for word in found) and bool(_SEVERAL.search(meant.text))


def _denied(text: str) -> Iterator[str]:
    """What stands denied: the telling words of a clause behind 没有, 未, 不."""
    for clause in _CLAUSE.split(text):
        for found in _senses().finditer(clause):
            if _sense_of(found) == "没有":
                behind = _senses().sub("　", clause[found.end() :])
                yield from (w for w, kind in _tagged(behind) if kind.startswith(("v", "a")) and w not in _fillers())


def _added_and_lost(said: _Words, meant: _Words) -> Iterator[str]:
    light = load("drafting")["light"]["words"]
    added = [w for w in dict.fromkeys(said.words) if w not in light and not _covered(w, meant.text, meant.short)]
    added += [w for w in said.organs if w not in added and not _covered(w, meant.text, meant.short, strict=True)]
    if added:
        yield f"“{'”“'.join(added[:_SHOWN])}”在要点里没有，不要写"
    lost = [w for w in dict.fromkeys(meant.words) if len(w) > 1 and not _covered(w, said.text, said.short)]
    if lost:
        yield f"要点里的“{'”“'.join(lost[:_SHOWN])}”没有写到"


@cache
def _fillers() -> frozenset[str]:
    return frozenset(word for entry in load("drafting")["filler"] for word in entry["words"])


@cache
def _same() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in load("drafting")["same"]:
        for word in entry["words"]:
            found.setdefault(word, set()).update(entry["words"])
    return {word: frozenset(words) for word, words in found.items()}


def _covered(word: str, text: str, short: tuple[str, ...], *, strict: bool = False) -> bool:
    """Whether ``text`` says ``word``: so written, by a word that means the same, shorter (办 for 办理), abbreviated, or
    in two pieces. ``strict``: a filler is no excuse."""
    if word in text or (not strict and word in _fillers()):
        return True
    if any(other in text for other in _same().get(word, ())):
        return True
    if len(word) == 2 and any(other in word for other in short):
        return True
    if len(word) > 2 and _stands_in(word, text):
        return True
    return any(
        _covered(word[:n], text, short, strict=strict) and _covered(word[n:], text, short, strict=strict)
        for n in range(2 if len(word) > 3 else 1, len(word) - 1 if len(word) > 3 else len(word))
        if len(word) > 2
    )


def _stands_in(name: str, text: str) -> bool:
    pattern = ".{0,2}".join(map(re.escape, name))
    found = re.search(pattern, text)
    return found is not None and len(found.group()) <= len(name) * _STRETCH + 1


def _names(sentence: str, notes: str) -> Iterator[str]:
    """Quoted names, documents, what stands in Latin letters or is counted off (第三): as they are written."""
    for text, other, what in ((sentence, notes, "在要点里没有"), (notes, sentence, "没有写到")):
        quoted = [a or b for a, b in _QUOTED.findall(text)]
        missing = [name for name in (*quoted, *_LATIN.findall(text)) if name not in other]
        if missing:
            yield f"“{missing[0]}”{what}，名称要照要点写"


def _roles(said: _Words, meant: _Words) -> Iterator[str]:
    """Who did it, and to whom: an organ keeps what it does, and does not change places with the one it is done to."""
    now, before = dict(_parts_played(said)), dict(_parts_played(meant))
    for organ, (receives, does) in now.items():
        was = before.get(organ) or next((v for k, v in before.items() if organ in k or k in organ), None)
        if was is None:
            continue
        if receives != was[0]:
            yield f"“{organ}”在要点里{'是' if was[0] else '不是'}对象，谁做的、对谁做的要照要点写"
        elif len(before) > 1 and does and was[1] and not _mostly_done(does, was[1]):
            yield f"“{organ}”做的事与要点不同，谁做的要照要点写"


def _mostly_done(does: tuple[str, ...], did: tuple[str, ...]) -> bool:
    """Whether an organ does what it did: most of the words, for 公布 is everybody's."""
    done = sum(_covered(word, " ".join(did), did) for word in does)
    return 2 * done >= len(does)


def _parts_played(words: _Words) -> Iterator[tuple[str, tuple[bool, tuple[str, ...]]]]:
    """(organ, (whether it is done to, what it does)) in a text."""
    for clause in _CLAUSE.split(words.text.replace("、", "，")):
        at = sorted((clause.find(organ), organ) for organ in words.organs if organ in clause)
        for n, (start, organ) in enumerate(at):
            end = at[n + 1][0] if n + 1 < len(at) else len(clause)
            behind = clause[start + len(organ) : end]
            does = tuple(
                w
                for w, kind in _tagged(behind)
                if kind.startswith(("v", "n")) and w not in (*_fillers(), *words.organs)
            )
            yield organ, (bool(_TO.search(clause[:start])), does)


def _turned_round(sentence: str, notes: str) -> Iterator[str]:
    """What was done by one to another, told as done by the other to the one."""
    before = dict(_around_verbs(notes))
    for verb, (left, right) in _around_verbs(sentence):
        was_left, was_right = before.get(verb, (frozenset(), frozenset()))
        by, to = (was_left - was_right) & (right - left), (was_right - was_left) & (left - right)
        if by and to:
            yield f"“{verb}”的主客颠倒了，谁做的、对谁做的要照要点写"


def _around_verbs(text: str) -> Iterator[tuple[str, tuple[frozenset[str], frozenset[str]]]]:
    """(verb, (the nouns before it, the nouns behind it)) of each clause."""
    for clause in _CLAUSE.split(_spelled_out(text)):
        words = list(_joined(_tagged(clause)))
        for at, (verb, kind) in enumerate(words):
            if len(verb) < 2 or verb in _fillers() or not kind.startswith(("v", "n")):
                continue
            # 指导 is a noun to the dictionary: beside such a word only organs tell who is who.
            telling = _is_noun if kind.startswith("v") else _is_organ
            left, right = (frozenset(word for word in side if telling(*word)) for side in (words[:at], words[at + 1 :]))
            yield verb, (frozenset(w for w, _ in left), frozenset(w for w, _ in right))


def _is_noun(word: str, kind: str) -> bool:
    return kind.startswith(("n", "j")) or _is_organ(word, kind)


def _is_organ(word: str, kind: str) -> bool:
    return kind.startswith(("n", "j", "l", "r")) and len(word) > 1 and bool(_ORGAN.fullmatch(word))
