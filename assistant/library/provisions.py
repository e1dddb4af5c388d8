"""Articles taken apart as lawyers cite them, 条, 款 (paragraphs), 项 (items); and references to them in questions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.numerals import CHINESE, parse, write
from assistant.lexicon import phrase

__all__ = ["Provision", "Reference", "article_number", "provision_at", "provisions", "references", "split_items"]

_NUMBER = rf"(?:{CHINESE}|\d{{1,3}})"


@dataclass(frozen=True, slots=True)
class Reference:
    """What a question names: 第二十条第五项 is article 20, item 5."""

    article: int
    paragraph: int | None = None
    item: int | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """One paragraph (``item`` None: with its items) or one item of an article. ``cited`` is 第二款第（三）项, empty for
    an article that is one paragraph."""

    paragraph: int
    item: int | None
    cited: str
    text: str


def article_number(written: str) -> int | None:
    """三十三 → 33, 33 → 33."""
    numeral = parse(written)
    return int(numeral.value) if numeral else None


def references(text: str) -> tuple[Reference, ...]:
    """The provisions that a question names by number, each once: 第三十三条第二款, 33条第2款, 《条例》33条."""
    return tuple(dict.fromkeys(_references(text)))


def _references(text: str) -> Iterator[Reference]:
    before, after = phrase("cited", "before_bare_number"), phrase("cited", "behind_bare_number")
    for found in phrase("cited", "reference").finditer(text):
        marked = found["mark"] or found["paragraph"] or found["item"]
        alone = before.search(text[: found.start()]) or (
            not text[: found.start()].strip() and after.search(text[found.end() :].strip())
        )
        number = article_number(found["article"])
        if number and (marked or alone):
            yield Reference(
                number, *(article_number(found[part]) if found[part] else None for part in ("paragraph", "item"))
            )


def split_items(text: str) -> list[str]:
    """The lines of an article's text, items that stand on one line each on its own."""
    return [
        part.strip()
        for line in text.splitlines()
        for part in phrase("cited", "item_inline").split(line)
        if part.strip()
    ]


def provisions(text: str, *, digest: bool = False) -> tuple[Provision, ...]:
    """The paragraphs and items of an article's ``text``, in order: a paragraph (with its items), then each of them."""
    groups: list[tuple[str, list[tuple[int, str]]]] = []
    for line in split_items(text):
        found = phrase("cited", "item").match(line)
        number = article_number(found["named"] or found["listed"]) if found else None
        if number and groups:
            groups[-1][1].append((number, line))
        else:
            groups.append((line, []))
    return tuple(_cited(groups, digest))


def _cited(groups: list[tuple[str, list[tuple[int, str]]]], digest: bool) -> Iterator[Provision]:
    several = len(groups) > 1 and not digest
    for paragraph, (lead, items) in enumerate(groups, start=1):
        name = f"第{write(paragraph)}款" if several else ""
        if not digest:
            yield Provision(paragraph, None, name, "\n".join((lead, *(line for _, line in items))))
        for number, line in items:
            yield Provision(paragraph, number, f"{name}第（{write(number)}）项", line)


def provision_at(text: str, quote: str) -> str:
    """How the part of an article that holds ``quote`` is cited (第二款, 第（三）项); empty when it spans several."""
    holding = [provision for provision in provisions(text) if _squeezed(quote) in _squeezed(provision.text)]
    return holding[-1].cited if holding else ""  # the item comes after the paragraph that has it


def _squeezed(text: str) -> str:
    return "".join(text.split())
