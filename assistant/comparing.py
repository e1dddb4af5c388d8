"""Two reports side by side: every figure of the tables with its change, every section paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from rapidfuzz import fuzz

from assistant.figures.book import PERCENT_STEP, label_of, place_of
from assistant.form import EDITION_2021, EDITIONS, SECTIONS, all_metrics
from assistant.language.likeness import likeness, telling
from assistant.language.numerals import rounded
from assistant.language.organs import same_unit
from assistant.report import Report

__all__ = ["FigureChange", "ParagraphPair", "ReportComparison", "SectionChange", "compare_reports"]

# Below this two paragraphs have only the usual words of such reports in common.
_SAME_MATTER = 50
# Paragraphs of one part times those of the other; real parts have some tens each. Beyond it nothing is matched.
_MOST_PAIRS = 250_000
_TABLES = {"disclosure": 2, "requests": 3, "review": 4, "litigation": 4}  # by the families of metrics
_PREAMBLE, _OTHER = "导语", "格式以外的部分"


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One cell of the form in both reports; ``None`` where it is blank or the table has no such cell."""

    metric: str
    old: Decimal | None
    new: Decimal | None

    @property
    def label(self) -> str:
        return label_of(self.metric)

    @property
    def where(self) -> str:
        return place_of(self.metric)

    @property
    def change(self) -> Decimal | None:
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def rate(self) -> Decimal | None:
        """Year-on-year in percent, to two places; there is none over nothing."""
        if self.change is None or not self.old:
            return None
        return rounded(self.change * 100 / self.old, PERCENT_STEP)


@dataclass(frozen=True, slots=True)
class ParagraphPair:
    """Paragraphs that tell of the same matter; one side is empty where the other report has no such paragraph."""

    old: str
    new: str

    @property
    def kind(self) -> Literal["same", "changed", "added", "removed"]:
        if not self.old:
            return "added"
        if not self.new:
            return "removed"
        return "same" if self.old == self.new else "changed"


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One section of the form. ``alike`` is from 0 to 1, measured as R102 does; ``None`` where one report lacks it."""

    title: str
    alike: float | None
    pairs: tuple[ParagraphPair, ...]


@dataclass(frozen=True, slots=True)
class ReportComparison:
    """``notes`` say what makes the two reports hard to compare: another unit, another edition, the wrong order."""

    old: Report
    new: Report
    figures: tuple[FigureChange, ...]
    sections: tuple[SectionChange, ...]
    notes: tuple[str, ...]

    @property
    def changed_figures(self) -> tuple[FigureChange, ...]:
        return tuple(figure for figure in self.figures if figure.old != figure.new)

    def as_json(self) -> dict[str, Any]:
        """The keys of ``assistant compare --json``; figures are strings of decimals."""
        return {
            "old": {"file": self.old.file, "unit": self.old.unit, "year": self.old.year},
            "new": {"file": self.new.file, "unit": self.new.unit, "year": self.new.year},
            "notes": list(self.notes),
            "figures": [
                {
                    "metric": figure.metric,
                    "label": figure.label,
                    "where": figure.where,
                    "old": _plain(figure.old),
                    "new": _plain(figure.new),
                    "change": _plain(figure.change),
                    "rate": _plain(figure.rate),
                }
                for figure in self.figures
            ],
            "sections": [
                {
                    "title": section.title,
                    "alike": section.alike,
                    "paragraphs": [{"kind": pair.kind, "old": pair.old, "new": pair.new} for pair in section.pairs],
                }
                for section in self.sections
            ],
        }


def compare_reports(old: Report, new: Report) -> ReportComparison:
    """``new`` held against ``old``: usually an office's report of this year against its last."""
    known = {*old.cells, *new.cells}
    # As the form of today has them; what only the form before had comes behind, table by table.
    ordered = sorted({**EDITION_2021.metrics, **all_metrics()}, key=lambda metric: _TABLES[metric.partition(".")[0]])
    metrics = [metric for metric in ordered if metric in known]
    figures = tuple(FigureChange(metric, old.value(metric), new.value(metric)) for metric in metrics)
    return ReportComparison(old, new, figures, tuple(_sections(old, new)), tuple(_notes(old, new)))


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _notes(old: Report, new: Report) -> Iterator[str]:
    if old.unit != new.unit and not same_unit(old.unit, new.unit):
        yield f"两份报告的单位不同：{old.unit or '（没有认出）'}、{new.unit or '（没有认出）'}。"
    if old.year and new.year and new.year <= old.year:
        yield f"前一份是{old.year}年度的，后一份是{new.year}年度的；增减按“后一份减前一份”计算。"
    if old.edition != new.edition:
        forms = "、".join(
            EDITIONS[each].basis if each in EDITIONS else "没有固定格式的表" for each in (old.edition, new.edition)
        )
        yield f"两份报告的表格格式不同（{forms}），一份没有的格显示为空白。"


def _sections(old: Report, new: Report) -> Iterator[SectionChange]:
    yield _section(_PREAMBLE, [p.text for p in old.preamble], [p.text for p in new.preamble])
    for section in SECTIONS:
        yield _section(section.label, _texts(old, section.id), _texts(new, section.id))
    if any(section.id is None for section in (*old.sections, *new.sections)):
        yield _section(_OTHER, _texts(old, None), _texts(new, None))


def _texts(report: Report, section_id: str | None) -> list[str]:
    return [p.text for section in report.sections if section.id == section_id for p in section.paragraphs]


def _section(title: str, before: Sequence[str], now: Sequence[str]) -> SectionChange:
    keys, old_keys = ([telling(text) for text in side] for side in (now, before))
    alike = round(likeness(keys, old_keys)[0], 2) if any(keys) and any(old_keys) else None
    return SectionChange(title, alike, tuple(_matched(before, now)))


def _matched(before: Sequence[str], now: Sequence[str]) -> Iterator[ParagraphPair]:
    """Paragraphs side by side in the order of both texts, so that as much as possible stands beside its like."""
    best = _best(before, now)
    i = j = 0
    while i < len(before) and j < len(now):
        together = _likeness(before[i], now[j])
        if together and best[i][j] == best[i + 1][j + 1] + together:
            yield ParagraphPair(before[i], now[j])
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield ParagraphPair(before[i], "")
            i += 1
        else:
            yield ParagraphPair("", now[j])
            j += 1
    yield from (ParagraphPair(text, "") for text in before[i:])
    yield from (ParagraphPair("", text) for text in now[j:])


def _best(before: Sequence[str], now: Sequence[str]) -> list[list[float]]:
    """The greatest sum of likenesses from each place of both texts to their ends."""
    best = [[0.0] * (len(now) + 1) for _ in range(len(before) + 1)]
    if len(before) * len(now) <= _MOST_PAIRS:
        for i in reversed(range(len(before))):
            for j in reversed(range(len(now))):
                together = best[i + 1][j + 1] + _likeness(before[i], now[j])
                best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    return best


def _likeness(one: str, other: str) -> float:
    return fuzz.ratio(one, other, score_cutoff=_SAME_MATTER)
