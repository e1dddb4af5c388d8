"""Entries of the word lists, and where they occur: what to find, what would be right, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from assistant.language.prose import Prose, prose
from assistant.lexicon.data import load
from assistant.patterns import regex
from assistant.report import Report
from assistant.rules.base import Hit, Severity, hit_on

__all__ = ["Entry", "entries", "entry", "entry_hits", "everywhere"]

_NAMES = regex(r"《[^《》]*(?:《[^《》]*》[^《》]*)?》")
_PLAIN = regex(r"[\w★☆]+")


class Entry(NamedTuple):
    """One entry. ``key`` is a string that stands wherever ``words`` can match: most texts are passed by after a look
    for it. ``since`` is the first report year in which the words are wrong; ``unless`` are words of the same sentence
    that make them right. Names in 《》 are other people's words and are left alone, unless ``names`` is set."""

    words: re.Pattern[str]
    key: str
    instead: str
    why: str
    since: int
    unless: re.Pattern[str] | None
    severity: Severity | None
    names: bool

    def found_in(self, text: str) -> Iterator[re.Match[str]]:
        """Where the words stand in a text that has the key."""
        for found in self.words.finditer(text):
            if self.names or not any(each.start() <= found.start() < each.end() for each in _NAMES.finditer(text)):
                yield found


@cache
def entries(name: str, table: str) -> tuple[Entry, ...]:
    """The entries ``[[table]]`` of the data file ``name``."""
    return tuple(entry(**fields) for fields in load(name)[table])


def entry(
    words: str,
    why: str,
    instead: str = "",
    key: str = "",
    since: int = 0,
    unless: str = "",
    severity: Severity | None = None,
    names: bool = False,
) -> Entry:
    """One entry; plain words are their own key."""
    literal = words if _PLAIN.fullmatch(words) else ""
    right = regex(unless) if unless else None
    return Entry(regex(words), key or literal, instead, why, since, right, severity, names)


def everywhere(report: Report) -> Iterator[Prose]:
    """All prose of a report in reading order: preamble, sections, and what stands at its end."""
    yield from prose(report)
    yield from (Prose("落款", "closing", paragraph) for paragraph in report.closing)


def entry_hits(report: Report, listed: tuple[Entry, ...], message: str) -> Iterator[Hit]:
    """A hit for each place of an entry; ``message`` may name ``{found}``, ``{why}`` and ``{instead}``."""
    year = report.year or max(each.since for each in listed)
    paragraphs = list(everywhere(report))
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    current = [each for each in listed if each.since <= year and each.key in whole]  # most are nowhere in a report
    for paragraph in paragraphs:
        text = paragraph.text
        for each in (each for each in current if each.key in text):
            for found in each.found_in(text):
                if each.unless and each.unless.search(paragraph.sentence_at(found.start())):
                    continue
                words = message.format(found=found.group(), why=each.why, instead=each.instead)
                yield hit_on(found, paragraph, words, each.instead)._replace(severity=each.severity)
