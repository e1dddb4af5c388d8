"""Words that say the same in this field, whoever uses them: who asks says 交, the regulation 提交."""

from __future__ import annotations

from functools import cache

from assistant.lexicon.schema import entries

__all__ = ["same_meaning"]


@cache
def _meanings() -> dict[str, frozenset[str]]:
    together: dict[str, set[str]] = {}
    for group in entries("synonyms"):
        for word in group.words:
            together.setdefault(word, set()).update(group.words)
    return {word: frozenset(group - {word}) for word, group in together.items()}


def same_meaning(word: str) -> frozenset[str]:
    """The words that say the same as ``word`` in this field, without itself; none for most words."""
    return _meanings().get(word, frozenset())
