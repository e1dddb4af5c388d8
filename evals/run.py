"""Run the evals and show their scores beside the committed baseline: ``assistant eval`` or ``python -m evals.run``.

``--update`` writes what was measured as the new baseline.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path

BASELINE = Path(__file__).parent / "baseline.json"
NAMES = ("claims", "sentences", "questions", "faults", "named_faults", "quiet", "draft_sentences")
# Take minutes (readers LibreOffice too, for some of its formats): run when they are named.
BY_NAME = ("readers", "misbehaving", "bad_workbooks", "provenance")
# Scores are shares of small sets: less than half a case of the smallest set is noise of rounding, not of the program.
TOLERANCE = 0.005
# Counts of what should not be there: everything else is a share of what should.
LESS_IS_BETTER = re.compile(r"quiet\.|misbehaving\.|provenance\.|(?:sentences|named_faults)\..*\.false")


def main(arguments: Sequence[str]) -> int:
    """0 when no score is below its baseline, 1 when one is, 2 for an unknown name."""
    names = [name for name in arguments if not name.startswith("-")] or list(NAMES)
    unknown = [name for name in names if name not in (*NAMES, *BY_NAME)]
    if unknown:
        print(f"没有评测“{unknown[0]}”；可选：{'、'.join((*NAMES, *BY_NAME))}", file=sys.stderr)
        return 2
    scores: dict[str, float] = {}
    for name in names:
        measured, misses = importlib.import_module(f"evals.{name}").run()
        scores |= measured
        for miss in misses:
            print(f"  未中　{miss}")
    baseline: dict[str, float] = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    if "--update" in arguments:
        BASELINE.write_text(json.dumps(baseline | scores, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return _compare(scores, baseline)


def _compare(scores: dict[str, float], baseline: dict[str, float]) -> int:
    print(f"{'评测':<36}{'本次':>8}{'基线':>8}")
    worse = False
    for name, score in scores.items():
        before = baseline.get(name)
        gained = (score - (before or 0)) * (-1 if LESS_IS_BETTER.match(name) else 1)
        fell = before is not None and gained < -TOLERANCE
        worse |= fell
        print(f"{name:<38}{score:>10.3f}{'—' if before is None else f'{before:.3f}':>10}{'  不如基线' if fell else ''}")
    return int(worse)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
