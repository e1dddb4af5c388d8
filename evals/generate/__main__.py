"""``python -m evals.generate --units 100 --years 2 --seed 1 -o DIR``: sound reports as files; with ``--faults 0.1`` one
in ten has a fault, told in DIR/faults.jsonl."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from evals.generate.reports import LAST_YEAR, generate
from evals.inject.rate import with_faults
from evals.renderings import RENDERINGS, write


def main() -> None:
    """Write the reports below the folder, one folder a format."""
    parser = argparse.ArgumentParser(prog="python -m evals.generate", description="生成虚构单位的、没有差错的年度报告")
    parser.add_argument("--units", type=int, default=100, help="单位个数")
    parser.add_argument("--years", type=int, default=2, help="每个单位的年数")
    parser.add_argument("--last-year", type=int, default=LAST_YEAR, help="最后一个报告年度")
    parser.add_argument("--seed", type=int, default=1, help="同一个数生成同样的报告")
    parser.add_argument("--faults", type=float, default=0, help="有差错的报告所占的比例（0 到 1），每份一处")
    parser.add_argument("--format", default="pipes", choices=sorted(RENDERINGS), help="文件格式")
    parser.add_argument("-o", "--output", type=Path, required=True, help="写到哪个文件夹")
    chosen = parser.parse_args()
    count, faults = 0, []
    made = generate(chosen.units, chosen.years, chosen.seed, chosen.last_year)
    for each in with_faults(made, chosen.faults, chosen.seed):
        path = write(chosen.format, each.report, chosen.output)
        count += 1
        if each.kind:
            faults.append(json.dumps({"file": path.name, "kind": each.kind, "told": each.told}, ensure_ascii=False))
    print(f"写出{count}份报告，在 {chosen.output / chosen.format}")
    if chosen.faults:
        (chosen.output / "faults.jsonl").write_text("".join(f"{line}\n" for line in faults), encoding="utf-8")
        print(f"其中{len(faults)}份有一处差错，见 {chosen.output / 'faults.jsonl'}")


if __name__ == "__main__":
    main()
