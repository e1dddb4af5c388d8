"""Search over the questions about text: recall and rank, by words alone, by vectors alone, both, and a plain
baseline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from assistant.library import Library, Passage
from assistant.library.search import FUSED, LEXICAL, VECTORS, FusedSearch, open_search
from evals.questions_evidence import FIRST, Excerpt, Retrieve, evidence_of, recall, reciprocal_rank

__all__ = ["WAYS", "Recorder", "excerpts", "measure", "searches"]

WAYS = {"both": FUSED, "words": LEXICAL, "vectors": VECTORS}  # both is what users have


class Recorder:
    """A search that remembers what it found last: which passages an answer was written from."""

    def __init__(self, search: FusedSearch) -> None:
        self._search = search
        self.found: list[Passage] = []

    def __call__(self, *given: Any, **more: Any) -> list[Passage]:
        self.found = self._search(*given, **more)
        return self.found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._search, name)


def excerpts(passages: list[Passage], library: Library) -> list[Excerpt]:
    """Passages as excerpts of their files."""
    files = {document.id: Path(document.file).stem for document in library.documents()}
    return [Excerpt(files[passage.document], passage.text) for passage in passages]


@contextmanager
def searches(library: Library, ways: Iterable[str]) -> Iterator[dict[str, Retrieve]]:
    """A ``Retrieve`` for each of ``ways``: the question as it is, no help from unit and year."""

    def retrieve(search: FusedSearch) -> Retrieve:
        return lambda question: excerpts(search(question, FIRST), library)

    with ExitStack() as opened:
        yield {way: retrieve(opened.enter_context(open_search(library, WAYS[way]))) for way in ways}


def measure(asked: list[dict[str, Any]], ways: dict[str, Retrieve], marks: dict[str, list[float]]) -> None:
    """Add recall and reciprocal rank of every way over the cases with evidence; follow-ups do not stand alone."""
    for case in asked:
        evidence = evidence_of(case)
        if not evidence or "turns" in case:
            continue
        for way, retrieve in ways.items():
            found = retrieve(case["question"])
            marks.setdefault(f"{way}.recall_at_5", []).append(recall(found, evidence))
            marks.setdefault(f"{way}.mrr", []).append(reciprocal_rank(found, evidence))
