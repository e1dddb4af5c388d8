"""Asking everything in ``questions.jsonl``: scores, what was missed, and search beside a plain baseline. No model.

A case: ``question``, or ``turns`` of a conversation of which the last is scored; ``kind``; ``abstained`` and ``route``
as expected; ``says`` and ``not_says``; ``cites`` (“unit year where”, or for the regulation “title where”: each must
open a citation) and ``passages`` (see ``questions_evidence``). In ``says`` and ``cites`` a list is of alternatives.
``library``: corpus (default), published (the corpus and the real reports beside the checkout), injected (one report
full of orders to whoever reads it).

    python -m evals.questions [--search both|words|vectors]
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, cast

from assistant.asking import Answer, answer
from assistant.asking.conversation.chat import chat
from assistant.library import Library
from assistant.library.documents import catalog_path
from assistant.library.embeddings import unavailable_reason
from assistant.library.ingest import ingest
from assistant.library.search import FusedSearch, open_search
from assistant.resources import folder
from evals.plain_baseline import PlainBaseline
from evals.questions_evidence import SHARED, evidence_of, recall, reciprocal_rank
from evals.questions_marks import marks_of, quotes
from evals.questions_retrieval import WAYS, Recorder, excerpts, measure, searches

__all__ = ["Result", "cases", "run", "score"]

TODAY = date(2025, 11, 23)  # 去年 is 2024, whenever this runs
LIBRARIES = ("corpus", "published", "injected")


@dataclass
class Result:
    """Marks from 0 to 1: of answers by score, with the kind of the case, of search by way and score; misses,
    notices."""

    marks: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    retrieval: dict[str, list[float]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def scores(self) -> dict[str, float]:
        """Means by name."""
        means = {name: sum(mark for _, mark in marks) / len(marks) for name, marks in self.marks.items()}
        return means | {f"search.{name}": sum(marks) / len(marks) for name, marks in self.retrieval.items()}


def cases() -> list[dict[str, Any]]:
    """All cases of the set, ``library`` filled in."""
    text = (folder("evals") / "questions.jsonl").read_text(encoding="utf-8")
    return [{"library": "corpus"} | json.loads(line) for line in text.splitlines()]


def run() -> tuple[dict[str, float], list[str]]:
    """Scores by name over the shipped corpus, and over the shared reports where they are there; and the misses."""
    result = score()
    return {f"questions.{name}": value for name, value in result.scores.items()}, result.notices + result.misses


def score(search: str = "both") -> Result:
    """Ask everything, with search by one of ``WAYS``; then measure every way of searching on the same cases."""
    result, embeds = Result(), not unavailable_reason()
    baseline = PlainBaseline() if embeds else None
    if baseline is None:
        result.notices.append(f"{unavailable_reason()}：没有向量检索和对照基线的分数。")
    ways = list(WAYS) if embeds else ["words"]
    with _library() as library, _library() as injected:
        for name in LIBRARIES:
            files = _files(name)
            asked = [case for case in cases() if case["library"] == name]
            if not files:
                result.notices.append(
                    f"旁边没有 {SHARED.parent.name}/{SHARED.name}，{len(asked)}道公开报告的题没有问。"
                )
                continue
            held = injected if name == "injected" else library
            _put_in(files, held)
            ingest(files, held, vectors=embeds)
            _ask_all(asked, held, search if embeds else "words", result)
            if name == "injected":
                continue  # one report: whatever is searched is found
            with searches(held, ways) as compared:
                if baseline:
                    # How people ask is this program's own help; most people have no such list.
                    baseline.add([file for file in files if "问法" not in file.stem])
                    compared["baseline"] = baseline
                measure(asked, compared, result.retrieval)
    return result


def _put_in(files: list[Path], library: Library) -> None:
    """Catalogue files; where another of their unit and year stands (a retold sample of a published report), they are
    preferred: the questions are about them."""
    ingest(files, library, vectors=False)
    for aside in library.catalog.set_aside():
        if aside.path in {catalog_path(file) for file in files}:
            library.prefer(aside.path)


@contextmanager
def _library() -> Iterator[Library]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place, Library(place, create=True) as library:
        yield library


def _files(name: str) -> list[Path]:
    """The files a library adds to the one before it."""
    if name == "corpus":
        return [file for part in ("reports", "regulation") for file in sorted((folder("corpus") / part).iterdir())]
    if name == "injected":
        return sorted((folder("evals") / "questions_injected").iterdir())
    return sorted(SHARED.glob("*.txt"))


def _ask_all(asked: list[dict[str, Any]], library: Library, way: str, result: Result) -> None:
    with open_search(library, WAYS[way]) as search:
        for case in asked:
            recorder = Recorder(search)
            try:
                given = _answer(case, library, cast("FusedSearch", recorder))
            except Exception as error:  # whatever it is, the other cases are still to be asked
                result.marks.setdefault("no_exception", []).append((case["kind"], 0))
                result.misses.append(f"{case['kind']}　{case['id']} 出错：{_asked(case)} → {error!r}")
                continue
            marks = {"no_exception": 1.0} | marks_of(case, given, library)
            evidence = evidence_of(case)
            if evidence and "turns" not in case:
                # Without a search the answer stands on what it cites.
                found = excerpts(recorder.found, library) or quotes(given, library)
                marks |= {"recall_at_5": recall(found, evidence), "mrr": reciprocal_rank(found, evidence)}
            _keep(case, given, marks, result)


def _answer(case: dict[str, Any], library: Library, search: FusedSearch) -> Answer:
    if "turns" in case:
        return list(chat(case["turns"], library, today=TODAY))[-1]
    return answer(case["question"], library, today=TODAY, search=search)


def _keep(case: dict[str, Any], given: Answer, marks: dict[str, float], result: Result) -> None:
    for name, mark in marks.items():
        result.marks.setdefault(name, []).append((case["kind"], float(mark)))
    failed = [name for name, mark in marks.items() if mark < 1 and name != "mrr"]
    if failed:
        said = given.answer.replace("\n", " ")[:120]
        result.misses.append(f"{case['kind']}　{case['id']} {'、'.join(failed)}：{_asked(case)} → {said}")


def _asked(case: dict[str, Any]) -> str:
    return case["question"] if "question" in case else " / ".join(case["turns"])


def main(arguments: list[str]) -> int:
    """Print notices, misses by kind, scores by kind and in all; 2 for a way of searching that is not there."""
    way = arguments[arguments.index("--search") + 1] if "--search" in arguments[:-1] else "both"
    if way not in WAYS:
        print(f"没有检索方式“{way}”；可选：{'、'.join(WAYS)}", file=sys.stderr)
        return 2
    result = score(way)
    print("\n".join([*result.notices, *sorted(result.misses)]))
    for name, marks in result.marks.items():
        parts: dict[str, list[float]] = {}
        for kind, mark in marks:
            parts.setdefault(kind, []).append(mark)
        print(f"{name:<24}", "　".join(f"{kind} {sum(got):g}/{len(got)}" for kind, got in sorted(parts.items())))
    for name, value in (
        result.scores | {"abstains_when_it_should_not": 1 - result.scores["answers_when_it_can"]}
    ).items():
        print(f"{name:<36}{value:>8.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
