"""Whether two texts of the trade say the same in other words: word by word, by the lexicon (``wordings``).

A word is covered by a text that has it, another of its group, its short or long form, or its two halves; what is left
over on both sides is one thing in two words where they share a character and no group tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from assistant.lexicon import entries, phrase
from assistant.lexicon.data import load
from assistant.patterns import regex

__all__ = [
    "Words",
    "covers",
    "is_doing",
    "is_light",
    "is_organ",
    "is_spoken",
    "is_stage",
    "said_alike",
    "spelled_out",
    "told_by",
    "told_of",
    "turns",
    "unpaired",
    "words_of",
]

# Parts of speech (as jieba names them) that tell something; numbers are looked at by themselves.
_TELLING = ("n", "v", "a", "i", "l", "j", "b", "s", "z", "t")
_NAMES = ("ns", "nt", "nz")  # what it guesses to be a person's is mostly none (没[钱建]网站)
_RESULTS = ("掉", "完", "好", "了", "过", "着")  # 清掉 has 清
_PHRASE = 3  # characters: shorter words are jieba's to find
_STRETCH = 2  # a short name stands in a text so many times as long, its characters in order: 卫健委, 卫生健康委


class Words(NamedTuple):
    """A text in one spelling; its words with their part of speech; those of them that tell something; characters
    that stand alone, or at an edge of what is no word of the lexicon (改了, 加标签); and the organs that it names."""

    text: str
    tagged: tuple[tuple[str, str], ...]
    telling: tuple[str, ...]
    single: frozenset[str]
    edges: frozenset[str]
    organs: tuple[str, ...]

    @property
    def weighty(self) -> list[str]:
        """The words that tell something wherever they stand."""
        return [word for word in self.telling if not is_light(word)]


@lru_cache(maxsize=512)
def words_of(text: str) -> Words:
    """The words of ``text``, which is in one spelling (``spelled_out``)."""
    tagged = tuple((word, kind) for word, kind in _joined(_tagged(text)) if word.strip("　 "))
    telling = tuple(word for word, kind in tagged if kind.startswith(_TELLING) and not word.isdigit())
    single = frozenset(word for word, _ in tagged if len(word) == 1)
    edges = frozenset(one for word, _ in tagged if _is_unknown(word) for one in (word[0], word[-1]))
    edges |= {word[0] for word, _ in tagged if len(word) == 2 and word.endswith(_RESULTS)}
    organs = tuple(dict.fromkeys(word for word, kind in tagged if is_organ(word, kind)))
    return Words(text, tagged, telling, single, edges, organs)


def _tagged(text: str) -> Iterator[tuple[str, str]]:
    """The phrases of the lexicon, the words of the dictionary, and names; what else jieba guesses to be one word (挂到,
    能查) is several."""
    import rjieba  # loads its dictionary: a draft without a model need not

    edges = {0, *accumulate(map(len, rjieba.cut(text, False)))}  # 进社区 is no phrase of 走进社区
    at = 0
    phrases = [found.span() for found in _phrases().finditer(text) if edges.issuperset(found.span())]
    for start, end in (*phrases, (len(text), len(text))):
        for word, kind in rjieba.tag(text[at:start]):
            if len(word) == 1 or kind.startswith(_NAMES) or rjieba.has_word(word):
                yield word, kind
            else:
                yield from rjieba.tag(word, False)
        if start < end:
            yield text[start:end], "nt" if text[start:end] in _organs() else _kind_of(text[start:end])
        at = end


@cache
def _kind_of(phrase: str) -> str:
    """What a phrase of the lexicon is to the dictionary, where that has it (志愿者); else a phrase."""
    import rjieba

    return rjieba.tag(phrase, False)[0][1] if rjieba.has_word(phrase) else "l"


@cache
def _phrases() -> re.Pattern[str]:
    """All phrases of the groups and names of organs, the longest first; and what the dictionary has not (工单)."""
    known = {*_organs(), *load("wordings")["terms"]["words"], *(word for word in _known() if len(word) >= _PHRASE)}
    phrases = sorted(known, key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, phrases)))


def is_doing(word: str) -> bool:
    """Whether a word names what is done with any thing: 发布, 办理."""
    return word in load("wordings")["light"]["doings"]


def is_spoken(word: str) -> bool:
    """Whether a word of a note need not be told: 大家, 时候. A sentence may not add it."""
    return word in load("wordings")["light"]["spoken"]


def _is_unknown(word: str) -> bool:
    return len(word) != _PHRASE - 1 or not (is_light(word) or _groups().get(word))


def spelled_out(text: str) -> str:
    """``text`` in one spelling: what is said in several ways of the same words."""
    for pattern, long in _spellings():
        text = pattern.sub(long, text)
    return text


@cache
def _spellings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((regex(entry["short"]), entry["long"]) for entry in load("wordings")["spelled"])


def _joined(words: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Words, an organ's last character (司法, 局) with what is before it."""
    held: tuple[str, str] | None = None
    for word, kind in words:
        whole = held and len(held[0]) > 1 and held[1].startswith(("n", "v", "j"))
        if held and whole and phrase("units", "organ_end_behind").match(word + held[1]):
            held = (held[0] + word, "n")
            continue
        if held:
            yield held
        held = (word, kind)
    if held:
        yield held


def is_organ(word: str, kind: str) -> bool:
    """Whether a word names an organ, or people that act as one."""
    if phrase("units", "officer").fullmatch(word):
        return True
    if not kind.startswith(("n", "j", "l", "r")) or len(word) < 2:
        return False
    return bool(phrase("units", "organ").fullmatch(word)) and not phrase("units", "no_organ").fullmatch(word)


def is_light(word: str) -> bool:
    """Whether a word tells nothing by itself, wherever it stands."""
    return word in _light()


@cache
def _light() -> frozenset[str]:
    return frozenset(load("wordings")["light"]["words"])


@cache
def _groups() -> dict[str, tuple[frozenset[str], ...]]:
    """The groups that a word is in."""
    groups = [frozenset(group) for group in _as_spelled(tuple(entry["words"]) for entry in load("wordings")["same"])]
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for group in (*groups, *(frozenset((*each.means, *each.words)) for each in entries("organ_names"))):
        for word in group:
            found[word] = (*found.get(word, ()), group)
    return found


def _as_spelled(groups: Iterable[tuple[str, ...]]) -> Iterator[list[str]]:
    """Groups in the spelling of the texts that they are looked up for."""
    for line in spelled_out("\n".join("　".join(words) for words in groups)).splitlines():
        yield line.split("　")


@cache
def _organs() -> frozenset[str]:
    return frozenset(name for each in entries("organ_names") for name in (*each.means, *each.words))


def said_alike(word: str) -> frozenset[str]:
    """All words that say the same as ``word``."""
    return frozenset().union(*_groups().get(word, ())) - {word}


def told_of(word: str) -> frozenset[str]:
    """What a note may have for ``word`` of a sentence: the same, or what is one way of it (贴 for 公示)."""
    return said_alike(word).union(_narrow().get(word, ()))


def told_by(word: str) -> frozenset[str]:
    """What a sentence may have for ``word`` of a note: the same, or what says less of it (公示 for 贴)."""
    return said_alike(word).union(_wide().get(word, ()))


@cache
def _wide() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for entry in load("wordings")["told"]:
        for word in entry["noted"]:
            found[word] = found.get(word, frozenset()).union(entry["as"])
    return found


@cache
def _narrow() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for word, wide in _wide().items():
        for each in wide:
            found[each] = found.get(each, frozenset()) | {word}
    return found


@cache
def _known() -> frozenset[str]:
    """All words that are told by others."""
    return frozenset((*_groups(), *_wide(), *_narrow()))


def covers(
    words: Words, word: str, *, strict: bool = False, others: Callable[[str], frozenset[str]] = said_alike
) -> bool:
    """Whether a text says ``word``: so written, by one of its ``others`` (those that mean the same), shorter (办 for
    办理), abbreviated, or in two pieces. ``strict``: a light word must stand there, too."""
    if word in words.text or (not strict and is_light(word)):
        return True
    if any(other in (words.text if len(other) > 1 else words.edges) for other in others(word)):
        return True
    if len(word) == 2 and any(one in words.single for one in word) and not _turns(word, words):
        return True
    if len(word) > 2 and _stands_in(word, words.text):
        return True
    if len(word) < 3:
        return False
    if any(_is_short_for(organ, word) for organ in words.organs):
        return True
    cuts = range(2, len(word) - 1) if len(word) > 3 else range(1, len(word))
    return any(
        all(_covers_part(words, part, strict=strict, others=others) for part in (word[:n], word[n:])) for n in cuts
    )


def _covers_part(words: Words, part: str, *, strict: bool, others: Callable[[str], frozenset[str]]) -> bool:
    """As ``covers``; one character tells something in a word (上半年, 下半年), even where it is light by itself."""
    return covers(words, part, strict=strict, others=others) if len(part) > 1 else part in words.text


def _turns(word: str, words: Words) -> bool:
    """Whether a character that a text has not turns what the word says: 停用 is not said by 用."""
    return any(turns(one) and one not in words.text for one in word)


def turns(one: str) -> bool:
    """Whether a character turns what stands behind it, so that it may not be lost: 缺专职人员."""
    return one in load("wordings")["opposite"]["turning"]


def _stands_in(name: str, text: str) -> bool:
    found = re.search(".{0,2}".join(map(re.escape, name)), text)
    return found is not None and len(found.group()) <= len(name) * _STRETCH + 1


def _is_short_for(short: str, long: str) -> bool:
    """应急局 for 应急管理局, 街道办 for 街道办事处: its characters in order, from the first on."""
    if len(short) >= len(long) or short[0] != long[0]:
        return False
    rest = iter(long)
    return all(one in rest for one in short)


def unpaired(said: Words, added: list[str], meant: Words, lost: list[str]) -> tuple[list[str], list[str]]:
    """What is left of the words that one text has and the other has not, when those are put together that are one thing
    in two words. A doing may have another word where the lexicon holds the two not apart and they share a character
    (搬迁, 搬家), or where the note has a verb of one character for it (讲, 解读); not what a matter has come to (印发,
    办结). One doing of a note may go that the lexicon does not know: people speak so (来得及, 知道). Things are called
    by their names: 取暖费 may be 暖气费, but 公报 is no 公告."""
    doings = {word for each in (said, meant) for word, kind in each.tagged if kind.startswith(("v", "a"))}
    spare = [
        word for word, kind in meant.tagged if len(word) == 1 and kind.startswith("v") and not _is_said(said, word)
    ]
    left, alone = list(lost), []
    for word in added:
        among = left if word in doings else [other for other in left if other not in doings]
        partner = next((other for other in among if _are_one(word, other, doing=word in doings)), None)
        if partner is not None:
            left.remove(partner)
        elif word in doings and spare and not is_stage(word):
            spare.pop()
        else:
            alone.append(word)
    spoken = next((word for word in left if word in doings and not (_groups().get(word) or is_stage(word))), None)
    return alone, [word for word in left if word != spoken]


def _is_said(words: Words, verb: str) -> bool:
    """Whether a text has a verb of one character, or a word for it; 来 and 去 are none."""
    return is_light(verb) or verb in words.text or any(other in words.text for other in said_alike(verb))


def is_stage(word: str) -> bool:
    """Whether a word tells what a matter has come to: no other stands for it."""
    return word in load("wordings")["stage"]["words"]


def _are_one(word: str, other: str, *, doing: bool) -> bool:
    shared = set(word) & set(other)
    if is_stage(word) or is_stage(other) or (_groups().get(word) and _groups().get(other)):
        return False
    if not doing:
        return 2 * len(shared) > max(len(word), len(other)) and not phrase("units", "organ").fullmatch(word)
    return bool(shared) and not any(
        set(pair) & set(word) and set(pair) & set(other) and not set(pair) & shared for pair in _opposites()
    )


@cache
def _opposites() -> tuple[str, ...]:
    return tuple(load("wordings")["opposite"]["pairs"])
