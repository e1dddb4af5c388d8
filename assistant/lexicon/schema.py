"""What the lexicon holds: entries of words, one schema for all of them, read from ``data/*.toml`` when first asked
for."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Literal

import tomli
from pydantic import BaseModel, ConfigDict

from assistant.patterns import regex, with_han

__all__ = ["Entry", "alternation", "entries", "entry", "files", "table"]

_FOLDER = Path(__file__).parent / "data"
# A count of repetitions has digits: {0,8}.
_FRAGMENT = regex(r"\{(?:(?P<file>[a-z_]+):)?(?P<id>[a-z][a-z_.]*)\}")


class Entry(BaseModel):
    """Words that mean one thing. ``words`` are plain, each as it stands in a text; ``pattern`` are regular expressions,
    only where words do not do. ``{name}`` in a pattern stands for one of the file's ``[fragments]``, else for the words
    of another of its entries; ``{questions:sum_asked}`` for those of an entry of another file.

    ``asked`` and ``asked_pattern`` are how people say it in questions, beside how reports do. ``means`` are metric ids,
    parts of them, or what the file's own head says, likeliest first. ``examples`` are texts in which this entry is
    found, ``counterexamples`` texts in which it is not, though a reader might think so; ``assistant lexicon --check``
    and the tests try them all.

    Of wrong or outdated wording: ``instead`` is what would be right, ``why`` says so to the reader, ``since`` is the
    first report year in which it is wrong, ``unless`` are words of the same sentence that make it right, ``key`` is a
    string that stands in whatever matches, ``names`` says that it is looked for in 《》, too.

    Of rates: ``of`` is what a rate is of, ``parts`` its possible numerators, ``wholes`` its possible denominators, each
    a sum of metrics. ``rank`` orders what is looked for anywhere in a question; the highest is taken.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: str = ""
    means: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    pattern: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    asked_pattern: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counterexamples: tuple[str, ...] = ()
    instead: str = ""
    why: str = ""
    since: int = 0
    unless: str = ""
    key: str = ""
    names: bool = False
    severity: Literal["error", "warning", "info"] | None = None
    of: str = ""
    parts: tuple[tuple[str, ...], ...] = ()
    wholes: tuple[tuple[str, ...], ...] = ()
    rank: int = 0

    @property
    def says(self) -> str:
        """What it means most likely."""
        return self.means[0] if self.means else ""


@cache
def table(name: str) -> dict[str, Any]:
    """The file ``<name>.toml`` as it stands, its patterns as ``re`` knows them."""
    return tomli.loads(with_han((_FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


@cache
def entries(name: str) -> tuple[Entry, ...]:
    """The entries of a file, fragments put in."""
    return tuple(Entry(**_filled(name, fields)) for fields in table(name)["entry"])


@cache
def entry(name: str, id: str) -> Entry:
    """One entry of a file, read by itself: the others may be built of it, and who asks for one does not pay for all.

    Raises:
        KeyError: the file has no entry of that id.
    """
    fields = next((each for each in table(name)["entry"] if each["id"] == id), None)
    if fields is None:
        raise KeyError(f"{name}.toml has no fragment or entry {id}")
    return Entry(**_filled(name, fields))


def alternation(*several: Entry) -> str:
    """A pattern, without a group around it, that finds any of the words and patterns of reports."""
    words = sorted({word for each in several for word in each.words}, key=lambda word: (-len(word), word))
    return "|".join((*map(re.escape, words), *(pattern for each in several for pattern in each.pattern)))


def files() -> tuple[str, ...]:
    """The names of the files that hold entries."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml") if "entry" in table(path.stem)))


def _filled(name: str, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an entry with what its patterns are built of put in."""

    def put_in(found: re.Match[str]) -> str:
        file, id = found["file"] or name, found["id"]
        fragment = table(file).get("fragments", {}).get(id)
        return f"(?:{fragment or alternation(entry(file, id))})"

    patterns = {
        key: tuple(_FRAGMENT.sub(put_in, one) if "{" in one else one for one in fields[key])
        for key in ("pattern", "asked_pattern")
        if key in fields
    }
    return fields | patterns
