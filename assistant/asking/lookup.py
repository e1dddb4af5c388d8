"""Figures straight from the catalog, exact and cited to their cells; no model, no search."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.asking.found import Found, ReportFigures, Reports, label
from assistant.asking.metrics import parts_of
from assistant.asking.question import Question
from assistant.figures.book import Figure
from assistant.library import Library

__all__ = ["compare_units", "look_up"]

Readings = tuple[str, ...]


def look_up(
    question: Question, unit: str, years: Sequence[int], library: Library, *, side_by_side: bool = False
) -> Found:
    """Answer a figure question about one unit for years that the library holds; two years are compared, unless they
    are wanted ``side_by_side``."""
    reports, found = Reports(library), Found()
    compares = question.operation == "change" or (
        question.operation == "value" and len(years) == 2 and not side_by_side
    )
    report = reports.open(unit, years[0]) if len(years) == 1 and not compares else None
    if report and question.operation in ("value", "parts") and len(question.metrics) > 1:
        _list(question, report, found)
        return found
    for readings in question.metrics:
        if compares:
            _change(readings, unit, years, reports, found)
        elif report is None:
            _trend(readings, unit, years, reports, found)
        elif question.operation == "share":
            _share(readings, report, found)
        else:
            _value(readings, report, found)
            if question.operation == "parts":
                _parts(readings[0], report, found)
    return found


def _value(readings: Readings, report: ReportFigures, found: Found) -> None:
    """One figure; where the words have two readings whose figures differ, both."""
    main = report.figure(readings)
    if main is None:
        _say_missing(readings[0], report, found)
        return
    sentence = f"{report.name}{label(main.id)}为{found.stated(main, report)}"
    others = [report.book[metric] for metric in readings if metric in report.book]
    for other in (figure for figure in others if figure.value != main.value):
        sentence += f"；如按{label(other.id)}计，为{found.stated(other, report)}"
    found.sentences.append(f"{sentence}。")


def _say_missing(metric: str, report: ReportFigures, found: Found) -> None:
    found.missing = True
    if report.blank(metric):
        mark = found.cite(metric, report)
        found.sentences.append(f"{report.name}报告中“{label(metric)}”一格是空白{mark}，空白不等于零。")
    else:
        found.sentences.append(f"{report.name}的报告中没有“{label(metric)}”这个数字。")


def _list(question: Question, report: ReportFigures, found: Found) -> None:
    """Several figures of one report in one sentence, added up if asked; what is missing is said after it."""
    held = [figure for readings in question.metrics if (figure := report.figure(readings))]
    if held:
        stated = "，".join(f"{label(figure.id)}{found.stated(figure, report)}" for figure in held)
        found.sentences.append(f"{report.name}：{stated}{_sum(held, report, found) if question.wants_sum else ''}。")
    for readings in question.metrics:
        if report.figure(readings) is None:
            _say_missing(readings[0], report, found)
    found.missing = not held


def _sum(held: Sequence[Figure], report: ReportFigures, found: Found) -> str:
    """Rows of one table may be added up; figures of different tables count different things."""
    tables = {figure.id.partition(".")[0] for figure in held}
    if len(held) < 2 or len(tables) > 1 or "disclosure" in tables:
        return ""
    total = Figure("+".join(f.id for f in held), sum((f.value for f in held), Decimal(0)), held[0].unit, "", "")
    return f"，合计{found.state(total, report)}"


def _parts(metric: str, report: ReportFigures, found: Found) -> None:
    held = [report.book[part] for part in parts_of(metric) if part in report.book]
    counted = [figure for figure in held if figure.value]
    if counted:
        stated = "，".join(f"{label(figure.id)}{found.stated(figure, report)}" for figure in counted)
        found.sentences.append(f"其中：{stated}{'；其余各项为零' if len(counted) < len(held) else ''}。")


def _share(readings: Readings, report: ReportFigures, found: Found) -> None:
    part = report.figure(readings)
    share = report.book.get(f"{part.id}.share") if part else None
    if part is None or share is None:
        _value(readings, report, found)
        if part is not None:
            found.missing = True
            found.sentences.append("没有可以与这一项相比的总数，未计算占比。")
        return
    row, _, column = part.id.rpartition(".")
    # A column is a share of its row, an outcome a share of all that was concluded.
    whole = report.book[f"{row}.total" if column != "total" else "requests.concluded.total"]
    found.sentences.append(
        f"{report.name}{label(part.id)}为{found.stated(part, report)}，占{label(whole.id)}"
        f"{found.stated(whole, report)}的{found.state(share, report)}。"
    )


def _change(readings: Readings, unit: str, years: Sequence[int], reports: Reports, found: Found) -> None:
    """The later year beside the earlier: 158件, 2023年为141件, 增加17件, 同比增长12.06%."""
    year, before = max(years), min(years) if len(years) > 1 else max(years) - 1
    report, earlier = reports.open(unit, year, before), reports.open(unit, before)
    if report is None:
        found.missing = True
        return
    now, then = report.figure(readings), earlier.figure(readings) if earlier else None
    if now is None or earlier is None or then is None:
        _value(readings, report, found)
        found.missing = True
        found.sentences.append(f"资料库中没有{unit}{before}年的同一数字，无法比较。")
        return
    sentence = f"{report.name}{label(now.id)}为{found.stated(now, report)}，{before}年为{found.stated(then, earlier)}"
    change, rate = report.book.get(f"{now.id}.change"), report.book.get(f"{now.id}.yoy")
    if change is not None:
        sentence += f"，{found.state(change, report)}" if change.value else "，没有变化"
    if rate is not None and rate.value:
        # 同比 is over the year before; over a longer span it is 增长 alone.
        words = rate.text if year - before == 1 else rate.text.replace("同比", "")
        sentence += f"，{found.state(rate, report, words)}"
    found.sentences.append(f"{sentence}。")


def _trend(readings: Readings, unit: str, years: Sequence[int], reports: Reports, found: Found) -> None:
    """The years side by side: from the first to the last, the highest, and a line for each year."""
    opened = [report for report in (reports.open(unit, year) for year in years) if report]
    series = [(report, figure) for report in opened if (figure := report.figure(readings))]
    if not series:
        found.missing = True
        found.sentences.append(f"{unit}这些年的报告中没有“{label(readings[0])}”这个数字。")
        return
    (first_report, first), (last_report, last) = series[0], series[-1]
    top_report, top = max(series, key=lambda item: item[1].value)
    way = "与上期持平，为" if first.value == last.value else "增加到" if last.value > first.value else "减少到"
    found.sentences.append(
        f"{unit}{label(last.id)}由{first_report.year}年的{first.text}{way}{last_report.year}年的{last.text}"
        if len(series) > 1
        else f"{unit}{label(last.id)}只有{first_report.year}年的数字"
    )
    if top.value > max(first.value, last.value):
        found.sentences.append(f"，{top_report.year}年最多，为{top.text}")
    rows = [f"{report.year}年：{found.stated(figure, report)}" for report, figure in series]
    found.sentences.append("：\n" + "\n".join(rows) + "\n")


def compare_units(question: Question, units: Sequence[str], year: int, library: Library) -> Found:
    """Several units for one year, highest first; no sentence when none has a report for it."""
    reports, found = Reports(library), Found()
    opened = [report for report in (reports.open(unit, year) for unit in units) if report]
    for readings in question.metrics:
        held = [(report, figure) for report in opened if (figure := report.figure(readings))]
        held.sort(key=lambda item: -item[1].value)
        if not held:
            continue
        rows = [f"{report.unit}：{found.stated(figure, report)}" for report, figure in held]
        top, most = held[0]
        found.sentences.append(f"{year}年{label(most.id)}，{top.unit}最多，为{most.text}：\n" + "\n".join(rows) + "\n")
    return found
