"""Questions that words alone do not settle, with the plan that a strong model would write: does the plan answer?

    python -m evals.asked_plans [--shared ../shared]

``asked/plans.jsonl``: ``plan`` is what the model is made to say (what it leaves out is empty), every string of ``gold``
stands in the answer (``a|b``: either). The figures are the program's: the plan has none but those of the question. Told
apart: questions that the grammar answers alone, and those that only the plan answers.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import date
from pathlib import Path

from pydantic import SecretStr

from assistant.asking import Answer, answer
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.search import open_search
from assistant.llm.model import open_model
from assistant.resources import folder
from assistant.settings import Settings
from evals.asked import judged
from evals.loopback import answering

__all__ = ["main"]

TODAY = date(2026, 12, 1)
_PLANS = Path(__file__).parent / "asked" / "plans.jsonl"
_EMPTY = {
    "类别": "数字", "单位": [], "年份": [], "指标": [], "减去": [], "占": [], "不含单位": [], "条件": "", "条件数": "",
    "运算": "数值", "查找": "", "条号": 0, "不明白": [],
}  # fmt: skip


def main() -> int:
    """Exit code 1 where a plan does not answer."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    shared = parser.parse_args().shared
    reports = sorted((shared / "reports").glob("*.txt"))
    if not reports:
        sys.exit("旁边没有 ../shared/reports，问的是那里的报告，不能运行。")
    cases = [json.loads(line) for line in _PLANS.read_text(encoding="utf-8").splitlines()]
    alone = right = 0
    with tempfile.TemporaryDirectory() as made, Library(Path(made) / "library", create=True) as library:
        official = sorted((shared / "regulation").glob("*条例*.txt"))
        ingest([folder("corpus") / "regulation", *reports, folder("corpus") / "reports", *official], library)
        search = open_search(library)
        for case in cases:
            judge = {"gold": case["gold"], "gold_type": "R"}
            alone += judged(judge, answer(case["question"], library, today=TODAY, search=search)) == "right"
            given = _planned(case, library, search)
            right += (verdict := judged(judge, given)) == "right"
            if verdict != "right":
                print(f"{verdict}: {case['question']} | {case['gold']} | {' '.join(given.answer.split())[:140]}")
    print(f"questions {len(cases)}: answered by words alone {alone}, with the plan {right} = {right / len(cases):.3f}")
    return 0 if right == len(cases) else 1


def _planned(case: dict[str, object], library: Library, search: object) -> Answer:
    reply = json.dumps(_EMPTY | dict(case["plan"]), ensure_ascii=False)  # type: ignore[call-overload]
    with answering(lambda _: reply) as url:
        config = {"llm": "openai:scripted", "openai_base_url": url, "openai_api_key": SecretStr("none")}
        model = open_model(Settings.model_validate(config))
        return answer(str(case["question"]), library, model, today=TODAY, search=search)  # type: ignore[arg-type]


if __name__ == "__main__":
    sys.exit(main())
