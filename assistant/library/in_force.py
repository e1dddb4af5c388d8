"""The official text before the digest: once a regulation itself is in the library, its digest finds and is not cited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.library.documents import Passage
from assistant.library.regulation import core_title, is_digest
from assistant.library.store import Library

__all__ = ["laws", "official", "superseded"]


def superseded(library: Library) -> dict[int, int]:
    """Digests whose regulation is here itself: document of the digest → document of the official text."""
    titles = [(id, title) for id, _, _, title in library.catalog.titles("regulation")]
    texts = {core_title(title): id for id, title in titles if not is_digest(title)}
    return {id: texts[core_title(title)] for id, title in titles if is_digest(title) and core_title(title) in texts}


def laws(library: Library) -> dict[int, str]:
    """The regulations that may be cited: document → title."""
    hidden = superseded(library)
    return {id: title for id, _, _, title in library.catalog.titles("regulation") if id not in hidden}


def official(
    passages: Sequence[Passage], hidden: Mapping[int, int], library: Library
) -> tuple[list[Passage], dict[int, str]]:
    """Passages with the digest's articles replaced by the official ones, each once, in the same order.

    The second value is what the digest says of an official passage, by its id: everyday words that lead to it. Parts of a
    digest that are no article of the regulation (an appendix) stay.
    """
    told: dict[int, str] = {}
    kept: dict[int, Passage] = {}
    for passage in passages:
        text = hidden.get(passage.document)
        if text is None or passage.article is None:
            kept.setdefault(passage.id, passage)
            continue
        for article in library.catalog.article(passage.article, text):
            told[article.id] = f"{passage.heading} {passage.text}"
            kept.setdefault(article.id, article)
    return list(kept.values()), told
