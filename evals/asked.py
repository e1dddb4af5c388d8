"""Questions and conversations by someone who had not read the code, asked without a model: right, wrong, refused.

``asked/questions*.jsonl`` (a set each): ``gold_type`` R every string of ``gold`` stands in the answer
(``a|b``: either) · ART the articles are cited · ABSTAIN nothing held answers it · ABSTAIN_OR so, or ``also`` stands in
the answer. They ask about the corpus and the published reports beside the checkout. Judging by strings is coarse: read
what it calls wrong.

    python -m evals.asked [--misses] [--shared ../shared]
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from assistant.asking import Answer, answer
from assistant.asking.conversation.chat import Conversation
from assistant.language.numerals import write
from assistant.library import Library
from assistant.library.ingest import ingest
from assistant.library.search import open_search
from assistant.resources import folder

__all__ = ["TODAY", "cases", "judged", "main"]

TODAY = date(2026, 11, 30)
_FOLDER = Path(__file__).parent / "asked"


def main() -> int:
    """Ask everything; exit code 1 where a figure was stated that is not the right one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    options = parser.parse_args()
    reports = sorted((options.shared / "reports").glob("*.txt"))
    if not reports:
        sys.exit("旁边没有 ../shared/reports，问的是那里的报告，不能运行。")
    tally: Counter[str] = Counter()
    with (
        tempfile.TemporaryDirectory() as made,
        Library(Path(made) / "library", create=True) as library,
    ):
        official = sorted((options.shared / "regulation").glob("*条例*.txt"))
        ingest([folder("corpus") / "regulation", *reports, folder("corpus") / "reports", *official], library)
        for kind, asked, gold, verdict, told in _asked(library):
            tally[f"{kind} {verdict}"] += 1
            if options.misses and verdict != "right":
                print(f"{kind} {verdict}: {asked} | {gold} | {told[:100]}")
    for kind in ("question", "turn"):
        counted = {name.partition(" ")[2]: count for name, count in tally.items() if name.startswith(f"{kind} ")}
        of = sum(counted.values())
        right = counted.get("right", 0) + counted.get("asked back", 0)
        print(f"{kind}s right {right} of {of} = {right / of:.3f}; {counted}")
    return 1 if tally["question wrong figure"] else 0


def _asked(library: Library) -> Iterator[tuple[str, str, object, str, str]]:
    search = open_search(library)
    for case in cases("questions"):
        given = answer(case["question"], library, today=TODAY, search=search)
        yield "question", case["question"], case["gold"], judged(case, given), " ".join(given.answer.split())
    for talk in cases("conversations"):
        conversation = Conversation(library, today=TODAY)
        for turn in talk["turns"]:
            given = conversation.ask(turn["say"]).answer
            yield "turn", turn["say"], turn["gold"], judged(turn, given), " ".join(given.answer.split())
        conversation.close()


def judged(case: Mapping[str, Any], given: Answer) -> str:
    """What an answer is worth: right, asked back with it, refused, wrong, or answered though nothing answers it."""
    text = given.answer.replace(",", "").split("资料库现有报告")[0]
    seen = text + " ".join(f"{one.unit} {one.where} {one.quote}" for one in given.citations)
    golds = case["gold"] if isinstance(case["gold"], list) else [case["gold"]]
    also = case.get("also")
    also = also if isinstance(also, list) else [also] if also else []
    match case["gold_type"]:
        case "ABSTAIN":
            right = given.abstained
        case "ABSTAIN_OR":
            right = given.abstained or all(_stands(one, seen) for one in (also or golds))
        case "ART":
            right = all(_article(one, seen) for one in golds) or any(_article(one, seen) for one in also)
        case _:
            right = all(_stands(one, text if not given.abstained else seen) for one in golds)
    if right:
        # Not stated as the answer, but told as the nearest reading and asked back: 没有“网友”的数字；新收申请3525件。
        return "asked back" if given.abstained and not case["gold_type"].startswith("ABSTAIN") else "right"
    if case["gold_type"].startswith("ABSTAIN"):
        return "answered though nothing answers it"
    if given.abstained:
        return "refused"
    numeric = all(re.fullmatch(r"[\d.|%]+", str(one)) for one in golds)
    return "wrong figure" if numeric and given.route == "figures" else "wrong"


def _stands(gold: object, text: str) -> bool:
    for one in str(gold).split("|"):
        if re.fullmatch(r"[\d.]+", one):
            whole, _, part = one.partition(".")
            same = rf"{whole}(?:\.{part.rstrip('0')}0*)?" if not part.rstrip("0") else rf"{whole}\.{part.rstrip('0')}0*"
            if re.search(rf"(?<![\d.]){same}(?!\d)(?!\.\d)", text):  # 3.8 is 3.80
                return True
        elif one in text:
            return True
    return False


def _article(gold: object, text: str) -> bool:
    names = [write(int(one)) if one.isdigit() else one for one in re.split(r"[|、]", str(gold))]
    return any(f"第{name}条" in text for name in names)


def cases(name: str) -> list[dict[str, Any]]:
    """All ``questions`` or ``conversations``, set after set."""
    files = sorted(_FOLDER.glob(f"{name}*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]


if __name__ == "__main__":
    sys.exit(main())
