"""Whether each figure of a sentence stands where its matter is told: by the words around its slot, in the sentence and
in the notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.drafting.slots import SLOT
from assistant.language.wordings import Words, covers, is_light, spelled_out, words_of
from assistant.patterns import regex

__all__ = ["changed_places"]

_STATEMENT = regex(r"[^。；！？\n]+")
_PART = regex(r"[，：、]")
_RESPECTIVELY = regex(r"分别|依次|各为")
_AND = regex(r"[、和及与]")
_BEFORE_LIST = regex(r"^.*[，：]")


def changed_places(sentence: str, notes: Sequence[str]) -> Iterator[str]:
    """The names of slots that stand where another belongs: nothing around one tells of its matter, but of another's;
    two would each be better off in the other's place; or what is told around one has changed places with what is
    not."""
    around = _contexts([sentence])
    meant = _contexts(notes)
    kept = {(name, other): _shared(words, meant[other]) for name, words in around.items() for other in meant}
    for name in around.keys() & meant.keys():
        others = [other for other in around if other in meant and other != name]
        alone = not kept[name, name] and any(kept[name, other] for other in others)
        changed = any(kept[name, name] + kept[other, other] < kept[name, other] + kept[other, name] for other in others)
        crossed = _crossed(around[name], _rest([sentence], around[name]), meant[name], _rest(notes, meant[name]))
        if (alone and _telling(meant[name])) or changed or crossed:
            yield name


def _crossed(around: Words, elsewhere: Words, meant: Words, apart: Words) -> bool:
    """17个单位公开了决算，其余公开预算, told the other way."""
    if "，" not in f"{meant.text}{apart.text}":
        return False  # of one clause, which may be told in any order
    gained = [word for word in _telling(around) if not covers(meant, word) and covers(apart, word)]
    lost = [word for word in _telling(meant) if not covers(around, word) and covers(elsewhere, word)]
    return bool(gained and lost)


def _rest(texts: Sequence[str], part: Words) -> Words:
    """The words of texts without those of one part."""
    whole = spelled_out("，".join(texts))
    for piece in filter(None, part.text.split("　")):
        whole = whole.replace(piece, "　", 1)
    return words_of(SLOT.sub("　", whole))


def _contexts(texts: Sequence[str]) -> dict[str, Words]:
    """The words around each slot of texts."""
    found = {}
    for text in texts:
        for statement in _STATEMENT.findall(spelled_out(text)):
            found.update({name: words_of(SLOT.sub("　", part)) for name, part in _parts(statement)})
    return found


def _parts(statement: str) -> Iterator[tuple[str, str]]:
    """(slot, the words that it belongs to): from the slot or the comma before it to the next; where nothing is told
    there, what is told before; of 甲、乙分别〓、〓 each its own."""
    head, *behind = _RESPECTIVELY.split(statement, maxsplit=1)
    listed = _AND.split(_BEFORE_LIST.sub("", head)) if behind else []
    slots = list(SLOT.finditer(behind[0])) if behind else []
    if slots and len(slots) == len(listed):
        yield from ((found[1], item) for found, item in zip(slots, listed, strict=True))
        statement = head
    at = 0
    places = list(SLOT.finditer(statement))
    for found, follower in zip_longest(places, places[1:]):
        before = statement[at : found.start()]
        near = _PART.split(before)[-1]
        after = _PART.split(statement[found.end() : follower.start() if follower else None], maxsplit=1)[0]
        yield found[1], f"{near if _telling(words_of(near + after)) else before}　{after}"
        at = found.end()


def _telling(words: Words) -> list[str]:
    return [word for word in words.telling if not is_light(word)]


def _shared(words: Words, other: Words) -> int:
    return sum(covers(other, word) for word in _telling(words))
