"""A figure over the years, exact and with its cells: what ``assistant trend`` tabulates and draws."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from assistant.asking.calculation.report_figures import ReportFigures, Reports
from assistant.asking.inquiry import holdings_text
from assistant.asking.not_found import ambiguous_unit_message, unknown_unit_message
from assistant.asking.questions.expressions import cells_in, label, sides, spoken
from assistant.asking.questions.periods import find_period
from assistant.asking.questions.units import find_units
from assistant.asking.questions.wanted import find_wanted
from assistant.asking.result import Answer
from assistant.errors import UnknownName
from assistant.figures.book import place_of
from assistant.form import APPLICANTS, EDITION_2021, GROUPS, all_metrics
from assistant.library import Library

__all__ = ["Series", "TrendPoint", "charted", "suggested_command", "trend", "trend_json"]

_MOST_SERIES = 6  # lines that a chart can tell apart
_NEAREST = 4
_ENOUGH_YEARS = 3  # from here on a chart shows more than a sentence


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One year: the value, ``None`` where the cell is blank, the figure is not in the report, or there is no report;
    ``where`` is the cell, empty when there is no report. ``over_nothing`` is a share of which there is no whole (0 of
    0)."""

    year: int
    value: Decimal | None
    where: str
    over_nothing: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A figure of one unit over the years, in order. ``measure`` is 件, 万元, %."""

    unit: str
    metric: str
    label: str
    measure: str
    points: tuple[TrendPoint, ...]


def trend(metrics: Sequence[str], library: Library, units: Sequence[str] = (), years: str = "") -> list[Series]:
    """A series for each unit and figure; ``metrics`` in everyday words or as ids, ``years`` as people write them.

    Raises:
        UnknownName: a figure, a unit or the years are not known, or nothing at all is held; help says what is nearest.
    """
    held = library.units()
    if not held:
        raise UnknownName("资料库里还没有报告", help=holdings_text(library))
    readings = [reading for words in metrics for reading in _readings(words)]
    named = [unit for words in units for unit in _units(words, held, library)] or _only(held, library)
    found = [_series(unit, reading, _years(years, held[unit]), library) for unit in named for reading in readings]
    if len(found) > _MOST_SERIES:
        raise UnknownName(f"要画的线太多（{len(found)}条）", help=f"一次最多{_MOST_SERIES}条，请减少单位或指标。")
    for series in found:
        if all(point.value is None for point in series.points):
            what = f"{series.unit}{years}的报告中没有“{series.label}”这个数字，或者是空白、没有读到"
            if any(point.over_nothing for point in series.points):
                what = f"{series.unit}{years}的“{series.label}”无法计算：分母为0"
            raise UnknownName(what, help=holdings_text(library))
    return found


def trend_json(series: Sequence[Series], output: str | None) -> dict[str, Any] | list[dict[str, Any]]:
    """The JSON of DESIGN: an object; a list of them where several lines were asked for."""
    lines = [
        {
            "unit": one.unit,
            "metric": one.metric,
            "label": one.label,
            "points": [
                {"year": p.year, "value": None if p.value is None else f"{p.value:f}", "where": p.where}
                for p in one.points
            ],
            "output": output,
        }
        for one in series
    ]
    return lines[0] if len(lines) == 1 else lines


def charted(answer: Answer) -> tuple[str, tuple[str, ...]] | None:
    """The figure that an answer tells of several years, and the units that it tells it of; ``None`` where it tells of
    fewer."""
    years: dict[tuple[str, str], set[int]] = {}
    for figure in answer.figures:
        if figure.unit and figure.year:
            years.setdefault((figure.metric, figure.unit), set()).add(figure.year)
    enough = [
        at for at, told in years.items() if len(told) >= _ENOUGH_YEARS and not at[0].endswith((".change", ".yoy"))
    ]
    if not enough:
        return None
    metric = enough[0][0]
    return metric, tuple(unit for other, unit in enough if other == metric)[:_MOST_SERIES]


def suggested_command(answer: Answer) -> str:
    """The command that draws what an answer tells of several years; empty when it tells of fewer."""
    told = charted(answer)
    if told is None:
        return ""
    metric, (unit, *_) = told
    words = spoken((metric,), "trend") + ("占比" if "/" in metric else "")
    same = [reading[0] for reading in find_wanted(words).metrics] == [metric]
    return f"assistant trend {words if same else metric} --unit {unit} -o chart.svg"


@cache
def _metric_names() -> dict[str, str]:
    """Every cell and subtotal by the name that answers call it."""
    rows = (*(group.id for group in GROUPS), "workload")
    totals = [f"requests.{row}.{column.id}" for row in rows for column in APPLICANTS]
    cases = [f"litigation.{case}" for case in ("total", "upheld", "corrected", "other_outcome", "pending")]
    return {spoken((metric,), "value"): metric for metric in (*all_metrics(), *totals, *cases)}


def _readings(words: str) -> list[tuple[str, ...]]:
    """The figures that ``words`` name, each as its readings."""
    words = words.strip()
    ids = set(_metric_names().values())
    if all(metric in ids for metric in cells_in(words)):
        return [(words,)]
    if words in _metric_names():
        return [(_metric_names()[words],)]
    wanted = find_wanted(words)
    if wanted.metrics:
        return list(wanted.metrics)
    near = "、".join(_nearest(words))
    if wanted.cannot:
        raise UnknownName(f"三张表算不出“{wanted.cannot}”", help=f"可以用：{near}。")
    raise UnknownName(f"不认识指标“{words}”", help=f"名称相近的有：{near}；按表格中的名称写即可。")


def _nearest(words: str) -> list[str]:
    """Names of the form as it is now; of table 3 the totals, which are asked for before those of one applicant."""
    from rapidfuzz import fuzz, process

    now = EDITION_2021.metrics
    names = [
        name
        for name, metric in _metric_names().items()
        if metric.endswith(".total") or (metric in now and not metric.startswith("requests."))
    ]
    return [name for name, _, _ in process.extract(words, names, scorer=fuzz.WRatio, limit=_NEAREST)]


def _units(words: str, held: dict[str, list[int]], library: Library) -> tuple[str, ...]:
    found = find_units(words, held)
    if found.units:
        return found.units
    what = (
        ambiguous_unit_message(found.candidates)
        if found.candidates
        else unknown_unit_message(found.unknown or words, held)
    )
    raise UnknownName(what.rstrip("。"), help=holdings_text(library))


def _only(held: dict[str, list[int]], library: Library) -> list[str]:
    if len(held) == 1:
        return list(held)
    raise UnknownName("资料库里有不止一个单位的报告", help=f"请用 --unit 写明单位。{holdings_text(library)}")


def _years(words: str, held: Iterable[int]) -> list[int]:
    """The years asked for, without holes; all those from the first to the last held when none are."""
    held = sorted(held)
    if not words.strip():
        return list(range(held[0], held[-1] + 1)) if held else []
    period = find_period(re.sub(r"\d$", r"\g<0>年", words.strip()), date.today())
    if not (period.years or period.open):
        raise UnknownName(f"看不懂年度“{words}”", help="可以写 2022-2024、近三年。")
    years = period.among(held)
    return list(range(min(years), max(years) + 1)) if years else []


def _over_nothing(readings: Iterable[str], report: ReportFigures) -> bool:
    """Whether a share cannot be reckoned for one reason alone: its whole is told, and is zero."""
    wholes = (report.figure((pair[2],)) for each in readings if (pair := sides(each)) and pair[1] == "/")
    return any(whole is not None and whole.value == 0 for whole in wholes)


def _series(unit: str, readings: tuple[str, ...], years: Sequence[int], library: Library) -> Series:
    reports = Reports(library)
    opened = {year: reports.open(unit, year) for year in years}
    figures = [(year, report.figure(readings)) for year, report in opened.items() if report]
    first = next((figure for _, figure in figures if figure), None)
    measure = first.unit if first else ""
    points = []
    for year, report in opened.items():
        figure = report.figure(readings) if report else None
        where = "；".join(dict.fromkeys(place_of(cell) for cell in cells_in(figure.id if figure else readings[0])))
        nothing = report is not None and figure is None and _over_nothing(readings, report)
        points.append(TrendPoint(year, figure.value if figure else None, where if report else "", nothing))
    name = first.id if first else readings[0]
    return Series(unit, name, label(name), measure, tuple(points))
