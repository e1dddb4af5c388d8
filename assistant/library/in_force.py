"""The official text before the digest: once a regulation itself is in the library, its digest finds and is not cited.

How people ask for an article (问法) only ever finds: a question is nearer to a question than to the words of the law.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.library.documents import Passage
from assistant.library.regulation import core_title, is_digest, lists_questions
from assistant.library.store import Library

__all__ = ["laws", "official", "superseded"]


def superseded(library: Library) -> dict[int, int]:
    """What only leads to a text that is cited: document → document of the official text, or of the digest where that is all.

    A list of questions without either leads to 0, which is no document.
    """
    titles = [(id, title) for id, _, _, title in library.catalog.titles("regulation")]
    digests = {core_title(title): id for id, title in titles if is_digest(title)}
    texts = {core_title(title): id for id, title in titles if not (is_digest(title) or lists_questions(title))}
    cited = digests | texts
    return {
        id: cited.get(core_title(title), 0)
        for id, title in titles
        if lists_questions(title) or (is_digest(title) and core_title(title) in texts)
    }


def laws(library: Library) -> dict[int, str]:
    """The regulations that may be cited: document → title."""
    hidden = superseded(library)
    return {id: title for id, _, _, title in library.catalog.titles("regulation") if id not in hidden}


def official(
    passages: Sequence[Passage], hidden: Mapping[int, int], library: Library
) -> tuple[list[Passage], dict[int, list[Passage]]]:
    """Passages with the articles of what only leads to them replaced by those that are cited, each once, in the same order.

    The second value is what led to a passage, by its id: the digest's and people's everyday words. Parts of a digest that
    are no article of the regulation (an appendix) stay.
    """
    told: dict[int, list[Passage]] = {}
    kept: dict[int, Passage] = {}
    for passage in passages:
        text = hidden.get(passage.document)
        if text is None or passage.article is None:
            kept.setdefault(passage.id, passage)
            continue
        for article in library.catalog.article(passage.article, text):
            told.setdefault(article.id, []).append(passage)
            kept.setdefault(article.id, article)
    return list(kept.values()), told
