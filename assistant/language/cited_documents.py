"""Documents that a text cites, by number and by name, and what is known of them (``documents.toml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from assistant.lexicon import phrase
from assistant.lexicon.data import load

__all__ = ["Document", "Number", "document_numbers", "known_documents", "name_before", "number_of", "written"]

Number = tuple[str, int, int]
"""Who issued a document, its year and its serial number; 国令 has no year."""


class Document(NamedTuple):
    """A document of the state; ``since`` is the first report year in which citing it is wrong."""

    issuer: str
    serial: int
    title: str
    names: list[str]
    year: int = 0
    abbreviations: tuple[str, ...] | list[str] = ()
    since: int = 0
    instead: str = ""
    why: str = ""

    @property
    def number(self) -> Number:
        return self.issuer, self.year, self.serial

    def is_named(self, name: str) -> bool:
        # A notice about the regulation has the regulation's name inside its own.
        return any(words in name if self.year else name.endswith(words) for words in self.names)


@cache
def known_documents() -> tuple[Document, ...]:
    return tuple(Document(**entry) for entry in load("documents")["document"])


def document_numbers(text: str) -> Iterator[re.Match[str]]:
    """Where a text has the number of a document: 国办函〔2020〕109号."""
    return phrase("cited", "number").finditer(text) if "号" in text else iter(())


def number_of(found: re.Match[str]) -> Number:
    """What a match of ``document_numbers`` says."""
    if found["order"]:
        return "国令", 0, int(found["order"])
    return found["issuer"], int(found["year"]), int(found["serial"])


def written(number: Number) -> str:
    """A number as documents write it."""
    issuer, year, serial = number
    return f"{issuer}〔{year}〕{serial}号" if year else f"{issuer}第{serial}号"


def name_before(text: str) -> str:
    """The name in 《》 at the end of what stands before a number; names may hold names: 《关于印发《…格式》的通知》."""
    closing = phrase("cited", "name_before").search(text)
    depth = 0
    for place in range(closing.start() if closing else -1, -1, -1):
        depth += (text[place] == "》") - (text[place] == "《")
        if depth == 0:
            return text[place + 1 : closing.start()] if closing else ""
    return ""
