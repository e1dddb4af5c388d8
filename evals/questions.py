"""Scoring answers on ``questions.jsonl``: are the figures exact, the citations right, and is what is not known said so.

A case: ``question``; ``route`` and ``abstained`` as expected; ``says`` (strings that the answer must contain) and
``not_says``; ``cites`` (“unit year where” or, for the regulation, “title where”; each must open one of the citations).
``needs: shared`` marks cases over the real reports beside the checkout. No model is used.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant.asking import Answer, Citation, answer
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.search import FusedSearch, open_search
from assistant.resources import folder

__all__ = ["Result", "cases", "run", "score"]

TODAY = date(2025, 11, 1)  # 去年 is 2024, whenever this runs
_SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "reports"
_IN_CORPUS = "咸安区"  # stands in the corpus too, retold; its real file would take its place


@dataclass
class Result:
    """Scores from 0 to 1 by name, how many cases were run, and a line for each miss."""

    scores: dict[str, float]
    run: int
    misses: list[str] = field(default_factory=list)


def cases() -> list[dict[str, Any]]:
    """All cases of the set."""
    text = (folder("evals") / "questions.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def run() -> tuple[dict[str, float], list[str]]:
    """Scores by name over the shipped corpus, and over the shared reports where they are there; and the misses."""
    result = score()
    return {f"questions.{name}": value for name, value in result.scores.items()}, result.misses


def score(*, vectors: bool = True) -> Result:
    """Ingest the corpus into a temporary library and ask everything."""
    marks: dict[str, list[bool]] = {}
    result = Result({}, 0)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place, Library(place, create=True) as library:
        ingest([folder("corpus") / name for name in ("reports", "regulation")], library, vectors=vectors)
        _ask_all([case for case in cases() if "needs" not in case], library, marks, result)
        if _SHARED.is_dir():
            files = [file for file in sorted(_SHARED.glob("*.txt")) if not file.name.startswith(_IN_CORPUS)]
            ingest(files, library, vectors=vectors)
            _ask_all([case for case in cases() if case.get("needs") == "shared"], library, marks, result)
    result.scores = {name: round(sum(hits) / len(hits), 4) for name, hits in marks.items()}
    return result


def _ask_all(asked: list[dict[str, Any]], library: Library, marks: dict[str, list[bool]], result: Result) -> None:
    search = open_search(library)
    for case in asked:
        given = answer(case["question"], library, today=TODAY, search=search)
        result.run += 1
        for name, hit in _marks(case, given, search).items():
            marks.setdefault(name, []).append(hit)
            if not hit:
                said = given.answer.replace("\n", " ")[:120]
                result.misses.append(f"{case['id']} {name}：{case['question']} → {said}")


def _marks(case: dict[str, Any], given: Answer, search: FusedSearch) -> dict[str, bool]:
    says = all(words in given.answer for words in case["says"])
    silent = all(words not in given.answer for words in case.get("not_says", ()))
    if case["abstained"]:
        return {"abstains_when_it_must": given.abstained, "says_what_is_held": says and silent}
    marks = {
        "answers_when_it_can": not given.abstained,
        "figures_exact": says and silent,
        "cited_right": all(any(_name(c).startswith(wanted) for c in given.citations) for wanted in case["cites"]),
        "route": given.route == case["route"],
    }
    if case["route"] == "passages":
        marks["recall_at_5"] = _found(case, search)
    return marks


def _found(case: dict[str, Any], search: FusedSearch) -> bool:
    """Whether search alone has a passage to be cited among its first five, with no help from unit and year."""
    passages = search(case["question"], 5)
    names = [f"{p.unit} {p.year} {p.place}" if p.unit else _law(p.place) for p in passages]
    return any(name.startswith(wanted) for name in names for wanted in case["cites"])


def _name(citation: Citation) -> str:
    return f"{citation.unit} {citation.year} {citation.where}" if citation.unit else _law(citation.where)


def _law(place: str) -> str:
    """《中华人民共和国政府信息公开条例（要点）》第三十三条 → 政府信息公开条例 第三十三条."""
    title, _, article = place.removeprefix("《").partition("》")
    return f"{title.removeprefix('中华人民共和国').removesuffix('（要点）')} {article}"
