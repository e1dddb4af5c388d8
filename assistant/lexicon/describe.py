"""What the lexicon holds of a word, told in Chinese: the entries that match, what they mean, and who uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.lexicon.check import MATCHED, faults
from assistant.lexicon.match import matcher
from assistant.lexicon.schema import Entry, alternation, entries, files, table
from assistant.text import printable

__all__ = ["checked", "described"]


def checked() -> tuple[str, bool]:
    """The result of trying all examples, and whether all is well."""
    found = list(faults())
    number = sum(len(entries(name)) for name in files())
    tried = sum(len(each.examples) + len(each.counterexamples) for name in files() for each in entries(name))
    told = f"{len(files())} 个文件，{number} 个条目，{tried} 个例子和反例：" + (
        f"{len(found)} 处不对" if found else "都对"
    )
    return "\n".join((*found, told)), not found


def described(text: str) -> str:
    """The entries that ``text``, a word or a sentence, is read by; else those that have it among their words."""
    told = ["\n".join(_lines(name, each, by)) for name, each, by in _matching(printable(text))]
    return "\n\n".join(told) or (
        f"词典里没有“{printable(text)}”。\n  怎么办：看 docs/adding.md，在 assistant/lexicon/data 里加一个条目。"
    )


def _matching(text: str) -> Iterator[tuple[str, Entry, str]]:
    for name in files():
        if name in MATCHED:
            hits: dict[str, tuple[Entry, list[str]]] = {}
            for side, how in (("reports", "报告"), ("questions", "提问")):
                for hit in matcher(name, "reports" if side == "reports" else "questions").all(text):
                    by = f"{how}中的“{text[hit.start : hit.end]}”"
                    hits.setdefault(hit.entry.id, (hit.entry, []))[1].append(by)
            yield from ((name, each, "、".join(by)) for each, by in hits.values())
        else:
            for each in entries(name):
                if text in each.words:
                    yield name, each, f"“{text}”"
                elif each.pattern and _tells(alternation(each), text):
                    yield name, each, f"“{text}”中的说法"


def _tells(pattern: str, text: str) -> bool:
    """Whether a pattern finds a text; one that finds as many characters of any sort tells nothing of it."""
    return bool(re.fullmatch(pattern, text)) and not re.fullmatch(pattern, "某" * len(text))


def _lines(name: str, each: Entry, by: str) -> Iterator[str]:
    yield f"{name}.toml　{each.id}　{each.kind}".rstrip()
    yield f"  见于　{by}"
    if each.means:
        yield f"  意思　{'，或者 '.join(each.means)}"
    if each.instead or each.why:
        yield f"  改为　{each.instead}　{each.why}".rstrip()
    yield f"  谁用　{table('used_by')[name]}"
    for label, texts in (("例　　", each.examples), ("不是　", each.counterexamples)):
        if texts:
            yield f"  {label}{'；'.join(texts)}"
