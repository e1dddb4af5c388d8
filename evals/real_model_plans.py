"""Questions that the model itself understands: is the plan valid, and is what the program makes of it right?

Every question goes to the model, also one that words alone would settle: first the questions of ``asked/plans.jsonl``,
which they do not, then figures asked for in ``asked/questions*.jsonl``, drawn by the hash of their words.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.asking import Answer
from assistant.asking.calculation.figure_answers import figure_answer
from assistant.asking.from_model import question_from_model
from assistant.asking.inquiry import Inquiry
from assistant.asking.passages.passage_answers import passage_answer
from assistant.asking.questions.question import parse_question
from assistant.errors import AssistantError
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.search import open_search
from assistant.llm.model import Model
from assistant.resources import folder
from evals.asked import TODAY, cases, judged
from evals.questions_evidence import SHARED
from evals.real_model_calls import Calls

__all__ = ["measure"]

_CASES = 24  # beside those of plans.jsonl
_PLANS = Path(__file__).parent / "asked" / "plans.jsonl"


def measure(model: Model, calls: Calls, how_many: list[str]) -> dict[str, Any]:
    """What became of every question, and the totals; Ctrl-C ends the asking, and what was measured so far counts."""
    hard = [json.loads(line) | {"gold_type": "R"} for line in _PLANS.read_text(encoding="utf-8").splitlines()]
    figures = [case for case in cases("questions") if case["gold_type"] == "R" and _numeric(case["gold"])]
    drawn = sorted(figures, key=lambda case: hashlib.sha256(case["question"].encode()).hexdigest())
    asked: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place, Library(place, create=True) as library:
        files = [file for part in ("reports", "regulation") for file in sorted((folder("corpus") / part).iterdir())]
        ingest([*files, *sorted(SHARED.glob("*.txt"))], library)
        with open_search(library) as search, suppress(KeyboardInterrupt):
            for kind, case in [
                *(("words do not settle it", one) for one in hard),
                *(("drawn", one) for one in drawn[: int(how_many[0]) if how_many else _CASES]),
            ]:
                held = library.units()
                question = parse_question(case["question"], held, TODAY)
                inquiry = Inquiry(question, library, held, model, lambda _: None, None, None, search, None, None)
                before, begun = len(calls.made), time.perf_counter()
                told: dict[str, Any] = {**_planned(inquiry, model, case)}
                told |= {"calls": len(calls.made) - before, "seconds": round(time.perf_counter() - begun, 1)}
                asked.append({"kind": kind, "question": case["question"]} | told)
                print(json.dumps(asked[-1], ensure_ascii=False), file=sys.stderr, flush=True)
    return {
        kind: {
            "questions": sum(one["kind"] == kind for one in asked),
            "outcomes": dict(Counter(one["outcome"] for one in asked if one["kind"] == kind)),
        }
        for kind in dict.fromkeys(one["kind"] for one in asked)
    } | {"asked": asked}


def _planned(inquiry: Inquiry, model: Model, case: dict[str, Any]) -> dict[str, str]:
    """Refused: it named what there is not, three times; left over: it says that words may narrow, and is not used."""
    try:
        question = question_from_model(inquiry, model)
    except AssistantError as error:
        return {"outcome": "refused", "why": error.what}
    if question is None:
        return {"outcome": "no plan"}
    if question.narrowing:
        return {"outcome": "left over"}
    planned = replace(inquiry, question=question)
    given: Answer = figure_answer(planned) if question.wants_figure else passage_answer(planned)
    return {"outcome": judged(case, given), "answer": " ".join(given.answer.split())[:160]}


def _numeric(gold: object) -> bool:
    return all(re.fullmatch(r"[\d.|%]+", str(one)) for one in (gold if isinstance(gold, list) else [gold]))
