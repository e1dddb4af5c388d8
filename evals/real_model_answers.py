"""Questions about text and the regulation, answered by the model from what search found.

The questions are the first by the hash of their id: nobody chose them. What an answer says is held against what it
cites by a reader of its own, not by the validators that let it pass.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import Any

from assistant.asking import Answer, answer
from assistant.language.numerals import CHINESE, parse
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.search import open_search
from assistant.llm.model import Model
from assistant.resources import folder
from evals.questions import TODAY, cases
from evals.questions_evidence import SHARED
from evals.questions_marks import marks_of
from evals.real_model_calls import Call, Calls, reasons

__all__ = ["measure", "not_cited"]

_CASES = 40
_KINDS = ("text", "regulation")
_NUMBER = re.compile(rf"\d+(?:\.\d+)?|{CHINESE}")
_POINT = re.compile("[一二三四五六七八九十]是(?=[^否])")  # 一是, 二是 tell points apart and are no figures
_NUMBERING = re.compile(r"^\d+\.\s", re.MULTILINE)
_SENT_BACK = re.compile(r"上一次的回答没有采用：(.*?)。\n请避免", re.DOTALL)


def measure(model: Model, calls: Calls, how_many: list[str]) -> dict[str, Any]:
    """Marks, ways and seconds of every answer, and the totals; Ctrl-C ends the asking, and what was measured so far
    counts."""
    chosen = sorted((case for case in cases() if case["kind"] in _KINDS), key=_drawn)
    chosen = chosen[: int(how_many[0]) if how_many else _CASES]
    answers: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place, Library(place, create=True) as library:
        files = [file for part in ("reports", "regulation") for file in sorted((folder("corpus") / part).iterdir())]
        ingest([*files, *sorted(SHARED.glob("*.txt"))], library)
        with open_search(library) as search, suppress(KeyboardInterrupt):
            for case in chosen:
                answers.append(_asked(case, library, search, model, calls))
                print(json.dumps(answers[-1], ensure_ascii=False), file=sys.stderr, flush=True)
    return _totals(answers)


def _drawn(case: dict[str, Any]) -> str:
    return hashlib.sha256(case["id"].encode()).hexdigest()


def _asked(case: dict[str, Any], library: Library, search: Any, model: Model, calls: Calls) -> dict[str, Any]:
    before, notices = len(calls.made), list[str]()
    begun = time.perf_counter()
    given = answer(case["question"], library, model, today=TODAY, search=search, say=notices.append)
    seconds = time.perf_counter() - begun
    made = calls.made[before:]
    marks = marks_of(case, given, library)
    sent_back = [found[1] for call in made if (found := _SENT_BACK.search(call.asked))]
    return {
        "id": case["id"], "question": case["question"], "way": _way(given, made, notices), "calls": len(made),
        "seconds": round(seconds, 1), "right": all(mark == 1 for mark in marks.values()),
        "wrong": [name for name, mark in marks.items() if mark < 1], "not_in_citations": list(not_cited(given)),
        "refusals": sent_back, "notices": notices, "answer": given.answer, "cited": [each.where for each in given.citations],
    }  # fmt: skip


def _way(given: Answer, made: list[Call], notices: list[str]) -> str:
    """How an answer came about: the model was not asked, it was refused, it failed, it said no, or its words stand."""
    if not made:
        return "without the model"
    if any("摘录" in notice for notice in notices):
        return "refused, quoted" if any("不合要求" in notice for notice in notices) else "unavailable, quoted"
    quoted = any(f"：“{citation.quote}”" in given.answer for citation in given.citations)
    return "said no, quoted" if quoted or given.abstained else "by the model"


def not_cited(given: Answer) -> Iterator[str]:
    """Numbers of an answer, and articles with their paragraphs, that stand in nothing it cites, in whichever
    numerals."""
    if given.abstained:
        return
    cited = "\n".join(f"{each.unit}{each.year}年{each.where}\n{each.quote}" for each in given.citations)
    held = {value for _, value in _numbers(cited)}
    yield from (text for text, value in _numbers(_NUMBERING.sub("", given.answer)) if value not in held)


def _numbers(text: str) -> Iterator[tuple[str, Decimal | None]]:
    """As written, and the value."""
    plain = _POINT.sub("", re.sub(r"(?<=\d)[,，](?=\d{3})", "", text))
    for found in _NUMBER.findall(plain):
        if found not in "一十百千万":  # 一致, 万一: words as often as numbers
            numeral = parse(found)
            yield found, numeral.value if numeral else None


def _totals(answers: list[dict[str, Any]]) -> dict[str, Any]:
    asked = [each for each in answers if each["calls"]]
    seconds = sorted(each["seconds"] for each in asked)
    return {
        "questions": len(answers),
        "ways": dict(Counter(each["way"] for each in answers)),
        "right": dict(Counter(each["way"] for each in answers if each["right"])),
        "figures_not_in_citations": sum(len(each["not_in_citations"]) for each in answers),
        "seconds_median": seconds[len(seconds) // 2] if seconds else 0,
        "seconds_longest": seconds[-1] if seconds else 0,
        "reasons": reasons(refusal for each in answers for refusal in each["refusals"]),
        # The words are printed as they come; kept they are not: they may be those of published reports.
        "answers": [{name: value for name, value in each.items() if name != "answer"} for each in answers],
    }
