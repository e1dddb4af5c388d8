"""The program with a real small model, as an office has one: what it carries, what it is refused for, and how long it
takes.

    OPENAI_BASE_URL=http://127.0.0.1:8199/v1 OPENAI_API_KEY=local ASSISTANT_LLM=openai:local \\
        python -m evals.real_model drafts [PART …] [--log FILE]
        python -m evals.real_model answers [HOW MANY] [--log FILE]
        python -m evals.real_model plans [HOW MANY] [--log FILE]

``drafts`` writes two whole reports (see ``real_model_drafts``; PART: only these parts), ``answers`` asks questions of
the set (see ``real_model_answers``), ``plans`` has it understand them (see ``real_model_plans``). What was measured
stands in ``real_model.json`` afterwards (of ``drafts``, of a whole run); ``--log`` keeps every question and answer of
the model, one JSON object a line. Takes minutes to an hour: no part of ``assistant eval``.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.llm.model import Model, open_model
from evals import real_model_answers, real_model_drafts, real_model_plans
from evals.real_model_calls import Calls

RESULTS = Path(__file__).parent / "real_model.json"
_WORDS = ("sentences", "references", "refusals", "notices", "answer", "cited", "why")
Measure = Callable[[Model, Calls, list[str]], dict[str, Any]]
WAYS: dict[str, Measure] = {
    "drafts": real_model_drafts.measure,
    "answers": real_model_answers.measure,
    "plans": real_model_plans.measure,
}


def main(arguments: list[str]) -> int:
    """0 when what was asked for ran to its end, 2 for a wrong call or no model."""
    log = Path(arguments[arguments.index("--log") + 1]) if "--log" in arguments[:-1] else None
    words = [word for word in arguments if not word.startswith("--") and word != str(log)]
    if not words or words[0] not in WAYS:
        print(f"请写 {' 或 '.join(WAYS)}", file=sys.stderr)
        return 2
    try:
        model = open_model()
    except AssistantError as error:
        print(error, file=sys.stderr)
        return 2
    if model is None:
        print("没有设置模型：见本模块开头。", file=sys.stderr)
        return 2
    calls = Calls(log)
    model.chat.callbacks = [calls]
    found = WAYS[words[0]](model, calls, words[1:])
    measured = {"date": f"{date.today():%Y-%m-%d}", "model": calls.model or model.name} | found
    print(json.dumps(measured, ensure_ascii=False, indent=1))
    if words[0] != "drafts" or not words[1:]:
        held = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        held[words[0]] = _without_words(measured)
        RESULTS.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def _without_words(measured: Any) -> Any:
    """What is kept: what a model wrote and was refused for may be words of published reports."""
    if isinstance(measured, dict):
        return {name: _without_words(value) for name, value in measured.items() if name not in _WORDS}
    return [_without_words(one) for one in measured] if isinstance(measured, list) else measured


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
