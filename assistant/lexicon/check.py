"""Whether the lexicon keeps its word: every entry is found in its examples and not in its counter-examples, none is
swallowed by another (its examples would not find it), and no word is said of two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lexicon.match import Side, matcher
from assistant.lexicon.schema import Entry, alternation, entries, files

__all__ = ["MATCHED", "faults", "found_in"]

MATCHED = ("metrics",)
"""Files whose entries are matched as tokens, the longest first; the entries of others are looked for one by one."""


def faults() -> Iterator[str]:
    """What is wrong with the lexicon, in Chinese, with file and entry; nothing when all is well."""
    for name in files():
        known = entries(name)
        seen: set[str] = set()
        for each in known:
            if each.id in seen:
                yield f"{name}.toml {each.id}：有两个条目同用这个 id"
            seen.add(each.id)
            yield from _broken_examples(name, each)
        if name in MATCHED:
            yield from _said_twice(name, known)


def found_in(name: str, each: Entry, text: str) -> bool:
    """Whether an entry of the file ``name`` is found in ``text``, as reports say it or as questions do."""
    if name in MATCHED:
        return any(hit.entry.id == each.id for side in _sides(each) for hit in matcher(name, side).all(text))
    return bool(re.search(alternation(each), text, re.IGNORECASE if name == "orders" else 0))


def _sides(each: Entry) -> Iterator[Side]:
    if each.words or each.pattern:
        yield "reports"
    if each.asked or each.asked_pattern:
        yield "questions"


def _broken_examples(name: str, each: Entry) -> Iterator[str]:
    if not each.examples and (each.pattern or each.asked_pattern):
        yield f"{name}.toml {each.id}：有 pattern 而没有 examples，无从知道它对不对"
    for text in each.examples:
        if not found_in(name, each, text):
            yield f"{name}.toml {each.id}：在自己的例子“{text}”中没有找到"
    for text in each.counterexamples:
        if found_in(name, each, text):
            yield f"{name}.toml {each.id}：在反例“{text}”中找到了"


def _said_twice(name: str, known: tuple[Entry, ...]) -> Iterator[str]:
    for kind in ("words", "asked"):
        owner: dict[str, str] = {}
        for each in known:
            for word in getattr(each, kind):
                if owner.setdefault(word, each.id) != each.id:
                    yield f"{name}.toml {each.id}：“{word}”也在 {owner[word]} 中，分不清是哪一个"
