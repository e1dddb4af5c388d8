"""How well a model's sentences are proven, without a model.

``proof_sentences.jsonl`` has sentences with the passages of the shipped corpus that they cite: ``条例32`` is an
article, ``清源区2024：依申请公开`` what stands under the headings that hold the words. False ones must be refused: each
turns one thing of its source round (unit, year, what a figure counts, who, 应当 or 可以, whether at all). Good ones, in
words of their own, must pass. ``tricky`` ones are by somebody who had not read the proof, to get past it: at first
sight 3 of 50 false ones passed, and 22 of 30 good ones did not. ``fresh`` ones are by another who had not read it,
as a model would write: at first sight 6 of 60 false ones passed, and 35 of 80 good ones did not; every third one is
kept: it is scored by itself (``fresh_kept``) and never printed.

    python -m evals.proof
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.asking.passages.proof import Source, WrittenAnswer
from assistant.library import Library, Passage
from assistant.library.ingest import ingest
from assistant.library.regulation import citable_regulations
from assistant.patterns import regex
from assistant.resources import folder

SENTENCES = Path(__file__).parent / "proof_sentences.jsonl"
_KEPT = "_kept"
_CITED = regex(r"(?:条例(?P<article>\d+)|(?P<unit>\D+)(?P<year>\d{4})：(?P<heading>.+))")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One sentence with what the proof made of it; ``fault`` is empty where it passed."""

    id: str
    good: bool
    text: str
    fault: str
    set: str = ""

    @property
    def right(self) -> bool:
        return self.good == (not self.fault)


def run() -> tuple[dict[str, float], list[str]]:
    """Scores by name, and the misses as text."""
    found = list(outcomes())
    scores = {}
    for name in dict.fromkeys(one.set for one in found):
        for good, what in ((False, "false_refused"), (True, "good_accepted")):
            asked = [one.right for one in found if one.good == good and one.set == name]
            scores[".".join(filter(None, ("proof", name, what)))] = sum(asked) / len(asked)
    missed = [one for one in found if not one.right and not one.set.endswith(_KEPT)]
    return scores, [f"{one.id} {one.text} {one.fault or '（通过了）'}" for one in missed]


def outcomes(path: Path = SENTENCES) -> Iterator[Outcome]:
    """What the proof makes of each sentence of a file."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place, Library(place, create=True) as library:
        ingest([folder("corpus") / name for name in ("reports", "regulation")], library, vectors=False)
        units = tuple(library.units())
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            sources = {f"p{n}": _source(library, cited) for n, cited in enumerate(case["sources"], start=1)}
            fault = _fault(case, sources, units)
            yield Outcome(case["id"], case["good"], case["text"], fault, case.get("set", ""))


def _fault(case: dict[str, Any], sources: dict[str, Source], units: tuple[str, ...]) -> str:
    written = {"answerable": True, "sentences": [{"text": case["text"], "sources": list(sources)}]}
    try:
        WrittenAnswer.model_validate(written, context={"passages": sources, "question": "", "units": units})
    except ValidationError as error:
        return error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
    return ""


def _source(library: Library, cited: str) -> Source:
    """The passages that are meant, joined.

    Raises:
        ValueError: there are none.
    """
    named = _CITED.fullmatch(cited)
    passages = (
        list(_passages(library, named["article"], named["unit"], named["year"], named["heading"])) if named else []
    )
    if not passages:
        raise ValueError(f"语料中没有“{cited}”")
    first = passages[0]
    return Source(first.unit, first.year, first.heading, "\n".join(one.text for one in passages))


def _passages(library: Library, article: str, unit: str, year: str, heading: str) -> Iterator[Passage]:
    if article:
        for document in citable_regulations(library):
            yield from library.catalog.article(int(article), document)
        return
    for document, name, held, _ in library.catalog.titles("report"):
        if unit in name and held == int(year):
            yield from (one for one in library.catalog.passages_of(document) if heading in one.heading)


if __name__ == "__main__":
    told, missed = run()
    print({name: round(score, 3) for name, score in told.items()})
    print(*missed, sep="\n")
    sys.exit(told["proof.false_refused"] < 1)
