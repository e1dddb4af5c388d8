"""Saying what the library holds: part of every answer that the library cannot give."""

from __future__ import annotations

from assistant.library import Library
from assistant.library.in_force import laws

__all__ = ["held_years", "holdings"]

_MOST_UNITS = 12


def held_years(years: list[int]) -> str:
    """Years as people write them: 2022—2024年, 2019年、2024年."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return "、".join(f"{run[0]}—{run[-1]}年" if len(run) > 1 else f"{run[0]}年" for run in runs) or "年度不明"


def holdings(library: Library) -> str:
    """One sentence: units with their years, and the regulations."""
    units = library.units()
    named = [f"{unit}（{held_years(years)}）" for unit, years in list(units.items())[:_MOST_UNITS]]
    more = f"等{len(units)}个单位" if len(units) > _MOST_UNITS else ""
    regulations = [f"《{title}》" for title in laws(library).values()]
    held = "、".join(named) + more
    parts = [f"报告：{held}" if held else "", f"法规：{'、'.join(regulations)}" if regulations else ""]
    told = "；".join(part for part in parts if part)
    return f"资料库现有{told}。" if told else "资料库是空的，请先运行 assistant ingest 导入报告。"
